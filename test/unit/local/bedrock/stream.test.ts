import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { AnyResponse } from '../../../../local/bedrock/connection.ts';
import { streamEvent } from '../../../../local/bedrock/dialects/dialect.ts';
import { piecesOf } from '../../../../local/bedrock/dialects/pieces.ts';
import { createExchange } from '../../../../local/bedrock/exchange.ts';
import { tokensOf } from '../../../../local/bedrock/model/tokens.ts';
import { writeStream } from '../../../../local/bedrock/stream.ts';

/** A client that takes so many frames and then stops reading. */
const slowClient = (takes: number) => {
  let written = 0;
  const response = Object.assign(new EventEmitter(), {
    writeHead: () => {},
    write: () => {
      written += 1;
      return written < takes;
    },
    end: () => {},
    writableEnded: false,
  });
  return { exchange: createExchange(response as unknown as AnyResponse), response, written: () => written };
};

const start = (takes: number) => {
  const client = slowClient(takes);
  let made = 0;
  let billed = 0;
  function* events() {
    while (made < 50) {
      made += 1;
      yield streamEvent('contentBlockDelta', { delta: { text: 'a' } }, 1);
    }
  }
  const done = writeStream(client.exchange, events(), {
    modelId: 'm',
    fault: undefined,
    headers: {},
    onTokens: (tokens) => {
      billed += tokens;
    },
  });
  return { ...client, done, made: () => made, billed: () => billed };
};

describe('writeStream', () => {
  test('makes no more events than the client takes', async () => {
    const { response, done, made, billed } = start(5);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect([made(), billed()]).toEqual([5, 5]);
    response.write = () => true;
    response.emit('drain');
    await done;
    expect([made(), billed()]).toEqual([50, 50]);
  });

  test('makes no more events when the client has gone', async () => {
    const { response, done, billed } = start(5);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    response.emit('close');
    await done;
    expect(billed()).toBe(5);
  });
});

describe('piecesOf', () => {
  test.each(['', 'a', 'Gruß 👩‍🌾👩‍🌾👩‍🌾👩‍🌾👩‍🌾', 'pear '.repeat(500)])('splits a text without a loss', (text) => {
    const pieces = [...piecesOf(text)];
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(tokensOf(text));
    expect(pieces.every((piece) => piece.text.isWellFormed())).toBe(true);
  });
});
