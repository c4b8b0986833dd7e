/** Front doors that stand open, and streams that cannot flow. */

import { statementsOf } from './check-security.ts';
import { listOf, resourcesOf, type Template } from './template.ts';

type Properties = Readonly<Record<string, unknown>>;

/** A way in to a function. */
interface Door {
  readonly id: string;
  readonly functionId: string;
  readonly streams: boolean;
  /** How long it waits, in milliseconds. A function URL waits as long as the function runs. */
  readonly waitsMs: number;
}

/** Longest that a REST API waits, where a method does not say. Source: API Gateway quotas. */
const DEFAULT_WAIT_MS = 29_000;
/** Longest that a front door streams. Source: API Gateway developer guide, "Stream the integration response". */
const MAX_STREAM_MS = 900_000;

/** The id that the first `Fn::GetAtt` in a value names. */
const targetOf = (value: unknown): string => /"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(value ?? null))?.[1] ?? '';

const doorsOf = (template: Template): readonly Door[] => [
  ...resourcesOf(template, 'AWS::Lambda::Url').map(([id, url]) => ({
    id,
    functionId: targetOf(url['TargetFunctionArn']),
    streams: url['InvokeMode'] === 'RESPONSE_STREAM',
    waitsMs: MAX_STREAM_MS,
  })),
  ...resourcesOf(template, 'AWS::ApiGateway::Method').flatMap(([id, method]) => {
    const integration = (method['Integration'] ?? {}) as Properties;
    const functionId = targetOf(integration['Uri']);
    const waitsMs = Number(integration['TimeoutInMillis'] ?? DEFAULT_WAIT_MS);
    const streams = integration['ResponseTransferMode'] === 'STREAM';
    return functionId === '' ? [] : [{ id, functionId, streams, waitsMs }];
  }),
];

/** Function URLs and permissions that let anybody in. */
export const checkFrontDoors = (template: Template): readonly string[] => [
  ...resourcesOf(template, 'AWS::Lambda::Url')
    .filter(([, url]) => url['AuthType'] !== 'AWS_IAM')
    .map(([id]) => `${id}: anybody may call it`),
  ...resourcesOf(template, 'AWS::Lambda::Permission')
    .filter(([, { Principal }]) => Principal === '*' || JSON.stringify(Principal) === '{"AWS":"*"}')
    .map(([id]) => `${id}: anybody may invoke the function`),
];

const allows = (template: Template, functionId: string, action: string): boolean => {
  const role = template.Resources[targetOf(template.Resources[functionId]?.Properties?.['Role'])];
  return statementsOf(role?.Properties ?? {}).some(
    ({ Effect, Action }) => Effect === 'Allow' && listOf(Action).includes(action),
  );
};

/** Functions that stream without the right to, or through a door that does not; doors that close before the end. */
export const checkStreams = (template: Template): readonly string[] => {
  const doors = doorsOf(template);
  const streaming = new Set(doors.filter(({ streams }) => streams).map(({ functionId }) => functionId));
  return [
    ...[...streaming]
      .filter((id) => !allows(template, id, 'bedrock:InvokeModelWithResponseStream'))
      .map((id) => `${id}: streams, and its role lacks bedrock:InvokeModelWithResponseStream`),
    ...doors.flatMap(({ id, functionId, streams, waitsMs }) => {
      const timeoutMs = Number(template.Resources[functionId]?.Properties?.['Timeout'] ?? 6) * 1000;
      return [
        ...(streaming.has(functionId) && !streams ? [`${id}: does not stream, and ${functionId} does`] : []),
        ...(timeoutMs > waitsMs ? [`${id}: waits for ${waitsMs} ms, and ${functionId} may run for ${timeoutMs}`] : []),
        ...(waitsMs > (streams ? MAX_STREAM_MS : DEFAULT_WAIT_MS) ? [`${id}: cannot wait for ${waitsMs} ms`] : []),
      ];
    }),
  ];
};
