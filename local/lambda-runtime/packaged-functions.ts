/** What `serverless package` wrote: the zips, and how the template configures the functions in them. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resourcesOf, type Template } from '../../tools/template/template.ts';
import type { LambdaFunctionOptions } from './index.ts';

/** A packaged function. Its environment holds what the template says outright: no references, no secrets. */
export type PackagedFunction = Required<
  Pick<LambdaFunctionOptions, 'name' | 'zip' | 'handler' | 'env' | 'timeoutMs' | 'memoryMb'>
>;

const TEMPLATE = 'cloudformation-template-update-stack.json';

interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly FunctionName: string;
  readonly Handler: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
}

/** The functions in a folder that `serverless package` wrote, by their names in `serverless.yml`. */
export const packagedFunctions = (folder: string): Readonly<Record<string, PackagedFunction>> => {
  const template = JSON.parse(readFileSync(path.join(folder, TEMPLATE), 'utf8')) as Template;
  return Object.fromEntries(
    resourcesOf(template, 'AWS::Lambda::Function').map(([, properties]) => {
      const { Code, FunctionName, Handler, Timeout, MemorySize, Environment } =
        properties as unknown as FunctionProperties;
      const zip = path.basename(Code.S3Key);
      const env = Object.entries(Environment?.Variables ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
      return [
        path.parse(zip).name,
        {
          name: FunctionName,
          zip: path.join(folder, zip),
          handler: Handler,
          env: Object.fromEntries(env),
          timeoutMs: Timeout * 1000,
          memoryMb: MemorySize,
        },
      ];
    }),
  );
};
