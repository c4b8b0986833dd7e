/** Handlers of the service, with its keys and its system prompt. */

import type { StreamHandler } from '../../middleware/index.ts';
import { type ReturningHandler, type Secrets, withSecrets } from '../../middleware/with-secrets.ts';
import { literalSecrets, secretIds } from './settings.ts';

/** A handler that returns its answer: with secrets of Secrets Manager where the environment names them, else with its own. */
export const withServiceSecrets = <Event, Result>(
  make: (secrets: Secrets) => ReturningHandler<Event, Result>,
): ReturningHandler<Event, Result> => {
  const ids = secretIds();
  return ids === undefined ? make(literalSecrets()) : withSecrets(ids, make);
};

/** The same for a handler that streams. */
export const streamingWithServiceSecrets = <Event>(
  make: (secrets: Secrets) => StreamHandler<Event>,
): StreamHandler<Event> => {
  const ids = secretIds();
  return ids === undefined ? make(literalSecrets()) : withSecrets({ ...ids, stream: true }, make);
};
