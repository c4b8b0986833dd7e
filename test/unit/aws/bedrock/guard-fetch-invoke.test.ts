import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../../../aws/bedrock/guard-fetch/operations.ts';
import { replyOf } from '../../../../aws/bedrock/guard-fetch/reply.ts';
import { guardFetch } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../aws/invocation-scope.ts';
import { eventFrame } from '../../../../local/bedrock/event-stream.ts';
import { type Answering, fakeBedrock } from '../../../support/bedrock.ts';

const PATH = 'https://bedrock-runtime.eu-central-1.amazonaws.com/model/m/invoke';
const HEADERS = { 'content-type': 'application/json', 'x-amzn-bedrock-trace': 'ENABLED' };
const delivery = { signal: undefined, abort: () => {}, tells: () => false };

/** A call whose answer is given as it came: what the guard makes of it is no matter of how it is carried. */
const carried = async (path: string, body: string, answer: Answering) => {
  const { client, requests } = fakeBedrock(answer);
  const scope = createScope({ requestId: 'request-1', monitor: true });
  const fetching = guardFetch(client);
  const response = await runInScope(scope, () => fetching(path, { method: 'POST', headers: HEADERS, body }));
  return { response, requests };
};

describe('InvokeModel', () => {
  test('is carried with the body as it is, and parameters in their headers', async () => {
    const body = { prompt: 'What is a pear?', bytes: 'aGk=' };
    const { response, requests } = await carried(PATH, JSON.stringify(body), () => ({
      body: { generation: 'A fruit' },
    }));
    expect(requests[0]).toMatchObject({
      path: '/model/m/invoke',
      body,
      headers: { 'x-amzn-bedrock-trace': 'ENABLED' },
    });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ generation: 'A fruit' });
  });

  test('is answered with the members of the output in their headers', async () => {
    const output = {
      $metadata: { requestId: 'r' },
      body: new TextEncoder().encode('{"a":1}'),
      contentType: 'application/json',
      performanceConfigLatency: 'optimized',
      serviceTier: 'flex',
    };
    const response = replyOf(OPERATIONS.invoke, output, delivery);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/json',
      'x-amzn-bedrock-performanceconfig-latency': 'optimized',
      'x-amzn-bedrock-service-tier': 'flex',
      'x-amzn-requestid': 'r',
    });
    expect(await response.text()).toBe('{"a":1}');
  });

  test('streams chunks as frames of the wire, byte by byte those that came', async () => {
    const frames = ['{"generation":"A "}', '{"generation":"pear"}'].map((text) =>
      eventFrame('chunk', { bytes: Buffer.from(text).toString('base64') }),
    );
    const { response } = await carried(`${PATH}-with-response-stream`, '{"prompt":"Hi"}', () => ({ frames }));
    expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
    const bytes = Buffer.from(await response.arrayBuffer());
    const events = [...bytes.toString('latin1').matchAll(/\{"bytes":"([^"]*)"\}/g)].map(([, base64 = '']) =>
      Buffer.from(base64, 'base64').toString(),
    );
    expect(events).toEqual(['{"generation":"A "}', '{"generation":"pear"}']);
  });
});
