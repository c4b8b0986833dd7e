/** The ways in which an answer can end before its end. */

import http2 from 'node:http2';
import { setImmediate as turn } from 'node:timers/promises';
import type { AnyResponse } from './connection.ts';
import type { Exchange } from './exchange.ts';
import type { Cut } from './faults.ts';

const { constants } = http2;

const RESETS: Partial<Record<Cut, number>> = {
  'reset-internal-error': constants.NGHTTP2_INTERNAL_ERROR,
  'reset-cancel': constants.NGHTTP2_CANCEL,
  'reset-enhance-your-calm': constants.NGHTTP2_ENHANCE_YOUR_CALM,
  'reset-refused': constants.NGHTTP2_REFUSED_STREAM,
};

/** Writes to either kind of response. False when the client reads too slowly. */
export const write = (response: AnyResponse, bytes: Uint8Array): boolean =>
  (response.write as (bytes: Uint8Array) => boolean).call(response, bytes);

const endAbruptly = (response: AnyResponse, cut: Cut): void => {
  if (!('stream' in response)) response.destroy();
  else if (cut === 'destroy') response.stream.destroy();
  else if (cut === 'socket') response.stream.session?.destroy();
  else if (cut === 'goaway') response.stream.session?.destroy(new Error('goaway'), constants.NGHTTP2_INTERNAL_ERROR);
  else response.stream.close(RESETS[cut] ?? constants.NGHTTP2_CANCEL);
};

/** Ends an answer in the way of `cut`, once what was written is on its way. `next` is what would have come. */
export const cutOff = async (exchange: Exchange, cut: Cut, next: Uint8Array): Promise<void> => {
  const { response } = exchange;
  exchange.isCut = true;
  if (cut === 'end') response.end();
  else if (cut === 'half-frame') {
    write(response, next.subarray(0, Math.ceil(next.length / 2)));
    response.end();
  } else {
    await turn();
    endAbruptly(response, cut);
  }
};

/** Ends the connection under an answer that was not begun. */
export const dropConnection = (exchange: Exchange): void => {
  exchange.isCut = true;
  exchange.response.socket?.destroy();
};
