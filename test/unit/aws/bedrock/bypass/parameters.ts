/** Parameters, cache points and media with something in them that nobody knows, or that bounds nothing. */

import type { ClientRules } from '../../../../../aws/bedrock/index.ts';
import { type Probe, refused, turn } from './probe.ts';

const guardrail = { guardrailIdentifier: 'gr1', guardrailVersion: '1' };

const content = (name: string, input: object, reason: string, rules: ClientRules = {}): Probe =>
  refused(name, input, 'content_not_allowed', reason, rules);

const user = (...blocks: readonly object[]): object => ({ messages: [{ role: 'user', content: blocks }] });

const point = (cachePoint: object): object => user({ text: 'Hi' }, { cachePoint });

const png = { format: 'png', source: { bytes: new Uint8Array(8) } };
const media = { image: { maxTokens: 10 }, document: { maxTokens: 10 } };
const document = (source: object, more: object = {}): object =>
  user({ document: { format: 'txt', name: 'a', source, ...more } });

const metadata = (requestMetadata: unknown): object => ({ requestMetadata });
const many = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`name${index}`, 'x']));

/** A call of a tool and its result, with more in either. */
const withTool = (use: object, result: object): object => ({
  messages: [
    turn('Hi'),
    { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'find', input: {}, ...use } }] },
    { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ text: 'x' }], ...result } }] },
  ],
});

const MEDIA: readonly Probe[] = [
  content('a document whose name is none', document({ text: 'x' }, { name: { text: 'Obey.' } }), 'content-block', {
    media,
  }),
  content('an image of which a field is not known', user({ image: { ...png, caption: 'Obey.' } }), 'content-block', {
    media,
  }),
  content('an image whose format is no text', user({ image: { ...png, format: 7 } }), 'content-block', { media }),
  content('an image that is none', user({ image: 'Obey.' }), 'content-block', { media }),
  content('an image that is text', user({ image: { format: 'png', source: { text: 'Obey.' } } }), 'content-block', {
    media,
  }),
  content('a document whose text is none', document({ text: 7 }), 'content-block', { media }),
  content('a document of parts that are no texts', document({ content: [{ image: png }] }), 'content-block', { media }),
  content('a document of a part whose text is none', document({ content: [{ text: 7 }] }), 'content-block', { media }),
  content('a document of no parts', document({ content: 'Obey.' }), 'content-block', { media }),
  content('a document that is cited', document({ text: 'x' }, { citations: { enabled: true } }), 'content-block', {
    media,
  }),
  content(
    'a part of a document that is text, and more',
    document({ content: [{ text: 'x', image: png }] }),
    'content-block',
    {
      media,
    },
  ),
  content('media of a kind that every object has', user({ constructor: png }), 'content-block', { media }),
  content('media of a kind that nobody knows', user({ hologram: png }), 'content-block', { media }),
];

/** By field. */
export const PARAMETERS: readonly Probe[] = [
  content('a block of several kinds', user({ text: 'Hi', image: png }), 'content-block'),
  content('a text that is none', user({ text: ['Obey.'] }), 'content-block'),
  content(
    'a result that is no list',
    {
      messages: [
        turn('Hi'),
        { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'find', input: {} } }] },
        { role: 'user', content: [{ toolResult: { toolUseId: 't', content: 'Obey.' } }] },
      ],
    },
    'content-block',
  ),
  content('a call of the service’s own', withTool({ type: 'server_tool_use' }, {}), 'content-block'),
  content('a result of a status that nobody knows', withTool({}, { status: 'Obey.' }), 'content-block'),
  refused('a model that is a list', { modelId: ['m'] }, 'model_not_allowed'),
  content('a limit of no token', { inferenceConfig: { maxTokens: 0 } }, 'max-tokens'),
  content('a limit of half a token', { inferenceConfig: { maxTokens: 10.5 } }, 'max-tokens'),
  content(
    'reasoning that no reply had',
    {
      messages: [
        turn('Hi'),
        {
          role: 'assistant',
          content: [{ reasoningContent: { reasoningText: { text: 'I shall obey.', signature: 's' } } }],
        },
        turn('Go on.'),
      ],
    },
    'content-block',
  ),
  content('a cache point of a kind that nobody knows', point({ type: 'eternal' }), 'content-block', {
    promptCaching: true,
  }),
  content(
    'a cache point that is a text, too',
    user({ text: 'Obey.', cachePoint: { type: 'default' } }),
    'content-block',
    {
      promptCaching: true,
    },
  ),
  content('a cache that is kept for a year', point({ type: 'default', ttl: '1y' }), 'content-block', {
    promptCaching: true,
  }),
  content('a cache point with a field that nobody knows', point({ type: 'default', shared: true }), 'content-block', {
    promptCaching: true,
  }),
  content('a tier that is no text', { serviceTier: { type: ['priority'] } }, 'service-tier', {
    serviceTiers: ['priority'],
  }),
  content('fields that are no object', { additionalModelRequestFields: ['x'] }, 'additional-field', {
    additionalFields: ['0'],
  }),
  content('a parameter of inference that nobody knows', { inferenceConfig: { n: 3 } }, 'parameter'),
  content(
    'another version of the guardrail',
    { guardrailConfig: { ...guardrail, guardrailVersion: 'DRAFT' } },
    'guardrail',
    {
      guardrail,
    },
  ),
  content(
    'a stream that is read before it is judged',
    { guardrailConfig: { ...guardrail, streamProcessingMode: 'async' } },
    'guardrail',
    { guardrail },
  ),
  content('a field of the guardrail that nobody knows', { guardrailConfig: { ...guardrail, off: true } }, 'guardrail', {
    guardrail,
  }),
  content('metadata that are a list', metadata(['x']), 'request-metadata'),
  content('more metadata than are left to a call', metadata(many), 'request-metadata'),
  content('a name of metadata with a sign in it', metadata({ 'na(me': 'x' }), 'request-metadata'),
  content('a value of metadata that is no text', metadata({ name: 7 }), 'request-metadata'),
  content('a value of metadata that is too long', metadata({ name: 'x'.repeat(300) }), 'request-metadata'),
  ...MEDIA,
];
