/** `npm run bench [-- NAME]`: runs one of the benches. */

const BENCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  overhead: () => import('./overhead.ts'),
  audit: () => import('./audit.ts'),
  client: () => import('./client.ts'),
  spotlight: () => import('./spotlight.ts'),
  quota: () => import('./quota/index.ts'),
  retries: () => import('./retries/index.ts'),
  injection: () => import('./injection/index.ts'),
  redaction: () => import('./redaction/index.ts'),
};

const [name = 'overhead'] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) throw new Error(`a bench is one of ${Object.keys(BENCHES).join(', ')}`);
await bench();
