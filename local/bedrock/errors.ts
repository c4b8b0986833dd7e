/** Bedrock's errors with the statuses of its service model. */

/** Status by error type: those of the service model, and those of the signature check in front of every service. */
export const ERROR_STATUS = {
  AccessDeniedException: 403,
  ConflictException: 400,
  InternalServerException: 500,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelStreamErrorException: 424,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 400,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  ValidationException: 400,
} as const;

/** Name of an error that the service has. */
export type ErrorType = keyof typeof ERROR_STATUS;

const statusOf = (type: string): number =>
  Object.hasOwn(ERROR_STATUS, type) ? ERROR_STATUS[type as ErrorType] : ERROR_STATUS.InternalServerException;

/** An error that the server answers with. Any name will do, as a fault may be one that the SDK does not know. */
export class BedrockError extends Error {
  override readonly name = 'BedrockError';
  readonly type: string;
  readonly status: number;
  /** Headers of the answer beside those of every error. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    type: string,
    message: string,
    status: number = statusOf(type),
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.type = type;
    this.status = status;
    this.headers = headers;
  }
}

/** The account that messages name, as real ones do, so that a leak of an upstream message shows in a test. */
export const ACCOUNT_ID: string = ['1234', '5678', '9012'].join('');

const modelArn = (modelId: string): string =>
  modelId.startsWith('arn:') ? modelId : `arn:aws:bedrock:eu-central-1:${ACCOUNT_ID}:inference-profile/${modelId}`;

const SENTENCES: Readonly<Record<string, string>> = {
  AccessDeniedException: `User: arn:aws:sts::${ACCOUNT_ID}:assumed-role/bedrock-caller/session is not authorized to perform: bedrock:InvokeModel on resource`,
  ModelTimeoutException: 'The request took too long to process on',
  ServiceUnavailableException: 'Bedrock is unable to process your request with',
  ThrottlingException: 'Too many requests, please wait before trying again. Quota of',
};

/** The message of an error in the manner of real ones: with names of the house in it. */
export const upstreamMessage = (type: string, modelId: string): string =>
  `${SENTENCES[type] ?? `${type} while serving account ${ACCOUNT_ID}`}: ${modelArn(modelId)}`;

/** A refusal of what a request says. */
export const invalid = (modelId: string, sentence: string): BedrockError =>
  new BedrockError('ValidationException', `${sentence} (account: ${ACCOUNT_ID}, resource: ${modelArn(modelId)})`);
