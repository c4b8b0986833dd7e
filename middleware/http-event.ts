/** Reading invocation events: which source sent one, and where it keeps what the middlewares need. */

/** Where an event comes from. `other` is whatever is none of these: a direct invocation, for one. */
export type EventSource = (typeof HTTP_SOURCES)[number] | (typeof BATCH_SOURCES)[number] | 'eventbridge' | 'other';

const HTTP_SOURCES = ['rest-v1', 'http-v2', 'function-url', 'alb'] as const;
const BATCH_SOURCES = ['sqs', 'kinesis', 'dynamodb'] as const;

/** Whether a source expects an HTTP answer. */
export const isHttp = (source: EventSource): boolean => (HTTP_SOURCES as readonly string[]).includes(source);

/** Whether a source sends batches, and takes ids of failed messages for an answer. */
export const isBatch = (source: EventSource): boolean => (BATCH_SOURCES as readonly string[]).includes(source);

type Fields = Readonly<Record<string, unknown>>;

/** The fields of an HTTP event that the middlewares read and write. */
export interface HttpEvent {
  body?: unknown;
  isBase64Encoded?: boolean;
  headers?: Readonly<Record<string, string | undefined>> | null;
  multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  requestContext?: unknown;
}

/** The object at a path of member names, or an empty one. */
export const fieldsAt = (value: unknown, ...path: readonly string[]): Fields => {
  let current: unknown = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return {};
    current = (current as Fields)[name];
  }
  return typeof current === 'object' && current !== null ? (current as Fields) : {};
};

/** A non-empty string member, or `undefined`. */
export const textField = (fields: Fields, name: string): string | undefined => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/**
 * Tells the source of an event by what only that source sends.
 * Sources: API Gateway, Lambda and Elastic Load Balancing developer guides ("Lambda proxy integration" pages).
 */
export const sourceOf = (event: unknown): EventSource => {
  const context = fieldsAt(event, 'requestContext');
  if ('elb' in context) return 'alb';
  if ('http' in context) {
    const domain = textField(context, 'domainName') ?? '';
    return domain.includes('.lambda-url.') ? 'function-url' : 'http-v2';
  }
  const fields = fieldsAt(event);
  if ('identity' in context && typeof fields['httpMethod'] === 'string') return 'rest-v1';
  const records = fields['Records'];
  const sender = Array.isArray(records) ? textField(fieldsAt(records[0]), 'eventSource') : undefined;
  const batch = BATCH_SOURCES.find((source) => sender === `aws:${source}`);
  return batch ?? ('detail-type' in fields && 'source' in fields ? 'eventbridge' : 'other');
};

/** The value of a header, whatever the case of its name. Of a header sent several times, the last. */
export const headerOf = (event: HttpEvent, name: string): string | undefined => {
  for (const [key, value] of Object.entries(event.headers ?? {}))
    if (key.toLowerCase() === name && value !== undefined) return value;
  for (const [key, values] of Object.entries(event.multiValueHeaders ?? {}))
    if (key.toLowerCase() === name) return values?.at(-1);
  return undefined;
};

/** Whether the event carries a body at all. */
export const hasBody = (event: HttpEvent): boolean =>
  event.body !== undefined && event.body !== null && event.body !== '';
