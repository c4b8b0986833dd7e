import * as v from 'valibot';

/** Most turns of one conversation. */
const MAX_TURNS = 50;
/** Most content blocks of one turn. */
const MAX_BLOCKS = 16;

const TextBlock = v.strictObject({ text: v.pipe(v.string(), v.regex(/\S/, 'blank')) });

const Turn = v.strictObject({
  role: v.picklist(['user', 'assistant']),
  content: v.pipe(v.array(TextBlock), v.minLength(1), v.maxLength(MAX_BLOCKS)),
});

/** Bedrock wants turns to alternate, from a user turn to a user turn. */
const alternates = (turns: readonly { role: string }[]): boolean =>
  turns.length % 2 === 1 && turns.every(({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant'));

/** Body of `POST /v1/chat`, in the terms of Bedrock's Converse API. */
export const ChatRequest = v.strictObject({
  messages: v.pipe(
    v.array(Turn),
    v.minLength(1),
    v.maxLength(MAX_TURNS),
    v.check((turns) => alternates(turns), 'turns'),
  ),
  maxTokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))),
  session: v.optional(v.pipe(v.string(), v.maxLength(512))),
});
