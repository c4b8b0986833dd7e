/** The harmless texts of `npm run eval -- redaction`: the same each time, large enough, and with nothing private in them. */

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BenignFile, BenignKind } from '../../../../tools/eval/redaction/benign/benign-file.ts';
import { benignCorpus } from '../../../../tools/eval/redaction/benign/corpus.ts';
import { isRealAddress } from '../../../../tools/eval/redaction/benign/real-address.ts';

const corpus = benignCorpus();
const bytesOf = (kind: BenignKind): number =>
  corpus.filter((file) => file.kind === kind).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
const digestOf = (files: readonly BenignFile[]): string => {
  const hash = createHash('sha256');
  for (const { name, text } of files) hash.update(`${name}\n${text}`);
  return hash.digest('hex');
};

describe('harmless texts', () => {
  test('are enough of each kind, and not more than is quick', () => {
    expect(bytesOf('code')).toBeGreaterThan(1_000_000);
    expect(bytesOf('prose')).toBeGreaterThan(1_000_000);
    expect(bytesOf('logs')).toBeGreaterThan(1_500_000);
    expect(bytesOf('lock files')).toBeGreaterThan(100_000);
    for (const kind of ['code', 'prose', 'logs'] as const) expect(bytesOf(kind)).toBeLessThan(3_000_000);
  });

  test('are the same each time', () => {
    expect(digestOf(benignCorpus())).toBe(digestOf(corpus));
  }, 20_000);

  test('have names below a folder, each once', () => {
    const names = corpus.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^(?!.*\.\.)[\w@][\w@#./+-]*$/);
  });

  test('hold no private key and no tests of packages', () => {
    const frame = ['-----BEGIN', 'PRIVATE KEY-----'];
    for (const { name, text } of corpus) {
      expect(text.includes(frame[0] ?? '') && text.includes(frame[1] ?? ''), name).toBe(false);
      expect(name).not.toMatch(/\.test\.|\/tests?\//);
    }
  });

  test('hold no e-mail address where they are made here', () => {
    const made = corpus.filter(({ name }) => !name.includes('node_modules') && !name.endsWith('.json'));
    expect(made.length).toBeGreaterThan(10);
    for (const { text } of made) expect(text.match(/[\w.]+@[\w.]+/g)?.filter(isRealAddress) ?? []).toEqual([]);
  });
});

test('an address is what mail can be sent to', () => {
  for (const [local, domain] of [
    ['ada', 'example.com'],
    ['a.b+news', 'mail.example.co.uk'],
    ["'ada", 'example.org'],
  ])
    expect(isRealAddress(`${local}@${domain}`)).toBe(true);
  for (const [local, domain] of [
    ['git', 'github.com'],
    ['logo', 'large.png'],
    ['vite', '7.1.x'],
    ['', 'example.com'],
    ['ada', 'example'],
  ])
    expect(isRealAddress(`${local}@${domain}`)).toBe(false);
});
