/** What a client must not be made with, and what it must not be made in. */

import {
  type ClientRules,
  createGuardrailChecks,
  createGuardrailRedaction,
  type GuardrailChecksOptions,
  runTools,
  toolDigest,
} from '../../../../../aws/bedrock/index.ts';
import { fakeBedrock } from '../../../../support/bedrock.ts';
import { bare, client, converse, type Outcome, type Probe, refusal } from './probe.ts';

const probe = (name: string, attempt: Probe['attempt']): Probe => ({ name, attempt });

/** Whether something is refused where it is made. */
const atColdStart = async (make: () => unknown, said: RegExp): Promise<Outcome> => {
  try {
    await make();
    return 'through';
  } catch (error) {
    return error instanceof TypeError && said.test(error.message) ? 'held' : `otherwise: ${error}`;
  }
};

/** Rules that would not do what they seem to. */
const rule = (name: string, rules: object, said: RegExp): Probe =>
  probe(name, (guard) => atColdStart(() => guard(fakeBedrock().client, rules as ClientRules), said));

const find = (rules: unknown): object => ({ tools: { find: rules } });
const deep = { judge: () => Promise.resolve('unknown') };

/** What has no counterpart without the kit is let through there. */
const option = (name: string, make: () => unknown, said: RegExp): Probe =>
  probe(name, async (guard) => (guard === bare ? 'through' : atColdStart(make, said)));

const tool = { spec: { inputSchema: { json: {} } }, run: () => 'x' };
const loop = (more: object): Promise<unknown> =>
  runTools({
    bedrock: fakeBedrock().client,
    input: { modelId: 'm', messages: [] },
    tools: { find: tool },
    ...more,
  } as never);

/** Runs `work` in an environment that has these variables, too. */
const inEnvironment = async (
  variables: Readonly<Record<string, string>>,
  work: () => Promise<Outcome>,
): Promise<Outcome> => {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
};

const IN_LAMBDA = { AWS_LAMBDA_FUNCTION_NAME: 'chat' };
const longLived = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');

/** A call under credentials that no role gave. */
const underKey = (name: string, credentials: object): Probe =>
  probe(name, (guard) =>
    inEnvironment(IN_LAMBDA, () => {
      const { client: plain } = fakeBedrock(undefined, { credentials });
      return refusal(() => converse(guard(plain), {}), 'internal', 'long-lived-key');
    }),
  );

const CREDENTIALS: readonly Probe[] = [
  probe('a bearer key in the environment of a client that works alone', (guard) =>
    inEnvironment({ AWS_BEARER_TOKEN_BEDROCK: 'key' }, () =>
      atColdStart(() => guard(fakeBedrock().client, { unscoped: 'engines' }), /AWS_BEARER_TOKEN_BEDROCK/),
    ),
  ),
  probe('a bearer key in the environment of a call', (guard) =>
    inEnvironment({ AWS_BEARER_TOKEN_BEDROCK: 'key' }, () => {
      const { bedrock } = client(guard);
      return refusal(() => converse(bedrock, {}), 'internal', 'bearer-key');
    }),
  ),
  underKey('a key that does not expire', { accessKeyId: longLived, secretAccessKey: 'x', sessionToken: 'x' }),
  underKey('a key of no role', { accessKeyId: 'ASIATEST', secretAccessKey: 'x' }),
];

const OPTIONS: readonly Probe[] = [
  option('a tool whose name Bedrock does not take', () => loop({ tools: { 'find it': tool } }), /name/),
  option('a tool that nobody can run', () => loop({ tools: { find: { spec: tool.spec } } }), /lacks/),
  option(
    'tools beside those that are run',
    () => loop({ input: { messages: [], toolConfig: { tools: [{ toolSpec: { name: 'x' } }] } } }),
    /tools of its own/,
  ),
  option('a digest of what is no JSON', () => toolDigest({ run: () => 'x' }), /no JSON/),
  option(
    'a deep tier without a digest',
    () => createGuardrailChecks({ client: {} } as unknown as GuardrailChecksOptions),
    /digest is missing/,
  ),
  ...[0, [0.5]].map((threshold) =>
    option(
      `a deep tier whose threshold is ${JSON.stringify(threshold)}`,
      () => createGuardrailChecks({ client: {}, digest: String, threshold } as never),
      /threshold/,
    ),
  ),
  option(
    'a deep tier that takes nothing for an attack',
    () => createGuardrailChecks({ client: {}, digest: String, threshold: 7 } as never),
    /threshold/,
  ),
  option(
    'a deep tier of redaction without a guardrail',
    () => createGuardrailRedaction({ client: {} } as never),
    /missing/,
  ),
];

/** By what is wrong with it. */
export const SETTINGS: readonly Probe[] = [
  rule('a rule that nobody knows', { modles: ['m'] }, /unknown/),
  probe('rules for a client that is guarded already', (guard) => {
    const { bedrock } = client(guard);
    return atColdStart(() => guard(bedrock, { screen: false }), /rules already/);
  }),
  rule('a deep tier of redaction without a redactor', { redactor: false, deepRedaction: { deep } }, /redactor/),
  rule('a deep tier of redaction that is none', { deepRedaction: { onDeepFailure: 'block' } }, /deepRedaction/),
  rule(
    'an option of a deep tier of redaction that nobody knows',
    { deepRedaction: { deep, depth: 7 } },
    /deepRedaction/,
  ),
  rule('rules of a tool that are a list', find([]), /be an object/),
  rule('names of tools in one text', { tools: 'find' }, /names of tools, or rules by name$/),
  rule('a fallback that is not admitted', { models: ['m'], fallbacks: { m: ['n'] } }, /fallbacks/),
  rule('media without a bound', { media: { image: { maxBytes: 7 } } }, /maxTokens/),
  rule('rules of a tool that are a word', find('read'), /be an object/),
  rule('rules of a tool that nobody knows', find({ host: ['example.com'] }), /unknown option/),
  rule('a schema that is none', find({ input: { type: 'object' } }), /Standard Schema/),
  rule('a schema that validates nothing', find({ input: { '~standard': { validate: true } } }), /Standard Schema/),
  rule('a digest that is none', find({ digest: 'x' }), /SHA-256/),
  rule('a digest that is a list of one', find({ digest: ['a'.repeat(64)] }), /SHA-256/),
  rule('names of tools that are none', { tools: ['find', ''] }, /names of tools/),
  rule('rules of tools that are a function', { tools: () => true }, /rules by name/),
  rule('a name that no tool has', { tools: { 'find it': {} } }, /64 letters/),
  ...OPTIONS,
  ...CREDENTIALS,
];
