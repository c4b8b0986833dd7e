/** The least that can be guarded: whether it loads says what a cold start refuses. */

import { guardHandler } from '../../../middleware/index.ts';

export const handler = guardHandler(async () => ({ statusCode: 204 }));
