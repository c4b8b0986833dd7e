import * as v from 'valibot';
import { MAX_TOKEN_LENGTH } from '../../core/mac.ts';
import { ChatRequest } from './chat-request.ts';

/** Most approvals of one request. */
const MAX_APPROVALS = 8;

/** Body of `POST /v1/agent`: that of `/v1/chat`, and the tokens of what the caller approves. */
export const AgentRequest = v.strictObject({
  ...ChatRequest.entries,
  approvals: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH))), v.maxLength(MAX_APPROVALS))),
});
