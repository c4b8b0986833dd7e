/** Fetching a small JSON document of the issuer. */

/** Largest document, in bytes. */
const MAX_BYTES = 262_144;
/** Longest wait, in milliseconds: discovery and keys together stay below the function's time-out. */
const TIMEOUT_MS = 2_500;

/** Fetches JSON over https. */
export type FetchJson = (url: string) => Promise<unknown>;

/**
 * Fetches what stands at an address. It follows no redirect: where an issuer's keys are is not for a third party to say. It
 * rejects where there is no answer in time, another status than 200, too much, or no JSON.
 */
export const jsonFetcher =
  (timeoutMs: number = TIMEOUT_MS): FetchJson =>
  async (url) => {
    const response = await fetch(url, {
      redirect: 'error',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      throw new Error(`the issuer answered ${response.status}`);
    }
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) throw new Error('the issuer answered too much');
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  };
