/** The command line of `bulwark audit find`. */

import { readFileSync } from 'node:fs';
import { ipPrefix } from '../../core/ip-prefix.ts';
import { readCommandLine } from '../command-line.ts';
import { DIGEST } from '../logs/fields.ts';
import { codeOf } from '../logs/log-files.ts';
import { harmlessLine } from '../output.ts';
import type { UsageError } from '../usage-error.ts';

export const AUDIT_HELP = `bulwark audit find [file…] --request-id <id>
bulwark audit find [file…] --principal <kind>:<id> | --digest <digest> | --text <file>
bulwark audit reconcile --audit <files…> --invocations <files…>

find prints the audit records of a request or of somebody, from exported logs: lines
as they were printed, the JSON of \`aws logs filter-log-events\`, exports and CSV of Logs
Insights, subscriptions and Firehose, each also as gzip. Without a file, or with -,
standard input is read. \`bulwark audit reconcile --help\` says more of reconcile.

  --request-id <id>        Lambda's id, the front door's, the trace's root, Bedrock's
                           own id of a call, or the id of the record
  --principal <kind>:<id>  user, apiKey, ip, tenant or session, and its id; the digest
                           is made here, with the key of BULWARK_DIGEST_KEY
  --digest-secret <id>     name or ARN of the secret that has the key, in its place
  --digest <digest>        as records name principals: v1.…
  --text <file>            requests that sent this text, or were answered with it; for
                           records with content digest, with the same key
  --json                   for programs, a record a line
  --help                   this text

  bulwark audit find logs/*.gz --principal user:ada
  bulwark audit --request-id 3f2504e0-4f89-11d3-9a0c-0305e82c3301 < export.log

Exit code: 0; 1 when no record was found; 2 for a wrong command line.
`;

/** Kinds of principals that records name. */
const KINDS = ['user', 'apiKey', 'ip', 'tenant', 'session'] as const;

/** What is looked for. */
export type Sought =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'digest'; readonly digest: string }
  | { readonly by: 'principal'; readonly kind: (typeof KINDS)[number]; readonly id: string }
  | { readonly by: 'text'; readonly text: string };

/** What is asked for. */
export interface FindOptions {
  readonly files: readonly string[];
  readonly sought: Sought;
  readonly digestSecret: string | undefined;
  readonly json: boolean;
}

const OPTIONS = {
  'request-id': 'value',
  principal: 'value',
  digest: 'value',
  'digest-secret': 'value',
  text: 'value',
  json: 'flag',
} as const;

const ID = /^[\w=-]{1,64}$/; // 3f2504e0-4f89-11d3-9a0c-0305e82c3301

const principalOf = (given: string): Sought | UsageError => {
  const at = given.indexOf(':');
  const [name, word] = [given.slice(0, Math.max(0, at)), given.slice(at + 1)];
  const kind = KINDS.find((known) => known === name);
  if (kind === undefined || word === '')
    return { usage: `--principal must be <kind>:<id>, its kind one of ${KINDS.join(', ')}` };
  const id = kind === 'ip' ? ipPrefix(word.replace(/\/64$/, '')) : word;
  return id === undefined ? { usage: `${harmlessLine(word)} is no address` } : { by: 'principal', kind, id };
};

const textOf = (file: string): Sought | UsageError => {
  try {
    return { by: 'text', text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { usage: `${harmlessLine(file)} cannot be read: ${codeOf(error)}` };
  }
};

const READERS: Readonly<Record<string, (value: string) => Sought | UsageError>> = {
  'request-id': (id) => (ID.test(id) ? { by: 'id', id } : { usage: '--request-id must be an id' }),
  principal: principalOf,
  digest: (digest) =>
    DIGEST.test(digest) ? { by: 'digest', digest } : { usage: '--digest must be as records have it: v1.…' },
  text: textOf,
};

/** Reads a command line. */
export const parseFindArgs = (args: readonly string[]): FindOptions | UsageError | 'help' => {
  const line = readCommandLine(args, OPTIONS);
  if (line === 'help' || 'usage' in line) return line;
  const { values, flags, words } = line;
  const given = Object.keys(READERS).filter((name) => values[name as keyof typeof values] !== undefined);
  const [name = ''] = given;
  if (given.length !== 1)
    return {
      usage: `it takes one of ${Object.keys(READERS)
        .map((each) => `--${each}`)
        .join(', ')}`,
    };
  const sought = READERS[name]?.(values[name as keyof typeof values] ?? '') ?? { usage: name };
  if ('usage' in sought) return sought;
  return { files: words.length === 0 ? ['-'] : words, sought, digestSecret: values['digest-secret'], json: flags.json };
};
