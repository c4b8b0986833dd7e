/** Bedrock's errors with the statuses of its service model. */

/** Status by error type. */
export const ERROR_STATUS = {
  AccessDeniedException: 403,
  ConflictException: 400,
  InternalServerException: 500,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelStreamErrorException: 424,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 400,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  ValidationException: 400,
} as const;

/** Name of an error of the service model. */
export type ErrorType = keyof typeof ERROR_STATUS;

/** An error that the server answers with. */
export class BedrockError extends Error {
  override readonly name = 'BedrockError';
  readonly type: ErrorType;

  constructor(type: ErrorType, message: string) {
    super(message);
    this.type = type;
  }
}

/** An account-like number, as real messages name it: made here, so that a leak of it shows in tests. */
export const ACCOUNT = ['1234', '5678', '9012'].join('');

/** A message as real ones are: with names of the house in it. */
export const realisticMessage = (type: ErrorType, modelId: string): string =>
  `${type}: request to arn:aws:bedrock:eu-central-1:${ACCOUNT}:inference-profile/${modelId} was refused`;
