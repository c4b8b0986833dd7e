/** The routes of the local gateway, as `serverless.yml` declares them, and the same ones to the unguarded twin. */

import { randomBytes } from 'node:crypto';
import type { FunctionHost } from '../function-host/index.ts';
import type { Route } from '../gateway/index.ts';

/** The local API key: its id, which events carry, and the secret, which a client sends and which is new every time. */
export const LOCAL_API_KEY = { id: 'local-key', value: randomBytes(20).toString('hex') };

/** API keys that the gateway knows. */
export const API_KEYS = [LOCAL_API_KEY];

/** Path of the streamed chat. HTTP APIs cannot stream, and have no such route. */
export const STREAM_PATH = '/v1/chat/stream';

/** Path of the agent. */
export const AGENT_PATH = '/v1/agent';

/** Path prefix of the unguarded twin. */
export const UNGUARDED_PREFIX = '/unguarded';

/** Routes through every kind of front door. Function URLs have no authorizer here: callers are anonymous. */
export const routesTo = (
  functions: Readonly<Record<'chat' | 'chatStream' | 'agent' | 'usage' | 'unguarded', FunctionHost>>,
): readonly Route[] =>
  (['rest-v1', 'http-v2', 'function-url'] as const).flatMap((source): Route[] => {
    const front = { source, ...(source === 'function-url' ? {} : { authorizer: 'jwt' as const }) };
    const keyed = source === 'rest-v1' ? { apiKey: true } : {};
    return [
      { ...front, ...keyed, method: 'POST', path: '/v1/chat', invoke: functions.chat.invoke },
      ...(source === 'http-v2'
        ? []
        : [{ ...front, ...keyed, method: 'POST', path: STREAM_PATH, ...functions.chatStream }]),
      { ...front, ...keyed, method: 'POST', path: AGENT_PATH, invoke: functions.agent.invoke },
      { ...front, ...keyed, method: 'GET', path: '/v1/usage', invoke: functions.usage.invoke },
      { ...front, ...keyed, method: 'POST', path: `${UNGUARDED_PREFIX}/v1/chat`, invoke: functions.unguarded.invoke },
    ];
  });
