/** Secrets that a function works with, kept for a while, and what is made of them. */

import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { BulwarkError } from '../../core/errors.ts';
import { callable, checkOptions, integer, object, text } from '../../core/options.ts';
import { within } from '../within.ts';
import { createSecretFetch, type SecretIds, type Secrets } from './fetch-secrets.ts';

export type { SecretIds, Secrets } from './fetch-secrets.ts';

/** Options of {@link createSecretStore}. */
export interface SecretStoreOptions<Made> extends SecretIds {
  /** What the secrets are for, made anew only when they change. What it throws is as a failed fetch, but for the first. */
  readonly make: (secrets: Secrets) => Made;
  /** How long secrets are used before they are fetched again, in seconds. @default 300 */
  readonly maxAgeSeconds?: number;
  /** @default one of its own, which waits for 2 s and tries twice */
  readonly client?: SecretsManagerClient;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** A fetch that came to nothing. It tells no content. */
export interface SecretsFailure {
  /** Class of the error: of the SDK, or `TypeError` where what was fetched is of no use. */
  readonly error: string;
  /** Age of what is used instead, in seconds; `undefined` where there is nothing. */
  readonly ageSeconds: number | undefined;
}

/** What was made of the secrets, as they are now. */
export interface SecretStore<Made> {
  /**
   * Fetches secrets where there are none or they are too old: once, for all who ask meanwhile. When that fails or takes more
   * than a second, what there is goes on being used, for up to an hour.
   *
   * @param onFailure Told of a fetch that failed, if this call began it.
   * @throws BulwarkError `control_unavailable`, reason `secrets`, where there are none that may be used; what `make` throws
   * of the first ones.
   */
  current(onFailure?: (failure: SecretsFailure) => void): Promise<Made>;
}

/** How long secrets may be used that could not be fetched again, in milliseconds. */
const MAX_STALE_MS = 3_600_000;

/** After a failed fetch, time until the next one, in milliseconds. */
const RETRY_MS = 30_000;

/** Longest fetch, in milliseconds; and how long a request waits for one that it can do without. */
const FETCH_MS = 8000;
const PATIENCE_MS = 1000;

const CLASS_NAME = /^[A-Za-z]\w{0,63}$/; // ThrottlingException

/** The class of the SDK's error that Powertools wraps, or of the error itself. */
const classOf = (error: unknown): string => {
  const { name, cause } = Object(error) as { name?: unknown; cause?: { name?: unknown } };
  const given = String(cause?.name ?? name);
  return CLASS_NAME.test(given) ? given : 'Error';
};

const CHECKS = {
  digest: text(),
  mac: text(),
  systemPrompt: text(),
  make: callable,
  maxAgeSeconds: integer(1),
  client: object,
  now: callable,
};

const tooLong = (): Error => Object.assign(new Error('the fetch takes too long'), { name: 'TimeoutError' });

interface Kept<Made> {
  readonly secrets: string;
  readonly made: Made;
  readonly fetchedAt: number;
}

/** A store without secrets yet: nothing is fetched before it is asked. */
export const createSecretStore = <Made>(options: SecretStoreOptions<Made>): SecretStore<Made> => {
  checkOptions('createSecretStore', options, CHECKS);
  const { make, maxAgeSeconds = 300, client, now = Date.now, ...ids } = options;
  if (ids.digest === undefined || make === undefined)
    throw new TypeError('createSecretStore: digest and make are needed');
  const fetchSecrets = createSecretFetch(ids, client);
  let kept: Kept<Made> | undefined;
  let askAgainAt = 0;
  let flight: Promise<Made> | undefined;

  const usable = (): Kept<Made> | undefined =>
    kept !== undefined && now() - kept.fetchedAt <= maxAgeSeconds * 1000 + MAX_STALE_MS ? kept : undefined;

  const keep = (fetched: Secrets): Made => {
    const secrets = JSON.stringify(fetched);
    const made = kept?.secrets === secrets ? kept.made : make(fetched);
    kept = { secrets, made, fetchedAt: now() };
    askAgainAt = kept.fetchedAt + maxAgeSeconds * 1000;
    return made;
  };

  const begin = (onFailure: (failure: SecretsFailure) => void): Promise<Made> => {
    const note = (error: unknown): void => {
      askAgainAt = now() + RETRY_MS;
      const old = usable();
      onFailure({ error: classOf(error), ageSeconds: old && Math.round((now() - old.fetchedAt) / 1000) });
    };
    const fetched = within(fetchSecrets(), FETCH_MS, tooLong).catch((error: unknown) => {
      note(error);
      throw new BulwarkError('control_unavailable', { reason: 'secrets' });
    });
    const made = fetched.then((secrets) => {
      try {
        return keep(secrets);
      } catch (error) {
        note(error);
        throw error;
      }
    });
    flight = made.finally(() => {
      flight = undefined;
    });
    return flight;
  };

  return {
    async current(onFailure = () => {}) {
      const old = usable();
      if (old === undefined) return flight ?? begin(onFailure);
      if (now() < askAgainAt || flight !== undefined) return old.made;
      return within(begin(onFailure), PATIENCE_MS, tooLong).catch(() => old.made);
    },
  };
};
