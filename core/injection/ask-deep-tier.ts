/** Asking a deep tier, whatever becomes of it: one that fails or is late could not judge. */

import type { DeepTier, DeepVerdict } from './deep-tier.ts';
import type { Segment } from './segments.ts';

/** What a text becomes that the deep tier could not judge. */
export type DeepFailureMode = 'flag' | 'block';

const VERDICTS: ReadonlySet<unknown> = new Set(['attack', 'clean', 'unknown'] satisfies DeepVerdict[]);

/** Never, or when the signal is aborted. */
const abortOf = (signal: AbortSignal): { readonly aborted: Promise<undefined>; readonly forget: () => void } => {
  let forget = (): void => {};
  const aborted = new Promise<undefined>((resolve) => {
    const listener = (): void => resolve(undefined);
    signal.addEventListener('abort', listener, { once: true });
    forget = () => signal.removeEventListener('abort', listener);
    if (signal.aborted) listener();
  });
  return { aborted, forget };
};

/** One verdict for each text, in order. Never throws, and does not wait beyond the signal. */
export const askDeepTier = async (
  deep: DeepTier,
  texts: readonly Segment[],
  signal: AbortSignal | undefined,
): Promise<readonly DeepVerdict[]> => {
  const abort = signal && abortOf(signal);
  let said: readonly unknown[] | undefined;
  try {
    const plain = texts.map(({ channel, text }) => ({ channel, text }));
    const judging = deep.judge(plain, signal);
    said = await (abort === undefined ? judging : Promise.race([judging, abort.aborted]));
  } catch {
    said = undefined;
  } finally {
    abort?.forget();
  }
  return texts.map((_, index) => {
    const verdict = Array.isArray(said) ? said[index] : undefined;
    return VERDICTS.has(verdict) ? (verdict as DeepVerdict) : 'unknown';
  });
};

/** Verdicts of a deep tier, in order of the texts, and the texts that it was asked about for them. */
export interface DeepVerdicts<Text> {
  readonly verdicts: Promise<readonly DeepVerdict[]>;
  readonly asked: ReadonlySet<Text>;
}

/**
 * Asks about texts, and remembers what is said from the moment of asking: whoever comes meanwhile with one of them waits
 * for the same verdict.
 */
export const askOnce = <Text extends Segment>(
  deep: DeepTier,
  texts: readonly Text[],
  keyOf: (text: Segment) => string,
  known: Map<string, Promise<DeepVerdict>>,
  signal: AbortSignal | undefined,
): DeepVerdicts<Text> => {
  const fresh = new Map<string, Text>();
  for (const text of texts) {
    const key = keyOf(text);
    if (!known.has(key) && !fresh.has(key)) fresh.set(key, text);
  }
  if (fresh.size > 0) {
    const said = askDeepTier(deep, [...fresh.values()], signal);
    for (const [index, key] of [...fresh.keys()].entries())
      known.set(
        key,
        said.then((verdicts) => verdicts[index] ?? 'unknown'),
      );
  }
  const verdicts = Promise.all(texts.map(async (text) => (await known.get(keyOf(text))) ?? 'unknown'));
  return { verdicts, asked: new Set(fresh.values()) };
};

/** What becomes of a flagged text by a verdict of the deep tier. */
export const afterDeepTier = (verdict: DeepVerdict, onFailure: DeepFailureMode): 'allow' | 'flag' | 'block' => {
  if (verdict === 'unknown') return onFailure;
  return verdict === 'attack' ? 'block' : 'allow';
};
