/** Streams as they are made and read elsewhere: nothing here is shared with the code under test. */

/** A way of streaming a text in frames. */
export interface Shape {
  readonly name: string;
  readonly framing: 'sse' | 'ndjson';
  /** One frame with a piece of the text. */
  readonly frame: (piece: string, index?: number) => string;
  /** The text that a client reads out of all frames. */
  readonly read: (output: string, index?: number) => string;
}

/** An event as a browser dispatches it. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** Reads events as WHATWG HTML 9.2.6 says, but for an unfinished one at the end, which counts, too. */
export const parseSse = (text: string): readonly ServerSentEvent[] => {
  const events: ServerSentEvent[] = [];
  let event = 'message';
  let data: string[] = [];
  for (const line of [...text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/), '']) {
    const [, field, value = ''] = /^([^:]*)(?::(?: ?)(.*))?$/s.exec(line) ?? [];
    if (line === '') {
      if (data.length > 0) events.push({ event, data: data.join('\n') });
      event = 'message';
      data = [];
    } else if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
  }
  return events;
};

/** Reads the values of NDJSON. */
export const parseNdjson = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));

type Read = (value: never) => string | undefined;

const sse = (name: string, event: string, make: (piece: string, index: number) => object, read: Read): Shape => ({
  name,
  framing: 'sse',
  frame: (piece, index = 0) => `${event && `event: ${event}\n`}data: ${JSON.stringify(make(piece, index))}\n\n`,
  read: (output, index = 0) =>
    parseSse(output)
      .map(({ data }) => JSON.parse(data) as { i?: number })
      .filter((value) => indexOf(value) === index)
      .map((value) => read(value as never))
      .join(''),
});

const indexOf = (value: unknown): number =>
  Number(/"(?:contentBlockIndex|index)":(\d+)/.exec(JSON.stringify(value))?.[1] ?? 0);

/** How models' answers are streamed. */
export const SHAPES: readonly Shape[] = [
  sse(
    'OpenAI',
    '',
    (content, index) => ({
      id: 'chatcmpl-7',
      object: 'chat.completion.chunk',
      created: 1730000000,
      model: 'm',
      choices: [{ index, delta: { role: 'assistant', content }, finish_reason: null }],
    }),
    ({ choices: [choice] }: { choices: { delta: { content: string } }[] }) => choice?.delta.content,
  ),
  sse(
    'Anthropic',
    'content_block_delta',
    (text, index) => ({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } }),
    ({ delta }: { delta: { text: string } }) => delta.text,
  ),
  sse(
    'Anthropic tool input',
    'content_block_delta',
    (partial_json, index) => ({ index, delta: { type: 'input_json_delta', partial_json } }),
    ({ delta }: { delta: { partial_json: string } }) => delta.partial_json,
  ),
  sse(
    'Bedrock',
    'contentBlockDelta',
    (text, contentBlockIndex) => ({ contentBlockIndex, delta: { text } }),
    ({ delta }: { delta: { text: string } }) => delta.text,
  ),
  {
    name: 'plain text',
    framing: 'sse',
    frame: (piece) =>
      `${piece
        .split('\n')
        .map((line) => `data: ${line}\n`)
        .join('')}\n`,
    read: (output) =>
      parseSse(output)
        .map(({ data }) => data)
        .join(''),
  },
  {
    name: 'Ollama',
    framing: 'ndjson',
    frame: (response) =>
      `${JSON.stringify({ model: 'm', created_at: '2026-01-01T00:00:00Z', response, done: false })}\n`,
    read: (output) =>
      parseNdjson(output)
        .map((value) => (value as { response: string }).response)
        .join(''),
  },
];
