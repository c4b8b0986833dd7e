/** SHA-256 (FIPS 180-4) of short inputs: nothing in the language computes it without waiting, and a detector cannot wait. */

/** First 32 bits of the fractional part of `root` of the primes: the constants of FIPS 180-4, sections 4.2.2 and 5.3.3. */
const fractionsOfPrimes = (count: number, root: (prime: number) => number): Int32Array => {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  return Int32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
};

const ROUND = fractionsOfPrimes(64, Math.cbrt);
const INITIAL = fractionsOfPrimes(8, Math.sqrt);
const BLOCK_WORDS = 16;

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** Message, its end bit and its length in bits, in whole blocks of big-endian words. */
const padded = (message: Uint8Array): Int32Array => {
  const words = new Int32Array(Math.ceil((message.length + 9) / 64) * BLOCK_WORDS);
  const put = (byte: number, at: number): void => {
    words[at >>> 2] = (words[at >>> 2] as number) | (byte << (24 - 8 * (at & 3)));
  };
  for (let at = 0; at < message.length; at++) put(message[at] as number, at);
  put(0x80, message.length);
  words[words.length - 1] = message.length * 8;
  return words;
};

const schedule = (message: Int32Array, offset: number, words: Int32Array): void => {
  for (let index = 0; index < BLOCK_WORDS; index++) words[index] = message[offset + index] as number;
  for (let index = BLOCK_WORDS; index < 64; index++) {
    const early = words[index - 15] as number;
    const late = words[index - 2] as number;
    const small0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const small1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[index] = (words[index - 16] as number) + small0 + (words[index - 7] as number) + small1;
  }
};

/** Eight words move on by one place in each round: kept in variables, since this is the inner loop. */
const compress = (hash: Int32Array, words: Int32Array): void => {
  let a = hash[0] as number;
  let b = hash[1] as number;
  let c = hash[2] as number;
  let d = hash[3] as number;
  let e = hash[4] as number;
  let f = hash[5] as number;
  let g = hash[6] as number;
  let h = hash[7] as number;
  for (let index = 0; index < 64; index++) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + (ROUND[index] as number) + (words[index] as number)) | 0;
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const after = [a, b, c, d, e, f, g, h];
  for (let index = 0; index < 8; index++) hash[index] = (hash[index] as number) + (after[index] as number);
};

/** The 32 bytes of SHA-256 of `message`, which is at most 256 MB long. */
export const sha256 = (message: Uint8Array): Uint8Array => {
  const blocks = padded(message);
  const hash = INITIAL.slice();
  const words = new Int32Array(64);
  for (let offset = 0; offset < blocks.length; offset += BLOCK_WORDS) {
    schedule(blocks, offset, words);
    compress(hash, words);
  }
  const bytes = new Uint8Array(32);
  for (let at = 0; at < bytes.length; at++) bytes[at] = (hash[at >>> 2] as number) >>> (24 - 8 * (at & 3));
  return bytes;
};
