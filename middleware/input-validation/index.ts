import type { MiddlewareObj, Request } from '@middy/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { BulwarkError } from '../../core/errors.ts';
import { checkOptions, object } from '../../core/options.ts';
import type { HttpEvent } from '../http-event.ts';
import { publicIssues } from './public-issues.ts';

/** Options of {@link inputValidation}. */
export interface InputValidationOptions<Schema extends StandardSchemaV1> {
  /** Any Standard Schema (zod, valibot, arktype …) for the parsed body. Its output replaces the body. */
  readonly schema: Schema;
}

/** An event whose body is what the schema made of it. */
export type ValidatedEvent<Schema extends StandardSchemaV1> = Omit<HttpEvent, 'body'> & {
  body: StandardSchemaV1.InferOutput<Schema>;
};

/**
 * Validates the parsed body. The client learns codes and the schema's own paths, never a value.
 *
 * @see https://standardschema.dev
 * @throws TypeError at creation for an unknown option or a schema that is none; `invalid_request` on a request.
 *
 * @example
 * middy().use(jsonBody()).use(inputValidation({ schema: v.object({ prompt: v.string() }) })).handler(handler);
 */
export const inputValidation = <Schema extends StandardSchemaV1>(
  options: InputValidationOptions<Schema>,
): MiddlewareObj<ValidatedEvent<Schema>> => {
  checkOptions('inputValidation', options, { schema: object });
  const standard = options.schema?.['~standard'];
  if (typeof standard?.validate !== 'function')
    throw new TypeError('inputValidation: schema must be a Standard Schema');

  const inputValidationBefore = async (request: Request<ValidatedEvent<Schema>>): Promise<void> => {
    let result = standard.validate(request.event.body);
    if (result instanceof Promise) result = await result;
    if (result.issues !== undefined)
      throw new BulwarkError('invalid_request', { extra: { issues: publicIssues(result.issues) } });
    request.event.body = result.value as StandardSchemaV1.InferOutput<Schema>;
  };

  return { before: inputValidationBefore };
};
