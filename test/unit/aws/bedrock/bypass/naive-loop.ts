/** A loop without bounds, for comparison. */

import { turn } from './probe.ts';

/** What runs by the names of tools. */
export type Tools = Readonly<Record<string, (args: unknown) => unknown>>;

/** A loop as it is written in an hour: it asks as long as there are calls, a while at least. */
export const naiveLoop = async (
  ask: (messages: readonly object[]) => Promise<unknown>,
  tools: Tools,
): Promise<unknown> => {
  const messages: object[] = [turn('Hi')];
  for (let count = 0; count < 12; count++) {
    const { output } = (await ask(messages)) as {
      output?: { message?: { content?: { toolUse?: { name: string; toolUseId: string } }[] } };
    };
    const uses = (output?.message?.content ?? []).flatMap(({ toolUse }) => toolUse ?? []);
    if (uses.length === 0) return output;
    const results = await Promise.all(
      uses.map(async ({ name, toolUseId }) => ({ toolResult: { toolUseId, content: await tools[name]?.({}) } })),
    );
    messages.push(output?.message ?? {}, {
      role: 'user',
      content: results.map(({ toolResult }) => ({
        toolResult: {
          ...toolResult,
          content: Array.isArray(toolResult.content) ? toolResult.content : [{ text: 'x' }],
        },
      })),
    });
  }
  return undefined;
};
