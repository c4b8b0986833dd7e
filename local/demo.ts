/** `npm run demo`: the tour, once. Exits with 1 if a row ends otherwise than it should. */

import { startStack } from './stack/index.ts';
import { runTour, tourReport, tourSize } from './tour/index.ts';

console.error(
  `The tour: ${tourSize()}, each to the guarded service, in one piece and streamed, and to its unguarded twin …\n`,
);
const stack = await startStack();
try {
  const result = await runTour(stack);
  console.log(tourReport(result, process.stdout.columns));
  process.exitCode = result.failures === 0 ? 0 : 1;
} finally {
  await stack.close();
}
