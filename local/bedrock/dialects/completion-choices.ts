/** Answers of models that complete a prompt: a list of one text, in `outputs` or `choices`. */

import { chunkEvent, invocationMetrics, type Reply, type StreamEvent, textOfReply } from './dialect.ts';
import { piecesOf } from './pieces.ts';

/** Why a text ended. */
export const textEnd = ({ stopReason }: Reply): string => (stopReason === 'max_tokens' ? 'length' : 'stop');

/** A whole answer. */
export const completion = (list: 'outputs' | 'choices', reply: Reply): object => ({
  [list]: [{ text: textOfReply(reply), stop_reason: textEnd(reply) }],
});

/** The same in pieces. */
export function* completionEvents(list: 'outputs' | 'choices', reply: Reply): Generator<StreamEvent> {
  for (const { text, tokens } of piecesOf(textOfReply(reply)))
    yield chunkEvent({ [list]: [{ text, stop_reason: null }] }, tokens);
  yield chunkEvent({ [list]: [{ text: '', stop_reason: textEnd(reply) }], ...invocationMetrics(reply) });
}
