/** The command line of `bulwark budget`. */

import { ipPrefix } from '../../core/ip-prefix.ts';
import { atomsOf, isKind, isPerModel, KINDS_IN_WORDS, principalWithIds } from '../../core/quota/principals.ts';
import type { Principal, PrincipalKind } from '../../core/quota/types.ts';
import { readCommandLine } from '../command-line.ts';
import { harmlessLine } from '../output.ts';
import type { UsageError } from '../usage-error.ts';

export const BUDGET_HELP = `bulwark budget show  <kind> <id>
bulwark budget set   <kind> <id> <budget>=<limit>…
bulwark budget reset <kind> <id> [<budget>…]

show says what somebody has used of its budgets, and what reservations in flight
hold. set gives it limits of its own; <budget>=default takes one away again, 0
allows nothing more. reset gives back what it has spent in the current windows (of
all its budgets, where none is named), strikes too, and leaves what reservations
in flight hold.

<kind> is user, apiKey, ip, tenant, session, model, account or a pair of them, such
as user+model, which takes two ids; account takes none, account+model a Region and a
model. An <id> is what functions know somebody by: the subject of its token, the id
of its API key. Where only an audit record is at hand, --digest v1.… takes the place
of <id>.

  --table <name>     the quota table (default: BULWARK_TABLE)
  --budgets <file>   the budgets of the functions, a JSON list (default:
                     BULWARK_BUDGETS, else those that the kit's own service has)
  --digest <digest>  as the principals of an audit record name it, in place of <id>
  --json             for programs
  --yes              do not ask; needed where standard input is no terminal
  --help             this text

The key that digests ids is read from BULWARK_DIGEST_KEY and from nowhere else: a
command line shows in the list of processes. Region, credentials and endpoint are
found as the AWS SDK finds them (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_DYNAMODB).

Running functions see a new limit within a minute, and only for the kinds that their
ledger's option overridable names (tenant, where it says nothing); what was given back
they see within ten seconds.

  bulwark budget show tenant acme
  bulwark budget set tenant acme day-tokens=5000000
  bulwark budget reset user ada hour-strikes --yes

Exit code: 0; 1 when there was nothing to do, it was not confirmed, or the table gave
no answer; 2 for a wrong command line.
`;

/** Who is meant: by id, with the model where that is part of it, or by digest. */
export type Whose =
  | (Principal & { readonly model: string | undefined })
  | { readonly kind: PrincipalKind; readonly digest: string };

/** What is asked for. */
export interface BudgetOptions {
  readonly action: 'show' | 'set' | 'reset';
  readonly whose: Whose;
  /** For `set`: limits by budget name, `undefined` for the default one. */
  readonly limits: ReadonlyMap<string, number | undefined>;
  /** For `reset`: names of budgets; none for all. */
  readonly names: readonly string[];
  readonly table: string | undefined;
  readonly budgetsFile: string | undefined;
  readonly json: boolean;
  readonly yes: boolean;
}

/** Digest of a principal, HMAC-SHA-256 in base64url behind its version. */
const DIGEST = /^v1\.[\w-]{43}$/;

const WHOLE = /^\d{1,16}$/; // 5000000

const ACTIONS = ['show', 'set', 'reset'] as const;

/** An id as functions write it: of an address its prefix. */
const idOf = (atom: string, id: string): string | undefined => (atom === 'ip' ? ipPrefix(id.replace(/\/64$/, '')) : id);

const whoseOf = (kind: PrincipalKind, words: string[], digest: string | undefined): Whose | UsageError => {
  if (digest !== undefined) {
    if (isPerModel({ per: kind })) return { usage: 'audit records name no models: --digest needs another kind' };
    if (!DIGEST.test(digest)) return { usage: '--digest must be as audit records have it: v1. and 43 characters' };
    return { kind, digest };
  }
  const ids: string[] = [];
  for (const atom of atomsOf(kind)) {
    // Of requests there is one account; of calls one in each Region, as Bedrock has it.
    const word = kind === 'account' ? 'account' : words.shift();
    if (word === undefined || word === '')
      return { usage: atom === 'account' ? 'the Region is missing' : `an id of the ${atom} is missing` };
    const id = idOf(atom, word);
    if (id === undefined) return { usage: `${harmlessLine(word)} is no address` };
    ids.push(id);
  }
  return { ...principalWithIds(kind, ids), model: ids[atomsOf(kind).indexOf('model')] };
};

const limitsOf = (words: readonly string[]): ReadonlyMap<string, number | undefined> | UsageError => {
  const limits = new Map<string, number | undefined>();
  for (const word of words) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
    const shown = harmlessLine(word);
    if (name === '') return { usage: `${shown} is no <budget>=<limit>` };
    if (limits.has(name)) return { usage: `${harmlessLine(name)} is there twice` };
    const limit = WHOLE.test(value) ? Number(value) : undefined;
    if (value !== 'default' && !Number.isSafeInteger(limit))
      return { usage: `${shown}: a limit must be a whole number of at least 0, or default` };
    limits.set(name, limit);
  }
  return limits.size === 0 ? { usage: 'set needs <budget>=<limit>' } : limits;
};

const OPTIONS = { table: 'value', budgets: 'value', digest: 'value', json: 'flag', yes: 'flag' } as const;

/** Reads a command line. */
export const parseBudgetArgs = (args: readonly string[]): BudgetOptions | UsageError | 'help' => {
  const line = readCommandLine(args, OPTIONS);
  if (line === 'help' || 'usage' in line) return line;
  const { values, flags } = line;
  const [name, kind, ...words] = line.words;
  const action = ACTIONS.find((known) => known === name);
  if (action === undefined) return { usage: `it takes one of ${ACTIONS.join(', ')}` };
  if (!isKind(kind)) return { usage: `a kind must be ${KINDS_IN_WORDS}` };
  const whose = whoseOf(kind, words, values.digest);
  if ('usage' in whose) return whose;
  const limits = action === 'set' ? limitsOf(words) : new Map<string, number>();
  if ('usage' in limits) return limits;
  if (action === 'show' && words.length > 0) return { usage: 'show takes no more than a kind and its ids' };
  return {
    action,
    whose,
    limits,
    names: action === 'reset' ? words : [],
    table: values.table,
    budgetsFile: values.budgets,
    json: flags.json,
    yes: flags.yes,
  };
};
