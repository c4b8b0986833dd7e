/** Which texts go on from which: the channels of a stream. */

import type { Redactor } from '../redactor.ts';
import { type Channel, createChannel } from './channel.ts';
import type { Leaf } from './leaf.ts';

/** Most channels at once. The one that was fed longest ago is closed for a new one. */
export const MAX_CHANNELS = 64;

/** Most frames that wait for a channel to go on: a few for one that never has, more for one that has. */
export const MAX_WAIT = 16;
const MAX_FIRST_WAIT = 4;

/** The channels of a stream. */
export interface Channels {
  /**
   * Adds a leaf to the text at `path`; and where `lane` tells several of them apart that come in turns (content blocks,
   * choices), to that one's. Both are read until turns are seen: an index may as well count tokens.
   */
  feed(leaf: Leaf, path: string, lane: string): void;
  /** Counts a frame, and lets go what waited too long. */
  tick(): void;
  letAllGo(): void;
  closeAll(): void;
}

interface Entry {
  readonly channel: Channel;
  fedAt: number;
  /** Fed in more than one frame. */
  goesOn: boolean;
  /** Of a path: the lane that was fed last, and whether its lanes come in turns. */
  lastLane: string;
  inTurns: boolean;
}

/** No channels yet. */
export const createChannels = (redactor: Redactor): Channels => {
  /** By key, the one that was fed longest ago first. */
  const entries = new Map<string, Entry>();
  let now = 0;

  const entryOf = (key: string): Entry => {
    const known = entries.get(key);
    if (known !== undefined) {
      entries.delete(key);
      entries.set(key, known);
      return known;
    }
    const [oldest] = entries.size >= MAX_CHANNELS ? entries : [];
    if (oldest !== undefined) {
      oldest[1].channel.close();
      entries.delete(oldest[0]);
    }
    const channel = createChannel(redactor);
    const entry: Entry = { channel, fedAt: now, goesOn: false, lastLane: '', inTurns: false };
    entries.set(key, entry);
    return entry;
  };

  const feedTo = (entry: Entry, leaf: Leaf): void => {
    entry.goesOn ||= entry.fedAt !== now;
    entry.fedAt = now;
    entry.channel.feed(leaf);
  };

  const waitedTooLong = ({ fedAt, goesOn }: Entry): boolean => now - fedAt > (goesOn ? MAX_WAIT : MAX_FIRST_WAIT);

  return {
    feed(leaf, path, lane) {
      if (leaf.text === '') return;
      const whole = entryOf(`path ${path}`);
      if (lane === '') {
        feedTo(whole, leaf);
        return;
      }
      const key = `lane ${path} ${lane}`;
      const back = whole.lastLane !== key && entries.has(key);
      whole.lastLane = key;
      if (back && !whole.inTurns) {
        whole.inTurns = true;
        whole.channel.close();
      }
      if (!whole.inTurns) feedTo(whole, leaf);
      feedTo(entryOf(key), leaf);
    },
    tick() {
      for (const entry of entries.values()) {
        if (now - entry.fedAt <= MAX_FIRST_WAIT) break;
        if (entry.channel.pending && waitedTooLong(entry)) entry.channel.letGo();
      }
      now += 1;
    },
    letAllGo() {
      for (const { channel } of entries.values()) channel.letGo();
    },
    closeAll() {
      for (const { channel } of entries.values()) channel.close();
    },
  };
};
