import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkData, isSound } from '../../../training/check/check.ts';
import { type DataLine, type DataText, readData, ruleLines } from '../../../training/check/data-line.ts';
import { alikePairs, wordsOf } from '../../../training/check/likeness.ts';
import { hasTellingWord } from '../../../training/check/phrases.ts';
import { reportOf } from '../../../training/check/report.ts';

/** Near-duplicates that the data may have: a few say different things in nearly the same words. */
const MOST_NEAR_DUPLICATES = 10;

/** Files, by name, each of some lines. */
const textsOf = (files: Readonly<Record<string, readonly string[]>>): readonly DataText[] =>
  Object.entries(files).map(([file, lines]) => ({ file, content: `${lines.join('\n')}\n` }));

const check = (files: Readonly<Record<string, readonly string[]>>, others: readonly DataLine[] = []) =>
  checkData(textsOf(files), others);

const SENTENCE = 'The gardener waters seven tall plants before the sun comes up';
const OTHER = 'Nobody on this ferry knows when the next island will appear';
const ATTACK = 'attack/en/override.txt';
const BENIGN = 'benign/en/ordinary.txt';

describe('training/data', () => {
  const report = checkData(readData(), ruleLines());
  // Places only: what stands there is not for logs.
  const places = (faults: readonly { readonly line: Pick<DataLine, 'file' | 'number'> }[]) =>
    faults.map(({ line }) => `${line.file}:${line.number}`);
  const placesOf = (pairs: readonly { readonly first: DataLine; readonly second: DataLine }[]) =>
    pairs.map(({ first, second }) => [first, second].map(({ file, number }) => `${file}:${number}`));

  test('has nothing that must be mended', () => {
    expect(places(report.broken)).toEqual([]);
    expect(places(report.secrets)).toEqual([]);
    expect(placesOf(report.duplicates)).toEqual([]);
    expect(placesOf(report.contradictions)).toEqual([]);
    expect(report.ambiguous.map(({ file, concepts }) => [file, ...concepts])).toEqual([]);
    expect(isSound(report)).toBe(true);
  });

  test('has few near-duplicates', () => {
    expect(placesOf(report.nearDuplicates).slice(MOST_NEAR_DUPLICATES)).toEqual([]);
  });
});

describe('lines that are broken', () => {
  test.each([
    ['an empty line', ''],
    ['a control character', 'a\u0007b'],
    ['half of a surrogate pair', 'a\ud83d b'],
    ['a character that was not decoded', 'a\ufffdb'],
    ['a blank at the end', `${SENTENCE} `],
    ['an escaped escape', 'one\\\\ntwo'],
    ['an escaped tab', 'one:\\n\\ttwo'],
    ['more than 4,000 units', 'word '.repeat(1000).concat('x')],
  ])('tells of %s', (_, line) => {
    const report = check({ [BENIGN]: [OTHER, line, SENTENCE] });
    expect(report.broken).toMatchObject([{ line: { file: BENIGN, number: 2 } }]);
    expect(isSound(report)).toBe(false);
  });

  test.each([
    ['line breaks', 'one\\ntwo'],
    ['a tab', 'one:\\n\ttwo'],
    ['letters that are joined by what shows nothing', 'می\u200cخواهم 👩\u200d🔧'],
  ])('takes %s', (_, line) => {
    expect(check({ [BENIGN]: [line] }).broken).toEqual([]);
  });

  test('tells of a file that nothing reads', () => {
    expect(check({ 'attack/override.txt': [SENTENCE] }).broken).toMatchObject([
      { line: { file: 'attack/override.txt', number: 0 } },
    ]);
  });
});

test('tells of credentials, and does not print them', () => {
  const secret = `gh${'p_'}${'Ab3'.repeat(12)}`;
  const report = check({ [ATTACK]: [`send ${secret} home`] });
  expect(report.secrets).toMatchObject([{ line: { file: ATTACK, number: 1 } }]);
  expect(isSound(report)).toBe(false);
  expect(reportOf(report)).not.toContain(secret);
});

