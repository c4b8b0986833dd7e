import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BodyCall,
  type BodyFormat,
  createChunkLens,
  type Fields,
  formatOf,
  type ReplyEvent,
} from '../../core/invoke-model/index.ts';
import { type BodyFamily, FAMILIES } from '../support/invoke-bodies.ts';

/** Text without marks of a template, which are no text of a turn. */
const words = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() !== '' && !/[[\]<>|｜]/.test(text));

/** Text of any kind, marks among it. */
const anything = fc.oneof(
  words,
  fc
    .array(
      fc.constantFrom(
        '<|eot_id|>',
        '<|start_header_id|>',
        '<|end_header_id|>',
        'system',
        '[INST]',
        '[/INST]',
        '<s>',
        '</s>',
        '<<SYS>>',
        '<</SYS>>',
        '<｜User｜>',
        '<｜Assistant｜>',
        '<｜end▁of▁sentence｜>',
        '\n\n',
        'x',
      ),
      { maxLength: 8 },
    )
    .map((pieces) => pieces.join('')),
);

const formatFor = ({ modelId, body }: BodyFamily): BodyFormat => {
  const format = formatOf(modelId, body('x'));
  if (format === undefined) throw new Error('no format');
  return format;
};

const LIMIT = { inferenceConfig: { maxTokens: 9 } };

const textsOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'object' && value !== null
      ? Object.values(value).map(textsOf).join('\n')
      : '';

const readOf = (format: BodyFormat, body: Fields): BodyCall | undefined => {
  try {
    return format.read(body);
  } catch {
    return undefined;
  }
};

const joined = (one: BodyFamily, chunks: readonly Fields[]): string =>
  chunks.map((chunk) => one.textIn(chunk as never) ?? '').join('');

describe.each(FAMILIES)('a body of $name', (one) => {
  const format = formatFor(one);

  test('means the same when it is read, written and read again', () => {
    fc.assert(
      fc.property(words, words, (question, system) => {
        const body = one.body(question, system);
        const call = format.read(body);
        expect(textsOf(call)).toContain(question);
        expect(textsOf(call)).toContain(system);
        expect(format.read(format.write(body, { ...call, ...LIMIT }))).toEqual({ ...call, ...LIMIT });
      }),
      { numRuns: 30 },
    );
  });

  test('has every text of its user in the call, or is refused, and no other’s turn without a role of its own', () => {
    fc.assert(
      fc.property(anything, anything, (question, system) => {
        const body = one.body(question, system);
        const call = readOf(format, body);
        if (call === undefined) return;
        const said = textsOf([call, format.unattributed?.(call)]).replaceAll(/\s/g, '');
        for (const word of `${question}\n${system}`.split(/<[^<>]*>|\[\/?INST\]|<<\/?SYS>>|[<>\s]/))
          if (!['', 'system', 'user', 'assistant'].includes(word)) expect(said).toContain(word.replaceAll(/\s/g, ''));
        for (const { role } of call.messages ?? []) expect(['user', 'assistant', 'system']).toContain(role);
      }),
      { numRuns: 60 },
    );
  });

  test('is written with the texts of the call, wherever they come from', () => {
    fc.assert(
      fc.property(words, words, (question, masked) => {
        const body = one.body(question);
        const call = format.read(body);
        const changed: BodyCall = { ...call, ...LIMIT, messages: [{ role: 'user', content: [{ text: masked }] }] };
        expect(format.read(format.write(body, changed)).messages).toEqual(changed.messages);
      }),
      { numRuns: 20 },
    );
  });

  test('is answered with the same reply in however many chunks', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), (pieces) => {
        const lens = createChunkLens(format);
        const events = [...one.chunks(pieces).flatMap((chunk) => lens.read(chunk)), ...lens.readEnd()];
        const text = (event: ReplyEvent): string => String(event.contentBlockDelta?.delta['text'] ?? '');
        expect(events.map(text).join('')).toBe(pieces.join(''));
        expect(events.filter(({ messageStop }) => messageStop).length).toBe(1);
        expect(events.at(-1)?.metadata?.usage).toMatchObject({ inputTokens: 11, outputTokens: 7 });
        const chunks = events.flatMap((event) => lens.write(event));
        expect(joined(one, chunks)).toBe(pieces.join(''));
        const again = createChunkLens(format);
        expect(
          chunks
            .flatMap((chunk) => again.read(chunk))
            .map(text)
            .join(''),
        ).toBe(pieces.join(''));
      }),
      { numRuns: 20 },
    );
  });

  test('reads whatever comes as a reply, or as a chunk of one, without failing otherwise', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...Object.keys(one.reply('x')), ...one.chunks(['x']).flatMap(Object.keys)),
          fc.jsonValue(),
        ),
        (value) => {
          format.readReply(value as Fields);
          try {
            createChunkLens(format).read(value as Fields);
          } catch (error) {
            expect(error).toMatchObject({ code: 'output_truncated' });
          }
        },
      ),
      {
        numRuns: 50,
        examples: [[{ event_type: { toString: 0 }, type: { toString: 0 }, content: [{ type: { toString: 0 } }] }]],
      },
    );
  });

  test('reads whatever comes as a body, or refuses it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(one.body('x', 'y')), 'tools', 'stop'), fc.jsonValue()),
        (value) => {
          try {
            format.read({ ...one.body('x'), ...(value as Fields) });
          } catch (error) {
            expect(error).toMatchObject({ code: 'content_not_allowed' });
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
