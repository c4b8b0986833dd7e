/** Logs of servers and of programs behind them. */

import { pick } from '../../../../training/random.ts';
import type { LogWriter } from './log-writer.ts';
import { address, base64, digits, hex, integer, moment, ulid, uuid, word } from './values.ts';

const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.7390.54 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1',
  'curl/8.14.1',
  'kube-probe/1.33',
];
const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'];
const STATUS = [200, 200, 200, 201, 204, 301, 304, 400, 401, 404, 429, 500, 503];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LEVELS = ['DEBUG', 'INFO', 'INFO', 'INFO', 'WARN', 'ERROR'];

/** 10/Oct/2025:13:55:36 +0000 */
const commonLogTime = (at: Date): string =>
  `${String(at.getUTCDate()).padStart(2, '0')}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;

/** Writers by the name of the log. */
export const WEB_LOGS: Readonly<Record<string, LogWriter>> = {
  access: (random) =>
    `${address(random)} - - [${commonLogTime(moment(random))}] "${pick(random, METHODS)} /${word(random)}/${digits(random, integer(random, 1, 16))}?page=${integer(random, 1, 90)}&sort=${word(random)} HTTP/1.1" ${pick(random, STATUS)} ${integer(random, 0, 9_999_999)} "https://www.example.com/${word(random)}" "${pick(random, AGENTS)}" ${random().toFixed(3)}`,
  json: (random) =>
    JSON.stringify({
      level: pick(random, LEVELS),
      timestamp: moment(random).toISOString(),
      service: `${word(random)}-${word(random)}`,
      request_id: uuid(random),
      trace_id: hex(random, 32),
      span_id: hex(random, 16),
      user_id: integer(random, 1, 2 ** 31),
      order: { id: ulid(random), number: digits(random, 10), total_cents: integer(random, 100, 999_999) },
      token_count: integer(random, 1, 8192),
      cursor: base64(random, 44),
      duration_ms: Number((random() * 900).toFixed(4)),
      epoch_ms: moment(random).getTime(),
      message: `${word(random)} ${word(random)} finished`,
    }),
  logfmt: (random) =>
    `ts=${moment(random).toISOString()} level=${pick(random, LEVELS).toLowerCase()} component=${word(random)} key=${word(random)}:${digits(random, 9)} etag="${hex(random, 32)}" rev=${hex(random, 40)} bytes=${digits(random, integer(random, 3, 12))} offset=${digits(random, 11)} token=${word(random)} dur=${integer(random, 1, 9000)}ms`,
  traces: (random) =>
    `${moment(random).toISOString()} trace=00-${hex(random, 32)}-${hex(random, 16)}-01 root=1-${hex(random, 8)}-${hex(random, 24)} parent=${hex(random, 16)} sampled=1 name="${pick(random, METHODS)} /${word(random)}/{id}" start=${moment(random).getTime()}${digits(random, 6)} end=${moment(random).getTime()}${digits(random, 6)} attributes={"http.status_code":${pick(random, STATUS)},"db.rows":${integer(random, 0, 5000)},"net.peer.port":${integer(random, 1024, 65535)}}`,
  java: (random) =>
    [
      `${moment(random).toISOString().replace('T', ' ').replace('.', ',').slice(0, 23)} ${pick(random, LEVELS)} [http-nio-8080-exec-${integer(random, 1, 200)}] c.e.${word(random)}.${word(random)}Service - correlationId=${uuid(random)} failed after ${integer(random, 1, 30000)} ms`,
      `java.lang.IllegalStateException: ${word(random)} ${digits(random, 8)} not in state ${word(random).toUpperCase()}`,
      ...Array.from(
        { length: integer(random, 3, 9) },
        () =>
          `\tat com.example.${word(random)}.${word(random)}Repository$$SpringCGLIB$$${integer(random, 0, 9)}.find(${word(random)}.java:${integer(random, 10, 999)}) ~[${word(random)}-${integer(random, 1, 9)}.${integer(random, 0, 30)}.${integer(random, 0, 99)}.jar!/:na]`,
      ),
    ].join('\n'),
  python: (random) =>
    [
      'Traceback (most recent call last):',
      ...Array.from(
        { length: integer(random, 2, 6) },
        () =>
          `  File "/srv/${word(random)}/${word(random)}/${word(random)}.py", line ${integer(random, 1, 2000)}, in ${word(random)}_${word(random)}\n    return self.${word(random)}(${word(random)}_id=${integer(random, 1, 10 ** 9)}, retries=${integer(random, 1, 5)})`,
      ),
      `ValueError: invalid literal for int() with base 10: '${hex(random, 12)}'`,
      `<${word(random)}.${word(random)} object at 0x7f${hex(random, 10)}>`,
    ].join('\n'),
};
