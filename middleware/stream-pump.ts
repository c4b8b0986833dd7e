/**
 * A streamed answer on its way out. The source is read no faster than the client reads; every piece passes the
 * transforms; the stream ends once, whoever ends it, and what has to happen at its end has happened before the client
 * sees the end.
 */

import { type InvocationScope, runInScope } from '../aws/invocation-scope.ts';
import { BulwarkError } from '../core/errors.ts';
import {
  createStreamReader,
  deadlinePassed,
  type Step,
  type StreamEnding,
  type StreamReader,
  type StreamSource,
} from './stream-reader.ts';

/** Changes text that comes in pieces. */
export interface TextTransform {
  push(text: string): string;
  end(): string;
}

/** A streamed answer. Everything is registered before the first piece is read. */
export interface StreamPump {
  /** Passes the text through `transform`. Pieces that are not UTF-8 end the stream with `output_blocked`. */
  transform(transform: TextTransform): void;
  /**
   * Shows the text to `watcher`, whose own pieces go nowhere. `onFailure` is told what it throws, and of pieces that are
   * not UTF-8; after that, nothing is shown.
   */
  watch(watcher: TextTransform, onFailure: (error: unknown) => void): void;
  /** Shows every piece as it leaves, after all transforms. What `observe` throws is not seen. */
  observe(observe: (piece: Uint8Array) => void): void;
  /** Runs when the stream has ended, one after the other in the order of registration. Nothing that it throws is seen. */
  atEnd(finish: (ending: StreamEnding) => unknown): void;
  /** How a failure is told. Without it, the stream breaks off with the error as it is. */
  onFailure(render: RenderFailure): void;
  /** Writes `beat` between two frames whenever nothing else was written for so long. */
  heartbeat(everyMs: number, beat: string): void;
  /** Ends the stream if it has not ended, and waits until all that belongs to its end is done. */
  abandon(): Promise<void>;
  readonly readable: ReadableStream<Uint8Array>;
}

/**
 * What the client reads last of a stream that failed, or the error that it breaks off with. A frame may be under way,
 * unless it is said that none is.
 */
export type RenderFailure = (error: unknown, betweenFrames: boolean) => string | Error;

type Controller = ReadableStreamDefaultController<Uint8Array>;

/** Ends of a frame of server-sent events, or of nothing at all: a comment disturbs nobody there. */
const BETWEEN_FRAMES = /(?:^|\n\n|\r\r|\r\n\r\n)$/;

const asBytes = (piece: unknown): Uint8Array => {
  if (piece instanceof Uint8Array) return piece;
  return Buffer.from(typeof piece === 'string' ? piece : (JSON.stringify(piece) ?? ''));
};

