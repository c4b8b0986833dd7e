import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { AgentRequest } from '../../../functions/service/agent-request.ts';
import { ChatRequest } from '../../../functions/service/chat-request.ts';
import { frontDoorFiles, requestModels } from '../../../tools/front-door/files.ts';
import { requestModel } from '../../../tools/front-door/request-model.ts';
import { checkSpecification } from '../../../tools/template/check-specification.ts';
import { readTemplateYaml } from '../../support/template-yaml.ts';

const root = new URL('../../../', import.meta.url);
const LIMIT = 65_536;

/** The model as it is once the limit of bodies is filled in, without the draft: Ajv reads these words as draft 4 means them. */
const modelOf = (schema: Parameters<typeof requestModel>[0]): object =>
  JSON.parse(JSON.stringify(requestModel(schema)).replaceAll(/"\$\{self:[^}"]*\}"/g, String(LIMIT)));

describe('the generated files', () => {
  test.each(Object.entries(frontDoorFiles()))('%s is what the code says: npm run generate:infra', (file, text) => {
    expect(readFileSync(new URL(file, root), 'utf8')).toBe(text);
  });

  test('have an answer of the kit for all that a gateway says, and a deployment that waits for it', () => {
    const { Resources } = JSON.parse(frontDoorFiles()['infra/gateway-responses.json'] ?? '');
    const { extensions } = JSON.parse(frontDoorFiles()['infra/gateway-order.json'] ?? '');
    expect(Object.keys(Resources)).toHaveLength(21);
    expect(extensions.ApiGatewayMethodV1UsageGet.DependsOn).toEqual(Object.keys(Resources));
    for (const { Properties } of Object.values(Resources) as { Properties: Record<string, never> }[]) {
      const body = JSON.parse(Properties['ResponseTemplates']?.['application/json'] ?? '');
      expect(Object.keys(body)).toEqual(['type', 'title', 'status', 'detail', 'code', 'requestId']);
      expect(String(body.status)).toBe(Properties['StatusCode']);
      expect(body.type).toBe(`urn:bedrock-bulwark:error:${body.code}`);
      const waits = 'gatewayresponse.header.Retry-After' in (Properties['ResponseParameters'] ?? {});
      expect(waits).toBe(body.status === 429);
    }
  });

  test('have models whose names API Gateway takes', () => {
    expect(Object.values(requestModels()).map((model) => (model as { name: string }).name)).toEqual([
      'ChatRequest',
      'AgentRequest',
    ]);
  });
});

