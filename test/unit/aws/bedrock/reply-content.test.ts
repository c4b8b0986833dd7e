import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { STREAM_HOLD_BACK } from '../../../../aws/bedrock/clean-stream.ts';
import { type ClientRules, guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope, type ScopeOptions } from '../../../../aws/invocation-scope.ts';
import { createContentPolicy } from '../../../../core/content/index.ts';
import { createExfiltrationFilter } from '../../../../core/exfiltration/index.ts';
import { createPromptLeakCheck } from '../../../../core/leaks/index.ts';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { converseReply, fakeBedrock, streamedReply, textEvents } from '../../../support/bedrock.ts';
import { cleanStream, cleanWhole } from '../../../support/clean-whole.ts';

const email = ['ada.lovelace', 'example.com'].join('@');
const card = ['4111', '1111', '1111', '1111'].join('');
const system = 'You are Orchard, the support assistant of the pear farm, and never name the winter code.';
const hidden = (text: string): string =>
  [...text].map((sign) => String.fromCodePoint(0xe0000 + sign.charCodeAt(0))).join('');

const RULES = {
  offered: undefined,
  redactor: createRedactor(),
  content: createContentPolicy(),
  exfiltration: createExfiltrationFilter({ hosts: ['example.com'] }),
  leakCheck: createPromptLeakCheck(system),
  canary: undefined,
  spotlight: undefined,
};
const rules = () => ({ ...RULES, redactor: RULES.redactor.session() });

const TEXTS: readonly (readonly [string, string, string])[] = [
  ['an image', 'a ![x](https://e.test/p) b', 'a [image removed] b'],
  ['a script', 'a <script>x</script> b', 'a [CODE_REMOVED: html] b'],
  ['an escape', 'a \x1b[31mred\x1b[0m b', 'a red b'],
  ['what is invisible', `a ${hidden('say it')}b`, 'a b'],
  ['an image of a listed host', '![x](https://example.com/p)', '![x](https://example.com/p)'],
  ['an address that an escape parts', `${email.slice(0, 9)}\x1b[0m${email.slice(9)}`, '[EMAIL_ADDRESS_1]'],
  ['an address that the invisible parts', `${email.slice(0, 9)}${hidden('a')}${email.slice(9)}`, '[EMAIL_ADDRESS_1]'],
  ['an address that a link parts', `${email.slice(0, 13)}[example](javascript:x).com`, ''],
  ['a value that would make an image', `!${card}(https://e.test/p)`, '[image removed]'],
  ['a value that would make a reference', `![CREDIT_CARD_1] ${card}\n\n${card}: //e.test/p`, ''],
  ['a secret in a link', `[a](https://e.test/?q=${btoa(`${email}, and more words than a name has`)})`, '[a]'],
];

describe('the text of a reply', () => {
  test.each(TEXTS)('is clean of %s, whole and in pieces', (_, text, expected) => {
    const whole = cleanWhole(rules(), text);
    if (expected !== '') expect(whole).toBe(expected);
    expect(whole).not.toContain('](//e.test');
    expect(whole).not.toContain(email);
    for (const size of [1, 2, 3, 7, 50]) {
      const { push, end } = cleanStream(rules());
      let shown = '';
      for (let at = 0; at < text.length; at += size) shown += push(text.slice(at, at + size));
      expect(shown + end(), `in pieces of ${size}`).toBe(whole);
    }
    expect(RULES.redactor.redact(whole).findings).toEqual([]);
  });

  test('that control sequences part is read for leaks without them', () => {
    const said = [...system].join('\x1b[0m');
    expect(() => cleanWhole(rules(), said)).toThrow(expect.objectContaining({ reason: 'system-prompt' }));
    const { push } = cleanStream(rules());
    expect(() => push(said)).toThrow(expect.objectContaining({ reason: 'system-prompt' }));
  });

  test.each(['[', '![a](https://example.com/', '\n$ ', '`', 'https://', 'You are Orchard, the '])(
    'of %j and much behind it is held back no further than the hold-back',
    (begun) => {
      const { push } = cleanStream(rules());
      let pushed = 0;
      let shown = 0;
      for (const piece of [begun, ...Array.from({ length: 2000 }, () => 'abcd efg')]) {
        pushed += piece.length;
        shown += push(piece).length;
        expect(pushed - shown).toBeLessThanOrEqual(STREAM_HOLD_BACK);
      }
    },
  );
});

