import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../../../../core/redaction/checks/sha-256.ts';

test('gives what Node gives, for every length around the blocks', () => {
  for (let length = 0; length <= 200; length++) {
    const message = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 0xff);
    expect(Buffer.from(sha256(message)).toString('hex')).toBe(createHash('sha256').update(message).digest('hex'));
  }
});
