/** Output of tools that developers run. */

import { pick } from '../../../../training/random.ts';
import type { LogWriter } from './log-writer.ts';
import { base64, characters, digits, hex, integer, moment, word } from './values.ts';

const version = (random: Parameters<LogWriter>[0]): string =>
  `${integer(random, 0, 30)}.${integer(random, 0, 40)}.${integer(random, 0, 200)}`;

const PRINTABLE = 'abcdefghijklmnopqrstuvwxyz0123456789.......';

/** Writers by the name of the log. */
export const TOOL_LOGS: Readonly<Record<string, LogWriter>> = {
  npm: (random) =>
    pick(random, [
      `npm http fetch GET 200 https://registry.npmjs.org/@${word(random)}/${word(random)}/-/${word(random)}-${version(random)}.tgz ${integer(random, 3, 4000)}ms (cache ${pick(random, ['hit', 'miss', 'revalidated'])})`,
      `npm warn deprecated ${word(random)}-${word(random)}@${version(random)}: use ${word(random)}@${version(random)} instead`,
      `npm notice integrity: sha512-${base64(random, 86)}==`,
      `npm notice shasum: ${hex(random, 40)}`,
      `added ${integer(random, 1, 2000)} packages, and audited ${integer(random, 1, 3000)} packages in ${integer(random, 1, 90)}s`,
    ]),
  git: (random) =>
    pick(random, [
      `commit ${hex(random, 40)}\nMerge: ${hex(random, 7)} ${hex(random, 7)}\nDate:   ${moment(random).toUTCString().slice(0, 25)} +0100\n\n    Rename ${word(random)} to ${word(random)} (#${integer(random, 1, 99999)})\n`,
      `diff --git a/src/${word(random)}.ts b/src/${word(random)}.ts\nindex ${hex(random, 11)}..${hex(random, 11)} 100644\n--- a/src/${word(random)}.ts\n+++ b/src/${word(random)}.ts\n@@ -${integer(random, 1, 900)},${integer(random, 1, 30)} +${integer(random, 1, 900)},${integer(random, 1, 30)} @@ export const ${word(random)} = (\n-  const ${word(random)} = ${digits(random, 6)};\n+  const ${word(random)}Token = next(${word(random)});`,
      `${hex(random, 40)} blob ${digits(random, 6)} ${digits(random, 9)}`,
      ` ${word(random)}/${word(random)}.test.ts | ${integer(random, 1, 400)} ${'+'.repeat(integer(random, 1, 20))}${'-'.repeat(integer(random, 1, 20))}`,
    ]),
  hexdump: (random) =>
    `${hex(random, 8)}  ${Array.from({ length: 8 }, () => hex(random, 2)).join(' ')}  ${Array.from({ length: 8 }, () => hex(random, 2)).join(' ')}  |${characters(random, PRINTABLE, 16)}|`,
  xxd: (random) =>
    `${hex(random, 8)}: ${Array.from({ length: 8 }, () => hex(random, 4)).join(' ')}  ${characters(random, PRINTABLE, 16)}`,
  docker: (random) =>
    pick(random, [
      `#${integer(random, 1, 40)} sha256:${hex(random, 64)} ${(random() * 90).toFixed(2)}MB / ${(random() * 300).toFixed(2)}MB ${(random() * 9).toFixed(1)}s`,
      `Step ${integer(random, 1, 30)}/30 : RUN apt-get install -y ${word(random)}=${version(random)}-${integer(random, 1, 9)}ubuntu${digits(random, 2)}\n ---> Running in ${hex(random, 12)}`,
      `${hex(random, 12)}   ${word(random)}:${version(random)}   "/docker-entrypoint.…"   ${integer(random, 1, 59)} minutes ago   0.0.0.0:${digits(random, 4)}->${digits(random, 4)}/tcp`,
    ]),
  numbers: (random) =>
    Array.from({ length: 12 }, () =>
      pick(random, [
        digits(random, integer(random, 3, 18)),
        (random() * 10 ** integer(random, 0, 9)).toFixed(integer(random, 0, 6)),
        `-${digits(random, integer(random, 1, 10))}`,
        moment(random).toISOString().slice(0, 10),
      ]),
    ).join(','),
};
