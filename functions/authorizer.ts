import { Logger } from '@aws-lambda-powertools/logger';
import { createAuthorizer } from './service/jwt/authorizer.ts';
import { jsonFetcher } from './service/jwt/fetch-json.ts';
import { createKeySource } from './service/jwt/key-source.ts';
import { tokenSettings } from './service/jwt/token-settings.ts';

const settings = tokenSettings();
const { issuer, jwksUri } = settings;
const logger = new Logger();

export const handler = createAuthorizer({
  settings,
  keyOf: createKeySource({ issuer, jwksUri, fetchJson: jsonFetcher() }),
  onRefusal: (reason) => logger.warn('not let in', { reason }),
});
