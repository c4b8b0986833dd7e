/**
 * The unguarded twin of `functions/chat.ts`: the handler that one writes in the first hour, with nothing of the kit.
 * The tour sends every event to both, to show what the guard changes.
 */

import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

const bedrock = new BedrockRuntimeClient({});
const modelId = process.env['BULWARK_MODEL_ID'] ?? '';
const system = [{ text: process.env['BULWARK_SYSTEM_PROMPT'] ?? '' }];

const json = (statusCode: number, body: unknown): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  try {
    const raw = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : event.body;
    const { messages, maxTokens, session, ...parameters } = JSON.parse(raw ?? '');
    const inferenceConfig = { maxTokens: maxTokens ?? 4096 };
    const reply = await bedrock.send(
      new ConverseCommand({ modelId, system, messages, inferenceConfig, ...parameters }),
    );
    return json(200, { message: reply.output?.message, usage: reply.usage, session });
  } catch (error) {
    return json(500, { error: String(error), stack: (error as Error).stack });
  }
};
