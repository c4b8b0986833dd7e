/** Answers a question: a streamed route, word by word as server-sent events. */

import { BedrockRuntime } from '@aws-sdk/client-bedrock-runtime';

export const bedrock = new BedrockRuntime({});

export const handler = awslambda.streamifyResponse(async (event, responseStream) => {
  const { question } = JSON.parse(event.body);
  const { stream } = await bedrock.converseStream({
    modelId: process.env.MODEL_ID,
    system: [{ text: process.env.SYSTEM_PROMPT }],
    messages: [{ role: 'user', content: [{ text: question }] }],
  });
  const response = awslambda.HttpResponseStream.from(responseStream, {
    statusCode: 200,
    headers: { 'content-type': 'text/event-stream' },
  });
  for await (const { contentBlockDelta } of stream)
    if (contentBlockDelta !== undefined) response.write(`data: ${JSON.stringify(contentBlockDelta.delta.text)}\n\n`);
  response.end();
});
