/** A streamed reply of InvokeModel as the events of a Converse stream, and back. */

import { greaterCounts, METRICS, metricsIn, metricsOf } from './counts.ts';
import { unreadableChunk } from './fields.ts';
import type { BodyFormat, Fields, ReplyEvent } from './types.ts';

/** Reads the chunks of one reply, and writes what is left of them. */
export interface ChunkLens {
  /**
   * Events of one more chunk, what was used as soon as it is said.
   *
   * @throws BulwarkError `output_truncated` for a chunk that cannot be read.
   */
  read(chunk: Fields): readonly ReplyEvent[];
  /** After the last chunk: what was used, where a family says it in words of its own. */
  readEnd(): readonly ReplyEvent[];
  /** Chunks of one more event. Those that end the reply wait for what was used. */
  write(event: ReplyEvent): readonly Fields[];
}

const TRACE = 'amazon-bedrock-trace';
const GUARDRAIL_ACTION = 'amazon-bedrock-guardrailAction';
const GUARDRAIL_ACTIONS: readonly unknown[] = ['NONE', 'INTERVENED'];

/** What Bedrock itself adds to a body about its guardrail, as far as it is a word: traces hold content. */
export const guardrailFields = (body: Fields): Fields =>
  GUARDRAIL_ACTIONS.includes(body[GUARDRAIL_ACTION]) ? { [GUARDRAIL_ACTION]: body[GUARDRAIL_ACTION] } : {};

/** Whether Bedrock's guardrail ended a reply: then the model did not say why it ended. */
export const guardrailIntervened = (body: Fields): boolean => body[GUARDRAIL_ACTION] === 'INTERVENED';

/**
 * A lens for one reply.
 *
 * @param stopSequences Those of the call.
 */
export const createChunkLens = ({ stream }: BodyFormat, stopSequences?: readonly string[]): ChunkLens => {
  const format = stream(stopSequences);
  let last: Fields = {};
  let isStopped = false;
  let isCounted = false;
  let action: Fields = {};
  let stop: ReplyEvent['messageStop'];
  let metadata: ReplyEvent['metadata'];

  /** The last chunks, once it is known why the reply ended and what it used. */
  const end = (): readonly Fields[] => {
    if (stop === undefined || metadata === undefined) return [];
    const { usage } = metadata;
    const chunks = format.end(stop.stopReason, usage);
    const metrics = usage === undefined ? {} : { [METRICS]: metricsOf(usage, last) };
    return chunks.map((chunk, index) => (index === chunks.length - 1 ? { ...chunk, ...action, ...metrics } : chunk));
  };

  return {
    read(chunk) {
      action = { ...action, ...guardrailFields(chunk) };
      const { [METRICS]: metrics, [TRACE]: _, [GUARDRAIL_ACTION]: __, ...said } = chunk;
      const events = Object.keys(said).length === 0 ? [] : format.read(said);
      isStopped ||= events.some(({ messageStop }) => messageStop !== undefined);
      if (metrics === undefined || isCounted) return events;
      const usage = greaterCounts(format.usage(), metricsIn(chunk));
      if (usage === undefined) throw unreadableChunk();
      last = chunk;
      isCounted = true;
      return [...events, { metadata: { usage } }];
    },
    readEnd() {
      const usage = format.usage();
      return isCounted || !isStopped || usage === undefined ? [] : [{ metadata: { usage } }];
    },
    write(event) {
      stop = event.messageStop ?? stop;
      metadata = event.metadata ?? metadata;
      return event.messageStop === undefined && event.metadata === undefined ? format.write(event) : end();
    },
  };
};
