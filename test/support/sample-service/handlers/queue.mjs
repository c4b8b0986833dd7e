/** Answers the questions of a queue. What fails stays in the queue, alone. */

import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

export const bedrock = new BedrockRuntimeClient({});

const answer = async ({ body }) => {
  const { ticket, question } = JSON.parse(body);
  const reply = await bedrock.send(
    new ConverseCommand({
      modelId: process.env.MODEL_ID,
      system: [{ text: process.env.SYSTEM_PROMPT }],
      messages: [{ role: 'user', content: [{ text: question }] }],
    }),
  );
  console.log(JSON.stringify({ ticket, answer: reply.output.message.content[0].text }));
};

export const handler = async (event) => {
  const results = await Promise.allSettled(event.Records.map(answer));
  return {
    batchItemFailures: event.Records.filter((_, index) => results[index].status === 'rejected').map(
      ({ messageId }) => ({ itemIdentifier: messageId }),
    ),
  };
};
