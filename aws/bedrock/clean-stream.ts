/** A reply that comes in events, as the handler gets it: text redacted on its way, tool calls whole or not at all. */

import type { ContentBlockDelta, ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { CONTENT_HOLD } from '../../core/content/index.ts';
import { isReplyPart } from '../../core/converse/reply-blocks.ts';
import { BulwarkError } from '../../core/errors.ts';
import { EXFILTRATION_HOLD } from '../../core/exfiltration/index.ts';
import { createEncodedSecretCheck, ENCODED_HOLD, type EncodedSecretStream, LEAK_HOLD } from '../../core/leaks/index.ts';
import { type Finding, MAX_MATCH, type Redactor, type Transducer } from '../../core/redaction/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { blockUnknown, canaryLeaked, type ReplyRules, toolDenied } from './clean-reply.ts';
import { type RecordedStream, recordRedaction, visibleStream } from './reply-content.ts';
import { createReplyText } from './reply-text.ts';

/** Takes the events of a reply, gives those that may be passed on. */
export interface StreamCleaner {
  /**
   * @throws BulwarkError `tool_not_allowed` for a call of a tool that was not offered; `output_blocked` for a reply that
   * repeats the system prompt or holds the canary, or a tool call without an end; `output_truncated` for one that is no JSON.
   */
  push(event: ConverseStreamOutput): readonly ConverseStreamOutput[];
}

/**
 * Most text of a reply that is held back, in UTF-16 units: what may become code that the policy bars, a leak of the system
 * prompt, the code of a secret, a private value, or a link that carries data out. What an ordinary text holds back is a word or two, and a block of base64 some 1,000 at most. Where the policy has a canary, what may
 * become one is held back, too, at most `CANARY_HOLD`; with `spotlight: 'delimit'` what may become a mark, at most
 * `SPOTLIGHT_HOLD`.
 */
export const STREAM_HOLD_BACK: number = CONTENT_HOLD + LEAK_HOLD + ENCODED_HOLD + MAX_MATCH + EXFILTRATION_HOLD;

/** A text block that is under way. */
interface TextBlock {
  readonly kind: 'text';
  /** What is invisible goes first: what it parts may be private. */
  readonly visible: RecordedStream | undefined;
  /** Encoded secrets are replaced before what stands there as it is. */
  readonly redactions: readonly Redaction[];
}

/** One look for private values, with the number of its findings that are recorded. */
interface Redaction {
  readonly stream: EncodedSecretStream | Transducer;
  recorded: number;
}

/** Looks for private values in one text. */
const redactionsBy = (redactor: Redactor | undefined): readonly Redaction[] =>
  redactor === undefined
    ? []
    : [createEncodedSecretCheck({ redactor }).stream(), redactor.stream()].map((stream) => ({ stream, recorded: 0 }));

/** A tool call whose arguments are not complete. */
interface ToolBlock {
  readonly kind: 'tool';
  readonly start: ConverseStreamOutput;
  input: string;
}

/** Longest arguments of one tool call, in UTF-16 units. */
const MAX_TOOL_INPUT = 1_000_000;

/** The arguments of a tool call, or `undefined` where they are no JSON. */
const argumentsOf = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

const textEvent = (contentBlockIndex: number | undefined, text: string): readonly ConverseStreamOutput[] =>
  text === '' ? [] : [{ contentBlockDelta: { contentBlockIndex, delta: { text } } }];

/** A call in two events: its arguments in one piece, so that what reads JSON on the way out sees all of it. */
const wholeCall = (
  contentBlockIndex: number | undefined,
  { start, input }: ToolBlock,
): readonly ConverseStreamOutput[] =>
  input === '' ? [start] : [start, { contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input } } } }];

