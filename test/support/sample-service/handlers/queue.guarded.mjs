import { guardClient, guardHandler } from 'bedrock-bulwark';
import { bedrock, handler as unguarded } from './queue.mjs';

guardClient(bedrock);
export const handler = guardHandler(unguarded);
