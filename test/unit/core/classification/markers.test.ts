import { describe, expect, test } from 'vitest';
import { createMarkerFinder } from '../../../../core/classification/markers/index.ts';
import { timeOf } from '../../../support/time-of.ts';

const find = createMarkerFinder();
const below = (text: string): string => `${text}\nThe quarterly figures follow, as we said in May.`;

describe('a marker counts as a label', () => {
  test.each([
    ['internal', 'Internal only'],
    ['internal', 'internal only'],
    ['internal', 'FOR INTERNAL USE ONLY'],
    ['internal', 'Acme Internal Use Only'],
    ['internal', 'Nur für den internen Gebrauch'],
    ['internal', 'Usage interne'],
    ['internal', 'TLP:GREEN'],
    ['internal', '社内限り'],
    ['internal', 'X-Classification: INTERNAL'],
    ['confidential', 'Confidential'],
    ['confidential', '*** CONFIDENTIAL ***'],
    ['confidential', '# Confidential'],
    ['confidential', '<b>Confidential</b>'],
    ['confidential', 'ACME Corp CONFIDENTIAL'],
    ['confidential', 'Subject: [CONFIDENTIAL] Q3 results'],
    ['confidential', 'Subject: Confidential - merger plan'],
    ['confidential', 'CONFIDENTIAL: revenue was 4.2 million and rises'],
    ['confidential', '© 2026 Acme Corp. Confidential and proprietary. All rights reserved.'],
    ['confidential', 'Page 3 of 9 | Company Confidential'],
    ['confidential', 'This document contains confidential information.'],
    ['confidential', 'Do not distribute'],
    ['confidential', 'This is a draft. Do not distribute.'],
    ['confidential', 'NDA'],
    ['confidential', 'Subject to NDA'],
    ['confidential', 'Report (TLP:AMBER)'],
    ['confidential', 'Vertraulich'],
    ['confidential', 'Confidentiel'],
    ['confidential', 'CONFIDENCIAL'],
    ['confidential', '社外秘'],
    ['confidential', '【社外秘】売上資料'],
    ['confidential', '机密文件'],
    ['confidential', '대외비'],
    ['confidential', '**Classification:** Confidential'],
    ['confidential', '"classification": "confidential",'],
    ['restricted', 'Strictly private & confidential'],
    ['restricted', 'Trade secret'],
    ['restricted', 'Attorney-client privileged'],
    ['restricted', 'Attorney–Client Privileged'],
    ['restricted', 'Privileged & Confidential'],
    ['restricted', 'Streng geheim'],
    ['restricted', 'СТРОГО КОНФИДЕНЦИАЛЬНО'],
    ['restricted', 'RESTRICTED'],
    ['restricted', 'TLP:RED - incident 4'],
    ['restricted', 'Data classification = restricted'],
    ['restricted', 'Sensitivity: Highly Confidential'],
  ])('%s: %s', (level, text) => {
    expect(find(below(text)).map((found) => found.level)).toContain(level);
  });
});

describe('what somebody says is no label', () => {
  test.each([
    'I have every confidence in you',
    'Is this confidential?',
    'The confidential option is set.',
    'Tell me about confidential computing, please.',
    'What does TLP:RED mean?',
    'What is a trade secret?',
    'Explain attorney-client privilege to me',
    'Do not distribute the load over two hosts.',
    'Do not share your password with anybody.',
    'We signed an NDA with them last year.',
    'How do I mark a page as internal only?',
    'internal server error',
    'status: INTERNAL',
    'L.A. Confidential',
    'Kitchen Confidential',
    'confidential',
    'Secret',
    '[SECRET]',
    'Choose one: Public - Internal - Confidential',
    '| Public | Internal | Confidential |',
    '1. Public\n2. Internal\n3. Confidential\n4. Restricted',
    'Public: all of us\nInternal: staff\nConfidential: few',
    'const level = "confidential";',
    'Classification: a survey of methods',
    'Classification: public',
    'classification report of the model',
    '機密情報とは何ですか',
    'Das ist geheim.',
  ])('%s', (text) => {
    expect(find(text)).toEqual([]);
  });
});

test('names kinds of markers, never words of a text', () => {
  expect(find('ACME Falcon CONFIDENTIAL\nDo not copy')).toEqual([
    { id: 'confidential', level: 'confidential' },
    { id: 'no-distribution', level: 'confidential' },
  ]);
});

describe('a marker of your own', () => {
  const own = createMarkerFinder([
    { id: 'stamp', phrases: ['Need to hold'], level: 'restricted' },
    { id: 'falcon', phrases: ['Project Falcon', 'P-7 (alpha)'], level: 'restricted', anywhere: true },
  ]);

  test('counts as a label, or anywhere where it says so', () => {
    expect(own('NEED-TO-HOLD')).toEqual([{ id: 'stamp', level: 'restricted' }]);
    expect(own('we need to hold the line')).toEqual([]);
    expect(own('What became of project  falcon?')).toEqual([{ id: 'falcon', level: 'restricted' }]);
    expect(own('see P-7 (alpha)')).toEqual([{ id: 'falcon', level: 'restricted' }]);
    expect(own('Project Falconry')).toEqual([]);
  });
});

test.each([
  ['one line', 'confidential '],
  ['lines', 'Confidential\nmore about it\n'],
  ['brackets', '[confidential '],
  ['separators', 'confidential|'],
  ['spaces', '          internal'],
  ['labels', 'classification: '],
  ['dashes', '- - '],
  ['stamps', 'NDA\n'],
])('hostile %s take time in proportion to their length', (_, unit) => {
  const of = (length: number) => unit.repeat(Math.ceil(length / unit.length));
  const [short, long] = [of(50_000), of(400_000)];
  find(short);
  const limit = 8 * 4 * timeOf(() => find(short)) + 20;
  expect(timeOf(() => find(long), limit)).toBeLessThan(limit);
});