describe('lines that say the same', () => {
  test.each([
    ['case', SENTENCE.toUpperCase()],
    ['blanks', SENTENCE.replaceAll(' ', '  ')],
    ['the sign at the end', `${SENTENCE}!`],
    ['letters that only look alike', SENTENCE.replaceAll('e', 'е')],
  ])('are duplicates if they differ in %s', (_, line) => {
    const report = check({ [ATTACK]: [SENTENCE], 'planted/email.txt': [line] });
    expect(report.duplicates).toHaveLength(1);
    expect(isSound(report)).toBe(false);
  });

  test('are near-duplicates if one word or two are others, or the order is', () => {
    const report = check({
      [BENIGN]: [
        SENTENCE,
        SENTENCE.replace('gardener', 'neighbour'),
        OTHER,
        OTHER.replace('ferry', 'boat').replace('island', 'port'),
        'one two three',
        'three one two',
      ],
    });
    expect(report.nearDuplicates.map(({ first, second }) => [first.number, second.number]).sort()).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(report.duplicates).toEqual([]);
    expect(isSound(report)).toBe(true);
  });

  test('are no near-duplicates where signs are all that differs between a word or two', () => {
    expect(check({ [ATTACK]: ['{{rules}}', 'rules = ?'] }).nearDuplicates).toEqual([]);
  });

  test.each([
    ['the same', SENTENCE],
    ['nearly the same', SENTENCE.replace('seven', 'eight')],
  ])('contradict each other as an attack and as harmless: %s', (_, line) => {
    const report = check({ [ATTACK]: [SENTENCE], [BENIGN]: [line] });
    expect(report.contradictions).toMatchObject([{ first: { file: ATTACK }, second: { file: BENIGN } }]);
    expect(isSound(report)).toBe(false);
  });

  test('contradict a rule', () => {
    const [caught] = ruleLines().filter(({ labels }) => labels.user === true);
    const report = check({ [BENIGN]: [caught?.raw ?? ''] }, ruleLines());
    expect(report.contradictions).toMatchObject([{ second: { folder: 'rules' } }]);
  });

  test('may be a plain task in a document and harmless from a caller', () => {
    const report = check({ 'tasks/plain.txt': [SENTENCE], [BENIGN]: [SENTENCE] });
    expect(report.contradictions).toEqual([]);
    expect(report.duplicates).toEqual([]);
  });

  test('contradict each other as a task and as a document', () => {
    expect(check({ 'tasks/plain.txt': [SENTENCE], 'documents/email.txt': [SENTENCE] }).contradictions).toHaveLength(1);
  });
});

test('finds every pair that is alike enough, as comparing each with each does', () => {
  const word = fc.constantFrom(...'abcdefgh');
  const texts = fc.array(fc.array(word, { minLength: 1, maxLength: 8 }), { maxLength: 25 });
  const least = 0.65;
  fc.assert(
    fc.property(texts, (lists) => {
      const all = lists.map((list) => wordsOf(list.join(' ')));
      const slow = all.flatMap(({ hashes: left }, first) =>
        all.slice(first + 1).flatMap(({ hashes: right }, more) => {
          const common = left.filter((hash) => right.includes(hash)).length;
          return common / (left.length + right.length - common) >= least ? [`${first} ${first + 1 + more}`] : [];
        }),
      );
      const quick = alikePairs(all, least).map(({ first, second }) => `${first} ${second}`);
      expect(quick.sort()).toEqual(slow.sort());
    }),
  );
});

test('counts phrases without their near-duplicates', () => {
  const { distinct } = check({
    [ATTACK]: [SENTENCE, SENTENCE.replace('gardener', 'neighbour'), OTHER],
    [BENIGN]: ['Which rules of the pool did my son ignore?', 'Cheese keeps for a week'],
  });
  expect(distinct).toEqual({ attacks: 2, adversariallyBenign: 1 });
});

test('knows the words that attacks are made of in other languages', () => {
  expect(hasTellingWord('¿Qué instrucciones trae la lavadora?')).toBe(true);
  expect(hasTellingWord('¿A qué hora sale el tren?')).toBe(false);
});

test('tells of a phrase of the lexicon that stands for two things', () => {
  const lexicon = { 'lexicon/english.txt': ['drop: leave|skip|Skip', 'bypass: get around|skip'] };
  const report = check(lexicon);
  expect(report.ambiguous).toEqual([{ file: 'lexicon/english.txt', phrase: 'skip', concepts: ['drop', 'bypass'] }]);
  expect(isSound(report)).toBe(false);
});

test('counts hosts that somebody may own', () => {
  const lines = ['see tablesink.net and TABLESINK.net', 'mail a@docs.example.com or b@x.test', 'open README.md'];
  expect(check({ [ATTACK]: lines }).ownableHosts).toBe(1);
});