describe('the model of a body', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('', ' ', '\u00a0', 'hello'));
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constant(null), fc.double(), text);
  /** `usual` nine times of ten, else whatever. */
  const mostly = (usual: fc.Arbitrary<unknown>) => fc.oneof({ weight: 39, arbitrary: usual }, anything);
  const record = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, requiredKeys: string[]) =>
    fc.oneof(
      { weight: 39, arbitrary: fc.record(fields, { requiredKeys }) },
      fc.record({ ...fields, more: anything }, { requiredKeys: [] }),
    );
  const block = record({ text: mostly(fc.oneof({ weight: 9, arbitrary: fc.constant('hello') }, text)) }, ['text']);
  const blocks = (count: number) => fc.array(block, { minLength: count, maxLength: count });
  const content = fc.constantFrom(1, 1, 1, 1, 1, 0, 16, 17).chain(blocks);
  const turn = (role: string) =>
    mostly(record({ role: mostly(fc.constant(role)), content: mostly(content) }, ['role', 'content']));
  const messages = fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .constantFrom(1, 1, 1, 2, 3)
        .chain((turns) =>
          fc.tuple(...Array.from({ length: turns }, (_, index) => turn(index % 2 === 0 ? 'user' : 'assistant'))),
        ),
    },
    fc.constantFrom(49, 50, 51).map((length) =>
      Array.from({ length }, (_, index) => ({
        role: index % 2 === 0 ? 'user' : 'assistant',
        content: [{ text: 'x' }],
      })),
    ),
  );
  const tokens = fc.oneof(
    fc.constantFrom(1, 5.0, 1_000_000, 1, 0, 1.5, 1_000_001, -1, 1e21),
    fc.integer({ min: 1, max: 99 }),
  );
  const token = fc.constantFrom(
    's',
    's'.repeat(512),
    '😀'.repeat(256),
    '😀'.repeat(257),
    's'.repeat(513),
    '😀'.repeat(513),
  );
  const approvals = fc
    .constantFrom(0, 1, 8, 9)
    .chain((count) => fc.array(mostly(token), { minLength: count, maxLength: count }));
  const fields = { messages: mostly(messages), maxTokens: mostly(tokens), session: mostly(token) };

  test.each([
    ['ChatRequest', ChatRequest, fields],
    ['AgentRequest', AgentRequest, { ...fields, approvals: mostly(approvals) }],
  ] as const)('%s refuses nothing that the function takes', (_, schema, known) => {
    const body = mostly(record(known, ['messages']));
    const passes = new Ajv({ strict: true }).compile(modelOf(schema));
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(body, (value) => {
        // What the gateway and the function are sent is text.
        const json = JSON.stringify(value) ?? 'null';
        const parsed = JSON.parse(json);
        const isTaken = Buffer.byteLength(json) <= LIMIT && v.safeParse(schema, parsed).success;
        const isLet = passes(parsed);
        if (isTaken) taken += 1;
        if (!isLet) refused += 1;
        expect(isTaken && !isLet).toBe(false);
      }),
      { numRuns: 400 },
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(20);
  });

  test.each<[string, unknown]>([
    ['no messages', {}],
    ['a field that nobody knows', { messages: [{ role: 'user', content: [{ text: 'x' }] }], system: 'x' }],
    ['a role of the service', { messages: [{ role: 'system', content: [{ text: 'x' }] }] }],
    ['a block of another kind', { messages: [{ role: 'user', content: [{ image: {} }] }] }],
    ['a prototype', JSON.parse('{"messages":[{"role":"user","content":[{"text":"x"}]}],"__proto__":{}}')],
    ['no tokens', { messages: [{ role: 'user', content: [{ text: 'x' }] }], maxTokens: 0 }],
    ['a list', []],
    ['nothing', null],
  ])('refuses %s before a function is paid for', (_, value) => {
    expect(new Ajv().compile(modelOf(ChatRequest))(value)).toBe(false);
  });

  test('takes a text that fills the body', () => {
    const passes = new Ajv().compile(modelOf(ChatRequest));
    const of = (length: number) => ({ messages: [{ role: 'user', content: [{ text: 'x'.repeat(length) }] }] });
    expect(passes(of(LIMIT))).toBe(true);
    expect(passes(of(LIMIT + 1))).toBe(false);
  });

  test.each([
    ['a union', v.union([v.string(), v.number()])],
    ['an object with room for more', v.object({ a: v.string() })],
    ['an action that changes the value', v.pipe(v.string(), v.trim())],
    ['a length of exactly so much', v.pipe(v.string(), v.length(3))],
  ])('is not made of %s: nobody has said what that is', (_, schema) => {
    expect(() => requestModel(schema as never)).toThrow(TypeError);
  });

  test('counts characters, of which two units make one', () => {
    expect(requestModel(v.pipe(v.string(), v.minLength(3), v.maxLength(9)))).toMatchObject({
      minLength: 2,
      maxLength: 9,
    });
  });
});

test('the stack of cost anomalies is of what exists, and tells its topic', () => {
  const text = readFileSync(new URL('infra/cost-anomalies.yml', root), 'utf8');
  const template = readTemplateYaml(text);
  expect(checkSpecification(template)).toEqual([]);
  expect(text).not.toMatch(/\$\{(?:self|param|file|sls|opt)\b/);
  const policy = template.Resources['CostAnomalyTopicPolicy']?.Properties;
  expect(JSON.stringify(policy)).toContain('costalerts.amazonaws.com');
});
