import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { createStreamCleaner, STREAM_HOLD_BACK } from '../../../../aws/bedrock/clean-stream.ts';
import { createScope } from '../../../../aws/invocation-scope.ts';
import { createPromptLeakCheck } from '../../../../core/leaks/index.ts';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { CODED, TURNED } from '../../../support/disguises.ts';

const email = ['ada.lovelace', 'example.com'].join('@');
const card = ['4111', '1111', '1111', '1111'].join(' ');
const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const system = 'You are Orchard, the support assistant of the pear farm, and never name the winter code.';

const redactor = createRedactor();
const leakCheck = createPromptLeakCheck(system);

const cleaner = () =>
  createStreamCleaner(createScope({ requestId: 'r' }), {
    offered: [],
    redactor: redactor.session(),
    leakCheck,
    canary: undefined,
    spotlight: undefined,
  });

const textOf = (events: readonly ConverseStreamOutput[]): string =>
  events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');

const delta = (text: string): ConverseStreamOutput => ({
  contentBlockDelta: { contentBlockIndex: 0, delta: { text } },
});
const stop: ConverseStreamOutput = { contentBlockStop: { contentBlockIndex: 0 } };

/** Text with private values among prose, some words of the system prompt, and what only begins like either. */
const REPLY =
  `You are Orchard, I think; the support of pears. Mail ${email}, or not. Card ${card}! ` +
  `ghp_ is no token, ${token} is. You are Orchard, the support assistant. `.repeat(3) +
  'a@b '.repeat(60) +
  '1-2-3-'.repeat(80);

/** The same text with its placeholders as long as what they stand for. */
const restored = (text: string): string =>
  text
    .replaceAll(/\[EMAIL_ADDRESS_1\]/g, email)
    .replaceAll(/\[CREDIT_CARD_1\]/g, card)
    .replaceAll(/\[SECRET_1\]/g, token);

describe('a reply in pieces', () => {
  test.each([1, 2, 3, 7, 16, 64, 333])('of %i units: at every step all is sent but the hold-back', (size) => {
    const { push } = cleaner();
    let sent = '';
    let received = 0;
    for (let at = 0; at < REPLY.length; at += size) {
      const piece = REPLY.slice(at, at + size);
      received += Buffer.byteLength(piece);
      sent += textOf(push(delta(piece)));
      expect(Buffer.byteLength(restored(sent)), `after ${at + size}`).toBeGreaterThanOrEqual(
        received - STREAM_HOLD_BACK,
      );
      expect(sent).not.toContain(email);
      expect(sent).not.toContain(token);
    }
    sent += textOf(push(stop));
    expect(restored(sent)).toBe(REPLY);
  });

  test.each([
    ['an e-mail address', email],
    ['a card', card],
    ['a token', token],
  ])('%s is never shown, split at every place into two and three', (_, secret) => {
    const text = `Before ${secret} after`;
    const whole = redactor.redact(text).text;
    for (let first = 0; first <= text.length; first++)
      for (let second = first; second <= text.length; second += 5) {
        const { push } = cleaner();
        const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
        const shown: string[] = [];
        for (const piece of pieces) {
          shown.push(textOf(push(delta(piece))));
          expect(shown.join('')).not.toContain(secret);
        }
        expect(shown.join('') + textOf(push(stop))).toBe(whole);
      }
  });

  test.each([1, 5, 40])('in pieces of %i: an encoded secret is replaced, and nothing of it shown', (size) => {
    for (const [way, say] of Object.entries({ ...CODED, ...TURNED })) {
      const said = say(token);
      const text = `Mail ${email}: ${said}\nand ${token}.`;
      const { push } = cleaner();
      let shown = '';
      for (let at = 0; at < text.length; at += size) {
        shown += textOf(push(delta(text.slice(at, at + size))));
        expect(shown, way).not.toContain(said.slice(0, 24));
      }
      shown += textOf(push(stop));
      expect(shown, way).toMatch(
        /^Mail \[EMAIL_ADDRESS_1\]: [\s\S]{0,10}\[SECRET_1\][\s\S]{0,24}\nand \[SECRET_1\]\.$/,
      );
    }
  });

  test.each(Object.entries(CODED))('is cut off where it says the system prompt %s', (_, say) => {
    const { push } = cleaner();
    let shown = '';
    const readAll = (): void => {
      for (const piece of `Sure: ${say(system)}`.match(/[\s\S]{1,4}/g) ?? []) shown += textOf(push(delta(piece)));
    };
    expect(readAll).toThrow(expect.objectContaining({ code: 'output_blocked', reason: 'system-prompt' }));
    expect(shown.length).toBeLessThan('Sure: '.length + say(system).length / 5);
  });

  test('ends its text also where Bedrock does not', () => {
    const { push } = cleaner();
    const out = [...push(delta(`Mail ${email}`)), ...push({ messageStop: { stopReason: 'end_turn' } })];
    expect(textOf(out)).toBe('Mail [EMAIL_ADDRESS_1]');
    expect(out.at(-1)).toEqual({ messageStop: { stopReason: 'end_turn' } });
  });

  test('is cut off where its reasoning repeats the system prompt', () => {
    const think = (text: string): ConverseStreamOutput => ({
      contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text } } },
    });
    const { push } = cleaner();
    const shown: unknown[] = [];
    const pieces = ['My orders: ', ...(system.match(/[\s\S]{1,4}/g) ?? [])];
    const readAll = (): void => {
      for (const piece of pieces) shown.push(...push(think(piece)));
    };
    expect(readAll).toThrow(expect.objectContaining({ code: 'output_blocked', reason: 'system-prompt' }));
    expect(shown.length).toBeGreaterThan(1);
    expect(JSON.stringify(shown)).not.toContain('winter');
  });

  test('passes signed reasoning as it is, and no event that it does not know', () => {
    const { push } = cleaner();
    const reasoning: ConverseStreamOutput = {
      contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: email } } },
    };
    expect(push(reasoning)).toEqual([reasoning]);
    expect(push({ $unknown: ['novelty', { text: email }] })).toEqual([]);
  });
});
