/** What a process holds, and what nobody in it catches. */

import { setTimeout as sleep } from 'node:timers/promises';

/** Sockets and timers that the process holds, by name. */
export const held = (): readonly string[] =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name.startsWith('TCP'));

/** How many of them are timers. */
export const timersIn = (names: readonly string[]): number => names.filter((name) => name === 'Timeout').length;

/** Waits until it is so, but no longer than `ms`. */
export const until = async (isSo: () => boolean, ms: number): Promise<void> => {
  for (const end = Date.now() + ms; !isSo() && Date.now() < end; ) await sleep(25);
};

/** Rejections and exceptions that nobody caught, from now on. */
export const watchUncaught = (): { readonly seen: string[]; stop(): void } => {
  const seen: string[] = [];
  const note = (error: unknown): void => {
    seen.push(error instanceof Error ? `${error.name}: ${error.message}` : typeof error);
  };
  process.on('unhandledRejection', note).on('uncaughtException', note);
  return { seen, stop: () => void process.off('unhandledRejection', note).off('uncaughtException', note) };
};
