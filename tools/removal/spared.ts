/** What looks like a check and is none, or is one that no call can meet: left out, each with its reason. */

/** A refusal by its file, the function that it stands in, and its first line. */
export interface Spared {
  readonly file: string;
  readonly within: string;
  readonly text: string;
  readonly reason: string;
}

/**
 * What writes a body in a family's words knows the blocks that the same family's reader makes, and no others: engines change
 * their texts alone. Without this the type of a block would have to be taken on trust.
 */
const WRITTEN_AS_READ = 'what is written was read by the same format, which has no such block';

const written = (file: string, within: string, reason: string): Spared => ({
  file: `core/invoke-model/${file}.ts`,
  within,
  text: `throw bodyRefused('${reason}');`,
  reason: WRITTEN_AS_READ,
});

export const SPARED: readonly Spared[] = [
  written('anthropic-blocks', 'writeBlock', 'body-block'),
  written('anthropic-blocks', 'writeTool', 'tool-block'),
  written('anthropic-blocks', 'withCachePoints', 'cache-point'),
  written('base64', 'base64Of', 'body-block'),
  written('chat-messages', 'texts', 'body-block'),
  written('chat-messages', 'writeResult', 'body-block'),
  written('chat-messages', 'writeMessages', 'body-block'),
  written('cohere', 'textOfTurn', 'body-block'),
  written('cohere', 'writeTurns', 'body-block'),
  written('parameters', 'writeParameters', 'max-tokens'),
  written('prompt-format', 'write', 'tool-block'),
  written('prompts', 'onlyText', 'body-block'),
  written('prompts', 'writePrompt', 'body-block'),
  {
    file: 'core/invoke-model/unknown.ts',
    within: 'stream',
    text: 'throw unreadableChunk();',
    reason: 'a stream of a body that nobody knows is refused before it is sent, whatever the rules (`body-shape`)',
  },
  {
    file: 'aws/bedrock/tools/admit-tools.ts',
    within: 'admitTools',
    text: "throw toolDenied(scope, 'offered');",
    reason: 'a tool without rules is not on the list that `admit` has held the call against just before',
  },
  {
    file: 'aws/bedrock/tools/check-calls.ts',
    within: 'checkToolCalls',
    text: "throw toolDenied(scope, 'called');",
    reason: 'a call of a tool that was not offered ends the reply before, and what was offered has rules',
  },
  {
    file: 'aws/bedrock/guard-fetch/index.ts',
    within: 'requestOf',
    text: 'throw notAnswered();',
    reason: 'the platform makes no request of it, with or without the kit: without this there is none to go on with',
  },
  {
    file: 'aws/bedrock/agent/run-call.ts',
    within: 'runCall',
    text: 'throw both.reason;',
    reason: 'the `catch` around it asks the signals what has happened, and not what was thrown',
  },
  {
    file: 'aws/bedrock/screen-texts.ts',
    within: 'refuse',
    text: 'throw refusal;',
    reason: 'says when a refusal leaves: without it the promise below rejects with the same one at once',
  },
  {
    file: 'aws/bedrock/guardrail-checks/index.ts',
    within: 'judgeOne',
    text: "return 'clean';",
    reason: 'refuses nothing: a blank text holds no attack, and Bedrock takes none',
  },
];