/** A cleaner for one reply. */
export const createStreamCleaner = (
  scope: InvocationScope,
  { offered, redactor, content, exfiltration, leakCheck, canary, spotlight, pseudonyms }: ReplyRules,
): StreamCleaner => {
  const words = createReplyText(scope, { leakCheck, canary, spotlight, content });
  /** Reasoning is signed: it passes as it is, or ends the reply. */
  const thoughts = createReplyText(scope, { leakCheck, canary, spotlight: undefined, content: undefined });
  const blocks = new Map<number | undefined, TextBlock | ToolBlock>();
  let incomplete = false;

  /** Before what was found in leaves: a value may end the reply. */
  const record = ({ redactions }: TextBlock): void => {
    const found: Finding[] = [];
    for (const redaction of redactions) {
      const { findings } = redaction.stream;
      found.push(...findings.slice(redaction.recorded));
      redaction.recorded = findings.length;
    }
    if (redactor !== undefined) recordRedaction(scope, redactor, found);
  };

  const textBlock = (index: number | undefined): TextBlock => {
    const known = blocks.get(index);
    if (known?.kind === 'text') return known;
    const visible = exfiltration && visibleStream(scope, exfiltration);
    const block: TextBlock = { kind: 'text', visible, redactions: redactionsBy(redactor) };
    blocks.set(index, block);
    return block;
  };

  const pushText = (index: number | undefined, text: string): readonly ConverseStreamOutput[] => {
    const block = textBlock(index);
    const said = words.push(text);
    const seen = block.visible?.push(said) ?? said;
    const out = block.redactions.reduce((passed, { stream }) => stream.push(passed), seen);
    record(block);
    return textEvent(index, out);
  };

  const endText = (index: number | undefined, block: TextBlock): readonly ConverseStreamOutput[] => {
    const said = words.flush();
    const seen = block.visible?.end(said) ?? said;
    const out = block.redactions.reduce((rest, { stream }) => stream.end(rest), seen);
    record(block);
    return textEvent(index, out);
  };

  const pushTool = (block: ToolBlock, input: string): readonly ConverseStreamOutput[] => {
    block.input += input;
    if (block.input.length > MAX_TOOL_INPUT) throw new BulwarkError('output_blocked', { reason: 'tool-input' });
    return [];
  };

  const pushDelta = (
    index: number | undefined,
    delta: ContentBlockDelta | undefined,
    event: ConverseStreamOutput,
  ): readonly ConverseStreamOutput[] => {
    if (delta?.text !== undefined) return pushText(index, delta.text);
    if (delta?.reasoningContent?.text !== undefined) thoughts.push(delta.reasoningContent.text);
    if (delta?.toolUse === undefined) return [event];
    const block = blocks.get(index);
    if (block?.kind !== 'tool') throw toolDenied(scope, 'unannounced');
    return pushTool(block, delta.toolUse.input ?? '');
  };

  const endTool = (index: number | undefined, block: ToolBlock): readonly ConverseStreamOutput[] => {
    const input = argumentsOf(block.input);
    if (canary?.isIn(input ?? block.input) === true) throw canaryLeaked(scope);
    if (input === undefined) {
      incomplete = true;
      return [];
    }
    const unmarked = spotlight?.unmarkJson(input) ?? input;
    const restored = pseudonyms?.restoreJson(unmarked) ?? unmarked;
    return wholeCall(index, restored === input ? block : { ...block, input: JSON.stringify(restored) });
  };

  const endBlock = (index: number | undefined): readonly ConverseStreamOutput[] => {
    const block = blocks.get(index);
    blocks.delete(index);
    thoughts.flush();
    if (block === undefined) return [];
    if (block.kind === 'text') return endText(index, block);
    return endTool(index, block);
  };

  /** Text that Bedrock did not end is ended here; a tool call that it did not end is none. */
  const endReply = (stopReason: string | undefined): readonly ConverseStreamOutput[] => {
    const open = [...blocks.keys()].flatMap((index) => endBlock(index));
    if (incomplete && stopReason === 'tool_use') throw new BulwarkError('output_truncated', { reason: 'tool-call' });
    return open;
  };

  return {
    push(event) {
      const { messageStart, contentBlockStart, contentBlockDelta, contentBlockStop, messageStop, metadata } = event;
      if (!isReplyPart(contentBlockStart?.start) || !isReplyPart(contentBlockDelta?.delta)) throw blockUnknown(scope);
      if (contentBlockDelta !== undefined)
        return pushDelta(contentBlockDelta.contentBlockIndex, contentBlockDelta.delta, event);
      if (contentBlockStart !== undefined) {
        const call = contentBlockStart.start?.toolUse;
        if (call === undefined) return [event];
        if (offered?.includes(call.name ?? '') === false) throw toolDenied(scope, 'called');
        blocks.set(contentBlockStart.contentBlockIndex, { kind: 'tool', start: event, input: '' });
        return [];
      }
      if (contentBlockStop !== undefined) {
        const cut = incomplete;
        const events = endBlock(contentBlockStop.contentBlockIndex);
        return incomplete && !cut ? [] : [...events, event];
      }
      if (messageStop !== undefined) return [...endReply(messageStop.stopReason), event];
      return messageStart !== undefined || metadata !== undefined ? [event] : [];
    },
  };
};
