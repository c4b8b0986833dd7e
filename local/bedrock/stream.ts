/** Writing a streamed answer: frame by frame, at the pace of the client, until the end or the fault. */

import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { cutOff, write } from './cut.ts';
import type { StreamEvent } from './dialects/dialect.ts';
import { upstreamMessage } from './errors.ts';
import { eventFrame, exceptionFrame, rawEventFrame } from './event-stream.ts';
import { type Exchange, pause, whenGone, writeHead } from './exchange.ts';
import type { Fault } from './faults.ts';

/** Frames between two looks at whether the client is still there. */
const FRAMES_PER_TURN = 8;
/** Frames before a fault that does not say when: the first words are out. */
const FRAMES_BEFORE_FAULT = 3;

/** How a stream is written. */
export interface StreamOptions {
  readonly modelId: string;
  readonly fault: Fault | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Told the output tokens of each event when it is made. */
  readonly onTokens: (tokens: number) => void;
}

/** Whether the struck event itself was made, and goes out in part. */
const makesStruckEvent = (fault: Fault): boolean =>
  fault.kind === 'malformed-json' || (fault.kind === 'cut' && fault.cut === 'half-frame');

/** Strikes in the middle of a stream. True when that was its end. */
const strike = async (exchange: Exchange, fault: Fault, event: StreamEvent, modelId: string): Promise<boolean> => {
  const { response, gone } = exchange;
  switch (fault.kind) {
    case 'cut':
      await cutOff(exchange, fault.cut, eventFrame(event.type, event.content));
      return true;
    case 'hang':
      await whenGone(gone);
      return true;
    case 'mid-stream-exception':
      write(response, exceptionFrame(fault.type, upstreamMessage(fault.type, modelId)));
      response.end();
      return true;
    case 'malformed-json':
      write(response, rawEventFrame(event.type, JSON.stringify(event.content).slice(0, -1)));
      response.end();
      return true;
    default:
      return false;
  }
};

const strikesAt = (fault: Fault | undefined): number =>
  fault !== undefined && 'after' in fault ? (fault.after ?? FRAMES_BEFORE_FAULT) : FRAMES_BEFORE_FAULT;

/** Writes events until the last, until the fault, or until the client has gone: later ones are not even made. */
export const writeStream = async (
  exchange: Exchange,
  events: Iterable<StreamEvent>,
  { modelId, fault, headers, onTokens }: StreamOptions,
): Promise<void> => {
  const { response, gone } = exchange;
  writeHead(exchange, 200, { 'content-type': 'application/vnd.amazon.eventstream', ...headers });
  let written = 0;
  for (const event of events) {
    if (fault !== undefined && written === strikesAt(fault)) {
      if (makesStruckEvent(fault)) onTokens(event.tokens);
      if (await strike(exchange, fault, event, modelId)) return;
    }
    if (fault?.kind === 'slow-stream') await pause(fault.ms, gone);
    if (gone.aborted) return;
    onTokens(event.tokens);
    if (!write(response, eventFrame(event.type, event.content)))
      await once(response, 'drain', { signal: gone }).catch(() => {});
    written += 1;
    if (written % FRAMES_PER_TURN === 0) await turn();
  }
  if (!gone.aborted) response.end();
};