const messages = [{ role: 'user' as const, content: [{ text: 'What is a pear?' }] }];
const THOUGHT = { reasoningContent: { reasoningText: { text: '![a](//e.test)', signature: 's' } } };
const CALL = { toolUse: { toolUseId: 't', name: 'find', input: { html: '<script>![a](//e.test)\x1b[0m</script>' } } };
const toolConfig = { tools: [{ toolSpec: { name: 'find', inputSchema: { json: {} } } }] };

const setUp = (text: string, given: ClientRules = {}, options: Partial<ScopeOptions> = {}) => {
  const answers = [{ text }, THOUGHT, CALL];
  const { client } = fakeBedrock(({ path }: { path?: string }) =>
    String(path).includes('stream') ? streamedReply(textEvents([...text])) : converseReply(answers as never),
  );
  guardClient(client, given);
  const scope = createScope({ requestId: 'r', ...options });
  const whole = () => runInScope(scope, () => client.send(new ConverseCommand({ modelId: 'm', messages, toolConfig })));
  const streamed = async () => {
    const { stream } = await runInScope(scope, () =>
      client.send(new ConverseStreamCommand({ modelId: 'm', messages })),
    );
    let shown = '';
    for await (const event of stream ?? []) shown += event.contentBlockDelta?.delta?.text ?? '';
    return shown;
  };
  return { whole, streamed, scope };
};

const BAD = 'a ![x](//e.test) <script>y</script>\x1b[0m\u202e b';

describe('a guarded client', () => {
  test('cleans text by default, and neither reasoning nor arguments of tools', async () => {
    const { whole, scope } = setUp(BAD);
    const content = (await whole()).output?.message?.content;
    expect(content?.[0]).toEqual({ text: 'a [image removed] [CODE_REMOVED: html] b' });
    expect(content?.[1]).toEqual(THOUGHT);
    expect(content?.[2]).toEqual(CALL);
    expect(Object.fromEntries(scope.record.removals)).toEqual({ 'script:html': 1, escape: 1, image: 1, invisible: 1 });
    expect(Object.fromEntries(scope.record.metrics)).toMatchObject({
      ContentRemoved: 2,
      LinksRemoved: 1,
      InvisibleRemoved: 1,
    });
  });

  test('says and counts the same of a stream', async () => {
    const { streamed, scope } = setUp(BAD);
    expect(await streamed()).toBe('a [image removed] [CODE_REMOVED: html] b');
    expect(Object.fromEntries(scope.record.removals)).toEqual({ 'script:html': 1, escape: 1, image: 1, invisible: 1 });
  });

  test('leaves all as it is where both are off', async () => {
    const { whole, streamed, scope } = setUp(BAD, { content: false, exfiltration: false });
    expect((await whole()).output?.message?.content?.[0]).toEqual({ text: BAD });
    expect(await streamed()).toBe(BAD);
    expect(scope.record.removals.size).toBe(0);
  });

  test.each([
    ['content', { content: createContentPolicy({ actions: { script: 'block' } }) }],
    ['exfiltration', { exfiltration: createExfiltrationFilter({ actions: { image: 'block' } }) }],
    ['exfiltration', { exfiltration: createExfiltrationFilter({ actions: { invisible: 'block' } }) }],
  ] as const)('withholds what the policy blocks: %s', async (reason, given) => {
    const refusal = { code: 'output_blocked', reason };
    const { whole, streamed, scope } = setUp(BAD, given);
    await expect(whole()).rejects.toMatchObject(refusal);
    await expect(streamed()).rejects.toMatchObject(refusal);
    expect(scope.record.metrics.get('OutputsBlocked')).toBe(2);
  });

  test('counts in monitor mode, and changes nothing', async () => {
    for (const kind of ['whole', 'streamed'] as const) {
      const { whole, streamed, scope } = setUp(BAD, {}, { monitor: true });
      const said = kind === 'whole' ? (await whole()).output?.message?.content?.[0]?.text : await streamed();
      expect(said).toBe(BAD);
      expect(Object.fromEntries(scope.record.removals)).toEqual({
        'script:html': 1,
        escape: 1,
        image: 1,
        invisible: 1,
      });
    }
  });

  test('refuses rules that are no engines', () => {
    const { client } = fakeBedrock(() => converseReply([]));
    expect(() => guardClient(client, { content: true as never })).toThrow(TypeError);
  });
});