/** A pump for `source`. Nothing is read before somebody reads `readable`. */
export const createStreamPump = (scope: InvocationScope, source: StreamSource): StreamPump => {
  const transforms: TextTransform[] = [];
  const finishers: ((ending: StreamEnding) => unknown)[] = [];
  const observers: ((piece: Uint8Array) => void)[] = [];
  let watchers: { readonly watcher: TextTransform; readonly onFailure: (error: unknown) => void }[] = [];
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const watchersDecoder = new TextDecoder('utf-8', { fatal: true });
  let render: RenderFailure | undefined;
  let beating: { readonly everyMs: number; readonly beat: string } | undefined;
  let reader: StreamReader | undefined;
  let ended: Promise<void> | undefined;
  /** The last characters that were written. */
  let written = '';
  let begun = false;
  let idleSince = performance.now();
  let reading = false;
  /** The deadline came while nobody read: the last frame waits for somebody who does. */
  let expired: StreamEnding | undefined;

  const decodeWith = (utf8: InstanceType<typeof TextDecoder>, bytes: Uint8Array | undefined): string => {
    try {
      return utf8.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new BulwarkError('output_blocked', { reason: 'unreadable' });
    }
  };

  const decode = (bytes?: Uint8Array): string => decodeWith(decoder, bytes);

  const through = (text: string): string => transforms.reduce((passed, transform) => transform.push(passed), text);

  /** What the transforms still hold, each one's rest through those after it. */
  const flushed = (rest: string): string =>
    transforms.reduce((passed, transform) => transform.push(passed) + transform.end(), rest);

  const show = (work: (watcher: TextTransform, text: string) => void, textOf: () => string): void => {
    if (watchers.length === 0) return;
    try {
      const text = textOf();
      for (const { watcher } of watchers) work(watcher, text);
    } catch (error) {
      for (const { onFailure } of watchers) onFailure(error);
      watchers = [];
    }
  };

  const showPiece = (bytes: Uint8Array): void =>
    show(
      (watcher, text) => watcher.push(text),
      () => decodeWith(watchersDecoder, bytes),
    );

  const showEnd = (finished: boolean): void =>
    show(
      (watcher, text) => {
        watcher.push(text);
        watcher.end();
      },
      () => (finished ? decodeWith(watchersDecoder, undefined) : ''),
    );

  const pass = (piece: unknown): Uint8Array => {
    const bytes = asBytes(piece);
    showPiece(bytes);
    return transforms.length === 0 ? bytes : Buffer.from(through(decode(bytes)));
  };

  const note = (bytes: Uint8Array): Uint8Array => {
    written = (written + Buffer.from(bytes.subarray(-4)).toString('latin1')).slice(-4);
    for (const observe of observers)
      try {
        observe(bytes);
      } catch {}
    return bytes;
  };

  /** Tells when the answer began for the client. */
  const noteBegin = (): void => {
    const { record, startedAt } = scope;
    if (!begun) record.countFor(record.model, 'FirstByteLatency', Date.now() - startedAt);
    begun = true;
  };

  const betweenFrames = (): boolean => BETWEEN_FRAMES.test(written);

  /** The rest of the text, and how the stream ended after all. */
  const flush = (ending: StreamEnding): { readonly rest: Uint8Array; readonly how: StreamEnding } => {
    showEnd(ending.kind === 'finished');
    if (transforms.length === 0) return { rest: new Uint8Array(), how: ending };
    try {
      return { rest: Buffer.from(flushed(ending.kind === 'finished' ? decode() : '')), how: ending };
    } catch (error) {
      return { rest: new Uint8Array(), how: { kind: 'failed', error } };
    }
  };

  const finish = async (ending: StreamEnding): Promise<void> => {
    scope.signal()?.removeEventListener('abort', expire);
    scope.abandonCalls();
    reader ??= createStreamReader(scope, source);
    reader.close();
    for (const finisher of finishers)
      try {
        await runInScope(scope, () => finisher(ending));
      } catch {}
  };

  /** A client that reads no more must not keep the books open until the function is stopped. */
  const expire = (): void => {
    if (reading || ended !== undefined) return;
    expired = { kind: 'failed', error: deadlinePassed() };
    ended = finish(expired);
  };
  scope.signal()?.addEventListener('abort', expire, { once: true });

  const end = async (controller: Controller, ending: StreamEnding): Promise<void> => {
    const { rest, how } = flush(ending);
    if (rest.length > 0) {
      noteBegin();
      controller.enqueue(note(rest));
    }
    const told = how.kind === 'failed' ? (render?.(how.error, betweenFrames()) ?? how.error) : '';
    if (typeof told === 'string' && told !== '') controller.enqueue(Buffer.from(told));
    ended ??= finish(how);
    await ended;
    if (typeof told === 'string') controller.close();
    else controller.error(told);
  };

  const readPiece = async (): Promise<Step> => {
    reader ??= createStreamReader(scope, source);
    reading = true;
    const step = await reader.read(beating?.everyMs);
    reading = false;
    scope.handlerMs += performance.now() - idleSince;
    idleSince = performance.now();
    return step;
  };

  /** Reads on until there is something to write. */
  const pull = async (controller: Controller): Promise<void> => {
    if (expired !== undefined) return end(controller, expired);
    for (;;) {
      const step = await readPiece();
      if (ended !== undefined) return;
      if (step.kind === 'end') return end(controller, step.ending);
      let bytes: Uint8Array;
      try {
        bytes = step.kind === 'piece' ? pass(step.piece) : beatBetweenFrames();
      } catch (error) {
        return end(controller, { kind: 'failed', error });
      }
      if (bytes.length === 0) continue;
      if (step.kind === 'piece') noteBegin();
      controller.enqueue(note(bytes));
      idleSince = performance.now();
      return;
    }
  };

  const beatBetweenFrames = (): Uint8Array => Buffer.from(betweenFrames() ? (beating?.beat ?? '') : '');

  const abandon = (): Promise<void> => {
    ended ??= finish({ kind: 'abandoned' });
    return ended;
  };

  return {
    transform: (transform) => transforms.push(transform),
    watch: (watcher, onFailure) => watchers.push({ watcher, onFailure }),
    observe: (observe) => observers.push(observe),
    atEnd: (finisher) => finishers.push(finisher),
    onFailure: (renderer) => {
      render = renderer;
    },
    heartbeat: (everyMs, beat) => {
      beating = { everyMs, beat };
    },
    abandon,
    readable: new ReadableStream<Uint8Array>({ pull, cancel: abandon }, { highWaterMark: 0 }),
  };
};
