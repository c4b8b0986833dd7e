/** Cuts text that comes in pieces into frames. */

import { BulwarkError } from '../../errors.ts';

/** Largest frame, in UTF-16 units: it is read as a whole. */
export const MAX_FRAME = 1_048_576;

/** Cuts frames off a text. */
export interface Splitter {
  /** @throws BulwarkError `output_blocked` for a frame of more than {@link MAX_FRAME}. */
  push(piece: string): void;
  /** Gives the last frame, if it has begun. */
  end(): void;
}

/** A frame that is under way. */
export interface FrameBuffer {
  /** Adds text to it. */
  add(text: string): void;
  /** Gives it, ended by `text`. */
  close(text: string): void;
  readonly empty: boolean;
}

/** A buffer that gives its frames to `emit`. What it was given is never looked at again before the frame is complete. */
export const createFrameBuffer = (emit: (frame: string) => void): FrameBuffer => {
  let pieces: string[] = [];
  let length = 0;

  const add = (text: string): void => {
    if (text === '') return;
    length += text.length;
    pieces.push(text);
    if (length <= MAX_FRAME) return;
    pieces = [];
    length = 0;
    throw new BulwarkError('output_blocked', { reason: 'too-large' });
  };

  return {
    add,
    close(text) {
      add(text);
      const frame = pieces.join('');
      pieces = [];
      length = 0;
      if (frame !== '') emit(frame);
    },
    get empty() {
      return length === 0;
    },
  };
};
