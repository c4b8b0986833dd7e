import { afterEach, expect, test, vi } from 'vitest';

const token = ['ghp', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_');

/** The service and all that it imports are loaded: that takes its time. */
const LOADING_MS = 30_000;

afterEach(() => {
  vi.unstubAllEnvs();
});

test(
  'the service does not start with a secret in its system prompt',
  async () => {
    vi.stubEnv('BULWARK_TABLE', 'quota');
    vi.stubEnv('BULWARK_MODEL_ID', 'm');
    vi.stubEnv('BULWARK_DIGEST_KEY', 'd'.repeat(32));
    vi.stubEnv('BULWARK_MAC_KEY', 'm'.repeat(32));
    vi.stubEnv('BULWARK_SYSTEM_PROMPT', `Clone with ${token}.`);
    const failed = await import('../../../functions/service/policy.ts').catch((error: Error) => error);
    expect(String(failed)).toMatch(/^TypeError: system prompt: holds .*github-pat$/);
    expect(String(failed)).not.toContain(token);
  },
  LOADING_MS,
);
