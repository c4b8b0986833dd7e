import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quotaTable, TTL_ATTRIBUTE } from '../../aws/dynamodb/index.ts';
import { startFunction } from '../../local/function-host/index.ts';
import { checkAlarms, checkRoles, checkTables } from '../../tools/template/check-security.ts';
import { checkSpecification } from '../../tools/template/check-specification.ts';
import { resourcesOf, type Template } from '../../tools/template/template.ts';

const root = new URL('../../', import.meta.url).pathname;
const SERVICE = 'bedrock-bulwark';

describe('the packaged service', () => {
  let folder: string;
  let template: Template;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bulwark-package-'));
    const env = { ...process.env, SLS_SCHEMA_CACHE_BASE_DIR: path.join(folder, 'cache') };
    const run = (script: string, ...args: string[]): Buffer =>
      execFileSync(process.execPath, [script, ...args], { cwd: root, env });
    const startedAt = performance.now();
    run('tools/bundle.ts');
    run('node_modules/serverless/bin/serverless.js', 'package', '--package', path.join(folder, 'out'));
    console.log(`bundled and packaged in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    template = JSON.parse(readFileSync(path.join(folder, 'out/cloudformation-template-update-stack.json'), 'utf8'));
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const copy = (): Template & { Resources: Record<string, { Properties: Record<string, unknown> }> } =>
    structuredClone(template) as never;
  const change = (id: string, name: string, value: unknown): Template => {
    const changed = copy();
    (changed.Resources[id] as { Properties: Record<string, unknown> }).Properties[name] = value;
    return changed;
  };

  test('has a zip for each function', () => {
    expect(
      readdirSync(path.join(folder, 'out'))
        .filter((file) => file.endsWith('.zip'))
        .sort(),
    ).toEqual(['chat.zip', 'usage.zip']);
  });

  test('has a bundle that loads by itself, and answers', async () => {
    const unzipped = mkdtempSync(path.join(folder, 'chat-'));
    cpSync(path.join(root, 'dist/functions/chat.mjs'), path.join(unzipped, 'chat.mjs'));
    const host = await startFunction({
      name: 'chat',
      entry: path.join(unzipped, 'chat.mjs'),
      env: {
        BULWARK_TABLE: 'quota',
        BULWARK_MODEL_ID: 'm',
        BULWARK_DIGEST_KEY: 'd'.repeat(32),
        BULWARK_MAC_KEY: 'm'.repeat(32),
      },
    });
    const result = await host.invoke(
      JSON.parse(readFileSync(path.join(root, 'events/rest-v1/chat-anonymous.json'), 'utf8')),
    );
    await host.close();
    expect(result).toMatchObject({
      ok: true,
      value: { statusCode: 401, body: expect.stringContaining('unauthenticated') },
    });
  });

  test('passes every check', () => {
    expect([
      ...checkSpecification(template),
      ...checkRoles(template),
      ...checkTables(template),
      ...checkAlarms(template, SERVICE),
    ]).toEqual([]);
  });

  test('declares the table that the ledger writes to', () => {
    const [[, table = {}] = []] = resourcesOf(template, 'AWS::DynamoDB::Table');
    const { TableName: _, ...declared } = quotaTable('any');
    expect(table).toMatchObject(declared);
    expect(table['TimeToLiveSpecification']).toMatchObject({ AttributeName: TTL_ATTRIBUTE, Enabled: true });
  });

  test('asks for a user and a key at every route', () => {
    const methods = resourcesOf(template, 'AWS::ApiGateway::Method');
    expect(methods).toHaveLength(2);
    for (const [, method] of methods)
      expect(method).toMatchObject({ ApiKeyRequired: true, AuthorizationType: 'COGNITO_USER_POOLS' });
  });

  test('keeps keys out of the template', () => {
    expect(JSON.stringify(template)).toContain('resolve:secretsmanager');
    expect(
      resourcesOf(template, 'AWS::SecretsManager::Secret').every(([, secret]) => secret['SecretString'] === undefined),
    ).toBe(true);
  });

  test('alarms on tokens by a learned band and by its static twin, and on injection', () => {
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
    const of = (metric: string): number =>
      alarms.filter(([, alarm]) => JSON.stringify(alarm).includes(`"MetricName":"${metric}"`)).length;
    expect(of('TotalTokens')).toBe(2);
    expect(of('PromptsBlocked')).toBe(1);
    expect(JSON.stringify(alarms)).toContain('ANOMALY_DETECTION_BAND');
  });

  test.each([
    ['an unknown property', () => checkSpecification(change('QuotaTable', 'BilingMode', 'x'))],
    ['a property of another type', () => checkSpecification(change('QuotaTable', 'TimeToLiveSpecification', 'x'))],
    ['a missing property', () => checkSpecification(change('AlarmTopicPolicy', 'Topics', undefined))],
    ['a reference to nothing', () => checkSpecification(change('AlarmTopicPolicy', 'Topics', [{ Ref: 'Nobody' }]))],
    [
      'an attribute of nothing',
      () => checkSpecification(change('JwtAuthorizer', 'ProviderARNs', [{ 'Fn::GetAtt': ['UserPool', 'Nothing'] }])),
    ],
    ['a table without protection', () => checkTables(change('QuotaTable', 'SSESpecification', undefined))],
    [
      'an alarm on a metric that nothing emits',
      () => checkAlarms(change('PromptsBlockedAlarm', 'MetricName', 'PromptsBlockd'), SERVICE),
    ],
    ['an alarm on another service', () => checkAlarms(template, 'other')],
    ['an alarm that tells nobody', () => checkAlarms(change('PromptsBlockedAlarm', 'AlarmActions', []), SERVICE)],
    [
      'a shared role',
      () =>
        checkRoles(
          change('UsageLambdaFunction', 'Role', template.Resources['ChatLambdaFunction']?.Properties?.['Role']),
        ),
    ],
    [
      'a role that may do anything',
      () => {
        const changed = copy();
        const policies = changed.Resources['ChatRole']?.Properties['Policies'];
        const [policy] = policies as [{ PolicyDocument: { Statement: { Action: unknown }[] } }];
        for (const statement of policy.PolicyDocument.Statement) statement.Action = 'bedrock:*';
        return checkRoles(changed);
      },
    ],
  ])('the checks find %s', (_, check) => {
    expect(check().length).toBeGreaterThan(0);
  });
});
