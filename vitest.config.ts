import { defineConfig } from 'vitest/config';

/** They change what modules are made of, or load them once more: each has a process of its own. All other unit tests share what they import. */
const ISOLATED = ['middleware/removal', 'middleware/lifecycle', 'functions/system-prompt'].map(
  (name) => `test/unit/${name}.test.ts`,
);

/** They share no state, and measure neither time nor sockets: two at a time. */
const TOGETHER = [
  'audit',
  'bedrock-server',
  'budget-command',
  'deploy-check',
  'deployments',
  'drill',
  'front-door',
  'guardrail-*',
  'package',
  'quota-ledger',
  'report',
  'sample-service',
  'silence',
  'spotlight',
].map((name) => `test/integration/${name}.test.ts`);

const integration = {
  globalSetup: ['./test/integration/dynamodb.setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['core/**', 'middleware/**', 'aws/**', 'functions/**', 'cli/**'],
      reporter: ['text-summary'],
    },
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], exclude: ISOLATED, maxWorkers: 2, isolate: false } },
      { test: { name: 'isolated', include: ISOLATED, maxWorkers: 2 } },
      {
        test: {
          name: 'fuzz',
          include: ['test/fuzz/**/*.test.ts'],
          testTimeout: 30_000,
          maxWorkers: 2,
          isolate: false,
        },
      },
      { test: { ...integration, name: 'integration', include: TOGETHER, maxWorkers: 2, sequence: { groupOrder: 1 } } },
      // One file at a time, after all others: they measure time, processes and sockets.
      {
        test: {
          ...integration,
          name: 'alone',
          include: ['test/integration/**/*.test.ts'],
          exclude: TOGETHER,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
