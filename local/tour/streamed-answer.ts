/** A streamed reply, put together again as a client would: the events of the service's own stream. */

/** An event of a stream of server-sent events whose data are JSON. */
interface StreamEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** What a client knows at the end: the whole reply, or the problem that it ended with. */
export interface WholeAnswer {
  readonly status: number;
  readonly json: Fields;
}

/** The events of a whole stream. Comments are skipped. */
export const eventsOf = (text: string): readonly StreamEvent[] =>
  text.split('\n\n').flatMap((frame) => {
    const lines = frame.split('\n').filter((line) => line !== '' && !line.startsWith(':'));
    const field = (name: string): string =>
      lines
        .filter((line) => line.startsWith(`${name}: `))
        .map((line) => line.slice(name.length + 2))
        .join('\n');
    return lines.length === 0 ? [] : [{ event: field('event'), data: JSON.parse(field('data')) }];
  });

/** Puts the content blocks of a reply together, in the shape of Converse. */
const blocksOf = (events: readonly StreamEvent[]): readonly object[] => {
  const blocks = new Map<unknown, { start: Fields | undefined; text: string; input: string }>();
  for (const { data } of events) {
    const index = data['contentBlockIndex'];
    if (index === undefined) continue;
    const block = blocks.get(index) ?? { start: undefined, text: '', input: '' };
    blocks.set(index, block);
    const start = (data['start'] as { toolUse?: Fields } | undefined)?.toolUse;
    const delta = (data['delta'] ?? {}) as { text?: string; toolUse?: { input?: string } };
    if (start !== undefined) block.start = start;
    block.text += delta.text ?? '';
    block.input += delta.toolUse?.input ?? '';
  }
  return [...blocks.values()].map(({ start, text, input }) =>
    start === undefined ? { text } : { toolUse: { ...start, input: JSON.parse(input || '{}') } },
  );
};

/** The answer of a stream with this status. */
export const wholeAnswer = (status: number, text: string): WholeAnswer => {
  const events = eventsOf(text);
  const dataOf = (name: string): Fields | undefined => events.find(({ event }) => event === name)?.data;
  const problem = dataOf('error');
  if (problem !== undefined) return { status: Number(problem['status']), json: problem };
  const message = { role: dataOf('messageStart')?.['role'], content: blocksOf(events) };
  return { status, json: { message, usage: dataOf('metadata')?.['usage'], ...dataOf('request') } };
};
