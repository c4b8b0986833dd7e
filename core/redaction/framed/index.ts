/** Redaction of streams by their framing: whole frames in, whole frames out. */

import type { Redactor } from '../redactor.ts';
import type { Finding } from '../types.ts';
import { createChannels } from './channels.ts';
import { type Document, renderDocument, reportedInDocument } from './document.ts';
import type { Intake } from './json-document.ts';
import { createLeafMaker, type Found, type Leaf } from './leaf.ts';
import { readNdjson, splitNdjson } from './ndjson-frames.ts';
import { readSse } from './sse-document.ts';
import { splitSse } from './sse-frames.ts';

/** How a stream is made up: server-sent events, a JSON value a line, or text. */
export type Framing = 'sse' | 'ndjson' | 'text';

/** Redacts text that comes in pieces. */
export interface FramedRedactor {
  /**
   * The frames that can be said for sure after one more piece.
   *
   * @throws BulwarkError `output_blocked` for a frame of more than a mebi unit.
   */
  push(chunk: string): string;
  /** The rest. */
  end(): string;
  /** Offsets are within their texts. */
  readonly findings: readonly Finding[];
}

/** Most units of frames that wait; then all go with what is known. */
export const MAX_HELD = 1_048_576;

/** What a frame that waits counts beside its units: empty ones take memory, too. */
const FRAME_COST = 256;

/** A frame that waits for its texts to be decided. */
interface Frame {
  readonly raw: string;
  readonly document: Document;
  readonly leaves: readonly Leaf[];
  /** Leaves before this one are decided. */
  decided: number;
}

const FRAMINGS = {
  sse: { split: splitSse, read: readSse },
  ndjson: { split: splitNdjson, read: readNdjson },
};

const createFrames = (redactor: Redactor, framing: Exclude<Framing, 'text'>): FramedRedactor => {
  const session = redactor.session();
  const channels = createChannels(session);
  const findings: Finding[] = [];
  const make = createLeafMaker(session);
  const { split, read } = FRAMINGS[framing];
  const textual = new Set<string>();
  let waiting: Frame[] = [];
  let held = 0;
  /** What is on its way out; of a push that fails, what came before. */
  let out = '';

  const takeIn = (raw: string): void => {
    const leaves: Leaf[] = [];
    const feed = (leaf: Leaf, path: string, lane: string): Leaf => {
      leaves.push(leaf);
      channels.feed(leaf, path, lane);
      return leaf;
    };
    const intake: Intake = {
      alone: make.text,
      number: make.number,
      textual,
      continued(text, path, lane, lead) {
        return feed(make.text(text, lead), path, lane);
      },
      structured(text, path, lane) {
        const leaf = make.structured(text);
        return path === undefined ? leaf : feed(leaf, path, lane);
      },
    };
    const document = read(raw, intake);
    waiting.push({ raw, document, leaves, decided: 0 });
    held += raw.length + FRAME_COST;
    // Comments, pings and metadata say nothing about whether a text goes on.
    if (leaves.length > 0) channels.tick();
    if (held > MAX_HELD) channels.letAllGo();
  };

  const note = ({ value: _, stays: __, ...finding }: Found): void => {
    findings.push(finding);
  };

  const placeholderOf = (found: Found): string => {
    note(found);
    return session.placeholder(found.entity, found.value);
  };

  const isDecided = (frame: Frame): boolean => {
    while (frame.leaves[frame.decided]?.waiting === 0) frame.decided += 1;
    return frame.decided === frame.leaves.length;
  };

  /** Passes on the frames that wait for nothing, up to the first that does. */
  const release = (): void => {
    let count = 0;
    for (const frame of waiting) {
      if (!isDecided(frame)) break;
      const clean = renderDocument(frame.document, placeholderOf);
      for (const found of reportedInDocument(frame.document)) note(found);
      out += clean === frame.document.text ? frame.raw : clean;
      held -= frame.raw.length + FRAME_COST;
      count += 1;
    }
    if (count > 0) waiting = waiting.slice(count);
  };

  const splitter = split((raw) => {
    takeIn(raw);
    release();
  });
  const taken = (): string => {
    const now = out;
    out = '';
    return now;
  };
  return {
    push(chunk) {
      splitter.push(chunk);
      return taken();
    },
    end() {
      splitter.end();
      channels.closeAll();
      release();
      return taken();
    },
    findings,
  };
};

/**
 * A redactor of a stream by its framing. Frames leave whole, in their order and with nothing added; where nothing is found,
 * byte by byte as they came. A value that is spread over several frames leaves its placeholder where it began, and nothing
 * in the frames after.
 *
 * @example
 * const frames = createFramedRedactor(createRedactor(), 'sse');
 * frames.push('data: {"text":"Mail ada@"}\n\ndata: {"text":"example.com "}\n\n');
 * // 'data: {"text":"Mail [EMAIL_ADDRESS_1]"}\n\ndata: {"text":" "}\n\n'
 */
export const createFramedRedactor = (redactor: Redactor, framing: Framing): FramedRedactor =>
  framing === 'text' ? redactor.stream() : createFrames(redactor, framing);
