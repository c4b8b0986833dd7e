import { guardClient, guardHandler } from 'bedrock-bulwark';
import { bedrock, handler as unguarded } from './chat.mjs';
import { policy } from './policy.mjs';

guardClient(bedrock);
export const handler = guardHandler(unguarded, policy);
