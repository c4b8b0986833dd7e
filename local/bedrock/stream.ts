/** Streamed answers: their frames, and the ways in which a stream can end early. */

import http2 from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyResponse } from './connection.ts';
import { realisticMessage } from './errors.ts';
import { eventFrame, exceptionFrame } from './event-stream.ts';
import type { Cut, Fault } from './faults.ts';
import { type CutAnswer, tokensOf } from './model/tokens.ts';
import type { ReceivedRequest } from './request-log.ts';

/** A frame, and how many output tokens were made for it. */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly tokens: number;
}

/** Units of a piece: small and odd, so that words and numbers are split anywhere. */
const PIECE = 7;

/** The text of an answer in pieces; a surrogate pair stays whole. */
export const piecesOf = ({ blocks }: CutAnswer): readonly string[] => {
  const [first] = blocks;
  if (first === undefined || !('text' in first)) return [];
  const characters = [...first.text];
  return Array.from({ length: Math.ceil(characters.length / PIECE) }, (_, index) =>
    characters.slice(index * PIECE, (index + 1) * PIECE).join(''),
  );
};

/** Tokens that each piece adds to those before it: together they are the tokens of the whole. */
const tokensAdded = (pieces: readonly string[]): readonly number[] => {
  let length = 0;
  return pieces.map((piece) => {
    const before = Math.ceil(length / 4);
    length += piece.length;
    return Math.ceil(length / 4) - before;
  });
};

const frame = (type: string, content: unknown, tokens = 0): Frame => ({ bytes: eventFrame(type, content), tokens });

/** Frames of ConverseStream. */
export const converseFrames = (
  { blocks, stopReason }: CutAnswer,
  usage: object,
  pieces: readonly string[],
): readonly Frame[] => {
  const [first] = blocks;
  const added = tokensAdded(pieces);
  const content: Frame[] =
    first !== undefined && 'toolUse' in first
      ? [
          frame('contentBlockStart', {
            contentBlockIndex: 0,
            start: { toolUse: { toolUseId: first.toolUse.toolUseId, name: first.toolUse.name } },
          }),
          frame(
            'contentBlockDelta',
            {
              contentBlockIndex: 0,
              delta: { toolUse: { input: JSON.stringify(first.toolUse.input) } },
            },
            tokensOf(JSON.stringify(first.toolUse.input)),
          ),
        ]
      : pieces.map((text, index) =>
          frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }, added[index]),
        );
  return [
    frame('messageStart', { role: 'assistant' }),
    ...content,
    frame('contentBlockStop', { contentBlockIndex: 0 }),
    frame('messageStop', { stopReason }),
    frame('metadata', { usage, metrics: { latencyMs: 1 } }),
  ];
};

/** Frames of InvokeModelWithResponseStream: each event as base64 in a chunk. */
export const invokeFrames = (events: readonly object[]): readonly Frame[] => {
  const added = tokensAdded(events.map((event) => (event as { delta?: { text?: string } }).delta?.text ?? ''));
  return events.map((event, index) =>
    frame('chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64') }, added[index]),
  );
};

const RESETS: Partial<Record<Cut, number>> = {
  'reset-internal-error': http2.constants.NGHTTP2_INTERNAL_ERROR,
  'reset-cancel': http2.constants.NGHTTP2_CANCEL,
  'reset-enhance-your-calm': http2.constants.NGHTTP2_ENHANCE_YOUR_CALM,
  'reset-refused': http2.constants.NGHTTP2_REFUSED_STREAM,
};

/** Ends a response in the way of `cut`. Over HTTP/1.1 every reset is the end of the socket. */
const cutOff = (response: AnyResponse, cut: Cut, next: Uint8Array): void => {
  const { stream } = response as { stream?: http2.ServerHttp2Stream };
  if (cut === 'end') response.end();
  else if (cut === 'half-frame') response.end(next.subarray(0, Math.floor(next.length / 2)));
  else if (stream === undefined) response.destroy();
  else if (cut === 'socket') stream.session?.destroy();
  else if (cut === 'goaway') stream.session?.destroy(new Error('goaway'), http2.constants.NGHTTP2_INTERNAL_ERROR);
  else if (cut === 'destroy') stream.destroy();
  else stream.close(RESETS[cut] ?? http2.constants.NGHTTP2_CANCEL);
};

/** What a streamed answer is written with. */
export interface StreamOptions {
  readonly response: AnyResponse;
  readonly requestId: string;
  readonly invoked: boolean;
  readonly frames: readonly Frame[];
  readonly fault: Fault | undefined;
  readonly entry: ReceivedRequest;
  readonly modelId: string;
  readonly bill: (tokens: number) => void;
}

/** Writes frames until the end, the fault, or until the client has gone: what was made until then is billed. */
export const writeStream = async ({
  response,
  requestId,
  invoked,
  frames,
  fault,
  modelId,
  bill,
}: StreamOptions): Promise<void> => {
  const half = Math.ceil(frames.length / 2);
  response.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amzn-requestid': requestId,
    ...(invoked ? { 'x-amzn-bedrock-content-type': 'application/json' } : {}),
  });
  for (const [index, { bytes, tokens }] of frames.entries()) {
    if (response.destroyed || response.writableEnded) return;
    if (index === half && fault?.kind === 'cut') return cutOff(response, fault.cut, bytes);
    if (index === half && fault?.kind === 'mid-stream-exception') {
      response.end(exceptionFrame(fault.type, realisticMessage(fault.type, modelId)));
      return;
    }
    if (fault?.kind === 'slow-stream') await sleep(fault.ms);
    bill(tokens);
    if (!response.write(bytes))
      await Promise.race([
        new Promise((resolve) => response.once('drain', resolve)),
        new Promise((resolve) => response.once('close', resolve)),
      ]);
  }
  response.end();
};
