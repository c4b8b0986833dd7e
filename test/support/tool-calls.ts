/** A guarded client under a policy of tools, whose model calls tools as the test says. */

import {
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { type ClientRules, guardClient } from '../../aws/bedrock/index.ts';
import { createScope, type InvocationScope, runInScope, type ScopeOptions } from '../../aws/invocation-scope.ts';
import { type Answering, converseReply, fakeBedrock, type StreamedEvent, streamedReply } from './bedrock.ts';

/** A call of the model. */
export interface AskedTool {
  readonly name: string;
  readonly input: unknown;
  /** The arguments as they come in a stream. @default the JSON of `input` */
  readonly json?: string;
}

const idOf = (index: number): string => `t${index}`;

/** A reply that calls tools, after some words. */
export const wholeReply = (calls: readonly AskedTool[]): ReturnType<typeof converseReply> =>
  converseReply(
    [
      { text: 'Let me see.' },
      ...calls.map(({ name, input }, index) => ({ toolUse: { toolUseId: idOf(index), name, input } })),
    ],
    { stopReason: 'tool_use' },
  );

/** The same in events, arguments in pieces of a few letters. */
export const pieces = (calls: readonly AskedTool[]): readonly StreamedEvent[] => [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Let me see.' } }],
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ...calls.flatMap(({ name, input, json = JSON.stringify(input) }, index): StreamedEvent[] => [
    ['contentBlockStart', { contentBlockIndex: index + 1, start: { toolUse: { toolUseId: idOf(index), name } } }],
    ...(json.match(/[\s\S]{1,7}/g) ?? []).map(
      (piece): StreamedEvent => [
        'contentBlockDelta',
        { contentBlockIndex: index + 1, delta: { toolUse: { input: piece } } },
      ],
    ),
    ['contentBlockStop', { contentBlockIndex: index + 1 }],
  ]),
  ['messageStop', { stopReason: 'tool_use' }],
  ['metadata', { usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 }, metrics: { latencyMs: 1 } }],
];

/** How an ask ended: what the handler saw, and the error. */
export interface Outcome {
  readonly inputs: readonly unknown[];
  readonly error: unknown;
}

/** Definitions of tools by their names. */
export const specs = (...names: readonly string[]): ConverseCommandInput['toolConfig'] => ({
  tools: names.map((name) => ({
    toolSpec: { name, description: 'Does what it says.', inputSchema: { json: { type: 'object' } } },
  })),
});

/** What a test asks with. */
export interface ToolClient {
  readonly scope: InvocationScope;
  readonly requests: readonly unknown[];
  whole(more?: Partial<ConverseCommandInput>): Promise<Outcome>;
  streamed(
    more?: Partial<ConverseCommandInput>,
  ): Promise<Outcome & { readonly events: readonly ConverseStreamOutput[] }>;
  within<T>(work: () => T): T;
}

const isStreamed = (path: string): boolean => path.endsWith('converse-stream');

/** What the model asks for: the same each time, or by what it was sent. */
export type Asking = readonly AskedTool[] | ((body: string) => readonly AskedTool[]);

/** A client whose model answers each ask with `calls`. */
export const toolClient = (
  rules: ClientRules,
  asking: Asking,
  options: Partial<ScopeOptions> & { readonly caller?: object; readonly scope?: InvocationScope } = {},
): ToolClient => {
  const callsFor = (body: string): readonly AskedTool[] => (typeof asking === 'function' ? asking(body) : asking);
  const answer: Answering = ({ path, body }) => {
    const calls = callsFor(JSON.stringify(body));
    return isStreamed(path) ? streamedReply(pieces(calls)) : wholeReply(calls);
  };
  const { client, requests } = fakeBedrock(answer);
  guardClient(client, { screen: false, redactor: false, ...rules });
  const scope = options.scope ?? createScope({ requestId: 'r', ...options });
  scope.caller = options.caller ?? { user: 'ada' };
  const inputOf = (more: Partial<ConverseCommandInput> = {}): ConverseCommandInput => ({
    modelId: 'm',
    messages: [{ role: 'user', content: [{ text: 'Do it.' }] }],
    toolConfig: specs(...new Set(callsFor('').map(({ name }) => name))),
    ...more,
  });
  return {
    scope,
    requests,
    within: (work) => runInScope(scope, work),
    async whole(more) {
      try {
        const reply = await runInScope(scope, () => client.send(new ConverseCommand(inputOf(more))));
        const content = reply.output?.message?.content ?? [];
        return {
          inputs: content.flatMap(({ toolUse }) => (toolUse === undefined ? [] : [toolUse.input])),
          error: undefined,
        };
      } catch (error) {
        return { inputs: [], error };
      }
    },
    async streamed(more) {
      const events: ConverseStreamOutput[] = [];
      const inputs = (): unknown[] => {
        const texts = new Map<number, string>();
        for (const { contentBlockStart, contentBlockDelta } of events) {
          if (contentBlockStart?.start?.toolUse !== undefined) texts.set(contentBlockStart.contentBlockIndex ?? 0, '');
          const piece = contentBlockDelta?.delta?.toolUse?.input;
          const at = contentBlockDelta?.contentBlockIndex ?? 0;
          if (piece !== undefined) texts.set(at, (texts.get(at) ?? '') + piece);
        }
        return [...texts.values()].map((text) => JSON.parse(text === '' ? '{}' : text));
      };
      try {
        const reply = await runInScope(scope, () => client.send(new ConverseStreamCommand(inputOf(more))));
        for await (const event of reply.stream ?? []) events.push(event);
        return { inputs: inputs(), error: undefined, events };
      } catch (error) {
        return { inputs: inputs(), error, events };
      }
    },
  };
};
