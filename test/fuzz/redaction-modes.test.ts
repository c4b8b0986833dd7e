/** Each mode gives the same of a text at once, in pieces and in frames. */

import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createFramedRedactor, createRedactor, type Redactor } from '../../core/redaction/index.ts';
import type { RedactionMode } from '../../core/redaction/modes.ts';
import { SHAPES } from '../support/frames.ts';

const email = ['ada.lovelace', 'example.com'].join('@');
const card = ['4111 1111', ' 1111 1111'].join('');
const token = ['ghp', '_', 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xR1234'].join('');
const TEXTS = [`Für ${email} 梨, ${email}.`, `${card}`, `a ${token} b`, `${email} ${card}\n${token}`];

const digest = (text: string): string => createHmac('sha256', 'k'.repeat(32)).update(text).digest('hex');
const MODES: readonly RedactionMode[] = ['placeholder', 'mask', 'hash', 'drop', 'block', 'report'];
const redactorOf = (mode: RedactionMode): Redactor => createRedactor({ modes: { '*': mode }, digest });

const kindsOf = (findings: readonly { readonly entity: string; readonly rule?: string }[]): readonly string[] =>
  findings.map(({ entity, rule = '' }) => `${entity} ${rule}`).sort();

const cutsOf = (text: string): readonly (readonly string[])[] => [
  ...Array.from(text, (_, at) => [text.slice(0, at), text.slice(at)]),
  [...text],
];

describe.each(MODES)('the mode %s', (mode) => {
  const redactor = redactorOf(mode);

  test.each(TEXTS)('gives the same of text #%# at every split', (text) => {
    const whole = redactor.redact(text);
    for (const pieces of cutsOf(text)) {
      const stream = redactor.stream();
      expect(pieces.map((piece) => stream.push(piece)).join('') + stream.end()).toBe(whole.text);
      expect(stream.findings).toEqual(whole.findings);
    }
  });

  test.each(SHAPES)('gives the same of frames of $name at every split', ({ framing, frame, read }) => {
    for (const text of TEXTS) {
      const whole = redactor.redact(text);
      for (const pieces of cutsOf(text)) {
        const frames = createFramedRedactor(redactor, framing);
        const out = pieces.map((piece) => frames.push(frame(piece))).join('') + frames.end();
        expect(read(out), `${pieces}`).toBe(whole.text);
        expect(kindsOf(frames.findings), `${pieces}`).toEqual(kindsOf(whole.findings));
      }
    }
  });

  test('leaves of JSON what can be parsed', () => {
    const json = { to: [email], n: Number(card.replaceAll(' ', '')), inner: JSON.stringify({ token }) };
    const { value, findings } = redactor.redactJson(json);
    expect(findings).toHaveLength(3);
    const { n, inner } = value as { n: unknown; inner: string };
    expect(Object.keys(JSON.parse(inner))).toEqual(['token']);
    expect(typeof n).toBe(mode === 'report' ? 'number' : 'string');
  });

  test('twice changes nothing more', () => {
    for (const text of TEXTS) {
      const once = redactor.redact(text).text;
      expect(redactor.redact(once).text).toBe(once);
    }
  });
});
