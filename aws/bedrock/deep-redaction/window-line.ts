/** Events of a reply in a line: text in windows that wait for their judgement, all else behind the text that came before it. */

import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import type { Finding } from '../../../core/redaction/index.ts';
import { createWindowRelease, type ReleaseWindow } from '../../../core/redaction/window-release.ts';
import { createWindows, type TextWindow, type Windows } from '../../../core/redaction/windows.ts';
import { type DeepStage, deepFindings, recordDeep } from './findings.ts';

/** A line of events. */
export interface WindowLine {
  /** One more event. */
  push(event: ConverseStreamOutput): void;
  /** The first in line, if it can be passed on. @throws BulwarkError as {@link deepFindings}. */
  take(): readonly ConverseStreamOutput[] | undefined;
  /** Whether as many windows wait as are judged at once: nothing more should be pushed. */
  readonly isFull: boolean;
  readonly isEmpty: boolean;
  /** Ends what is under way. What is pushed afterwards counts for nothing. */
  stop(): void;
}

/** A text block that is under way. */
interface TextBlock {
  readonly index: number | undefined;
  readonly windows: Windows;
  readonly release: ReleaseWindow;
}

/** A window in line. */
interface WaitingWindow {
  readonly block: TextBlock;
  readonly window: TextWindow;
  begun: boolean;
  judged?: { readonly findings: readonly Finding[] } | { readonly error: unknown };
}

type Place = { readonly event: ConverseStreamOutput } | WaitingWindow;

/**
 * A line for one reply.
 *
 * @param ring Called when something may have become ready.
 */
export const createWindowLine = (stage: DeepStage, ring: () => void): WindowLine => {
  const { windowUnits, windowMs, windowsInFlight } = stage.rules;
  const aborter = new AbortController();
  const signal = stage.signal === undefined ? aborter.signal : AbortSignal.any([stage.signal, aborter.signal]);
  const line: Place[] = [];
  let block: TextBlock | undefined;
  let timer: NodeJS.Timeout | undefined;
  let waiting = 0;
  let judging = 0;

  const judge = async (place: WaitingWindow): Promise<void> => {
    place.begun = true;
    judging += 1;
    try {
      const { text, isKnown } = place.window;
      place.judged = { findings: isKnown ? [] : await deepFindings(stage, text, signal) };
    } catch (error) {
      place.judged = { error };
    }
    judging -= 1;
    judgeNext();
    ring();
  };

  const judgeNext = (): void => {
    for (const place of line) {
      if (judging >= windowsInFlight) return;
      if ('window' in place && !place.begun) judge(place);
    }
  };

  const add = (from: TextBlock, windows: readonly TextWindow[]): void => {
    line.push(...windows.map((window) => ({ block: from, window, begun: false })));
    waiting += windows.length;
    judgeNext();
  };

  const stopTimer = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };

  const startTimer = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (block === undefined) return;
      // Text that waits for its turn waits for nothing else.
      if (waiting >= windowsInFlight) return startTimer();
      const window = block.windows.due();
      if (window !== undefined) add(block, [window]);
    }, windowMs);
  };

  const endBlock = (): void => {
    stopTimer();
    const window = block?.windows.end();
    if (block !== undefined && window !== undefined) add(block, [window]);
    block = undefined;
  };

  const pushText = (index: number | undefined, text: string): void => {
    if (block !== undefined && block.index !== index) endBlock();
    block ??= { index, windows: createWindows(windowUnits), release: createWindowRelease(stage.redactor.placeholder) };
    const full = block.windows.push(text);
    // A window that was not cut by time begins its time anew.
    if (full.length > 0) stopTimer();
    add(block, full);
    if (block.windows.waiting) startTimer();
  };

  return {
    push(event) {
      if (aborter.signal.aborted) return;
      const { contentBlockIndex: index, delta } = event.contentBlockDelta ?? {};
      if (delta?.text !== undefined) return pushText(index, delta.text);
      // What else comes within a text, a citation for example, ends no name.
      if (delta === undefined || block?.index !== index) endBlock();
      line.push({ event });
    },
    take() {
      const [first] = line;
      if (first === undefined) return undefined;
      if ('event' in first) {
        line.shift();
        return [first.event];
      }
      const { judged, window, block: from } = first;
      if (judged === undefined) return undefined;
      line.shift();
      waiting -= 1;
      if ('error' in judged) throw judged.error;
      const { text, findings } = from.release(window, judged.findings);
      recordDeep(stage.scope, findings);
      return text === '' ? [] : [{ contentBlockDelta: { contentBlockIndex: from.index, delta: { text } } }];
    },
    get isFull() {
      return waiting >= windowsInFlight;
    },
    get isEmpty() {
      return line.length === 0;
    },
    stop() {
      stopTimer();
      aborter.abort();
    },
  };
};
