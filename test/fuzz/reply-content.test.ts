import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createContentPolicy } from '../../core/content/index.ts';
import { createExfiltrationFilter } from '../../core/exfiltration/index.ts';
import { createRedactor } from '../../core/redaction/index.ts';
import { cleanStream, cleanWhole } from '../support/clean-whole.ts';

const CARD = ['4111', '1111', '1111', '1111'];
/** Values in one piece and in several, and what takes something out between them. */
const PIECES = [
  CARD.join(''),
  ...CARD,
  CARD.join(' '),
  'ada',
  '@',
  'example',
  '.com',
  ['ada', 'example.com'].join('@'),
  ['gh', 'p_'].join(''),
  'a1B2c3D4e5F6g7H8i9J0',
  'k1L2m3N4o5P6q7R8',
  btoa(`${['gh', 'p_'].join('')}a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8`),
  'hunter2Xy',
  '\x1b[0m',
  '\x1b',
  '\u200b',
  '\u202e',
  '\u{e0041}',
  '![x](//e.test)',
  '![',
  '!',
  '[',
  '](',
  ']',
  '(//e.test)',
  '(javascript:x)',
  '(https://example.com/',
  ')',
  ']: //e.test\n',
  ': //e.test\n',
  '[CREDIT_CARD_1]',
  '[EMAIL_ADDRESS_1]',
  '<script>',
  '</script>',
  '<a href=javascript:x>',
  '<img src=//e.test>',
  '<b title="',
  '">',
  'javascript:',
  'https://e.test/?q=',
  ' ',
  '\n',
  '\n\n',
  '`',
  'word',
];
const reply = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((parts) => parts.join(''));
const action = fc.constantFrom('defang', 'strip');
const options = fc.oneof(
  fc.constant({}),
  fc.record({ image: action, link: action, 'bare-url': action, html: action, data: action }),
);

const redactor = createRedactor();
const content = createContentPolicy();
const rulesOf = (actions: object) => ({
  offered: undefined,
  redactor: redactor.session(),
  content,
  exfiltration: createExfiltrationFilter({ hosts: ['example.com'], actions }),
  leakCheck: undefined,
  canary: undefined,
  spotlight: undefined,
});

describe('a reply that has gone through all that cleans it', () => {
  test('is the same whole and in pieces', () => {
    fc.assert(
      fc.property(reply, options, fc.array(fc.nat(), { maxLength: 6 }), (text, actions, cuts) => {
        const whole = cleanWhole(rulesOf(actions), text);
        const { push, end } = cleanStream(rulesOf(actions));
        let shown = '';
        let from = 0;
        for (const to of [...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b)) {
          shown += push(text.slice(from, to));
          from = to;
        }
        expect(shown + end()).toBe(whole);
      }),
      { numRuns: 500 },
    );
  });

  test('has nothing private in it, and nothing that carries data out', () => {
    fc.assert(
      fc.property(reply, options, (text, actions) => {
        const rules = rulesOf(actions);
        const clean = cleanWhole(rules, text);
        expect(redactor.redact(clean)).toEqual({ text: clean, findings: [] });
        expect(rules.exfiltration.filter(clean).findings).toEqual([]);
      }),
      { numRuns: Number(process.env['RUNS'] ?? 500) },
    );
  });
});
