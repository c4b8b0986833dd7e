/** Packages of the npm registry that redact without asking a service, set up as their own pages say. */

import { importPeer } from '../redaction-peers/import-peer.ts';
import type { Contender, Redacting, RedactingStream } from './contender.ts';

/** What is used of the packages, whose types are not in every checkout. */
interface SyncRedaction {
  redact(text: string): string;
}
type GuardrailCheck = (
  context: object,
  text: string,
  config: object,
) => Promise<{ readonly info: Readonly<Record<string, unknown>> }>;
interface MastraPart {
  readonly type: string;
  readonly payload?: { readonly text?: string };
}
interface MastraFilter {
  processInput(args: object): readonly { readonly content: { readonly parts: readonly { readonly text: string }[] } }[];
  processOutputStream(args: object): Promise<MastraPart | null | undefined>;
}

const redactPii: Contender = {
  name: 'redact-pii',
  async load() {
    const { default: made } = (await importPeer('redact-pii')) as {
      default: { SyncRedactor: new () => SyncRedaction };
    };
    const redactor = new made.SyncRedactor();
    return { redact: (text) => redactor.redact(text) };
  },
};

const redactpii: Contender = {
  name: '@redactpii/node',
  async load() {
    const { Redactor } = (await importPeer('@redactpii/node')) as { Redactor: new () => SyncRedaction };
    const redactor = new Redactor();
    return { redact: (text) => redactor.redact(text) };
  },
};

const openRedaction: Contender = {
  name: 'openredaction',
  async load() {
    const { OpenRedaction } = (await importPeer('openredaction')) as {
      OpenRedaction: new () => { detect(text: string): Promise<{ redacted: string }> };
    };
    const redactor = new OpenRedaction();
    return { redact: async (text) => (await redactor.detect(text)).redacted };
  },
};

/** Its mask for personal data, then its search for secrets, both with their defaults. */
const openAiGuardrails: Contender = {
  name: '@openai/guardrails',
  async load() {
    const { pii, PIIConfig, secretKeysCheck } = (await importPeer('@openai/guardrails')) as {
      pii: GuardrailCheck;
      PIIConfig: { parse(config: object): object };
      secretKeysCheck: GuardrailCheck;
    };
    const config = PIIConfig.parse({});
    const stringOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
    return {
      async redact(text) {
        const masked = stringOf((await pii({}, text, config)).info['checked_text'], text);
        return stringOf((await secretKeysCheck({}, masked, { threshold: 'balanced' })).info['masked_text'], masked);
      },
    };
  },
};

const redactum: Contender = {
  name: 'redactum',
  async load() {
    const { redactum: redact } = (await importPeer('redactum')) as {
      redactum: (text: string) => { readonly redactedText: string };
    };
    return { redact: (text) => redact(text).redactedText };
  },
};

const arcjet: Contender = {
  name: '@arcjet/redact',
  async load() {
    const { redact } = (await importPeer('@arcjet/redact')) as { redact: (text: string) => Promise<readonly [string]> };
    return { redact: async (text) => (await redact(text))[0] };
  },
};

const abort = (reason: string): never => {
  throw new Error(reason);
};

/** A message as the agent that calls it makes one. */
const messageOf = (text: string) => ({
  messages: [{ id: 'message', role: 'user', content: { format: 2, parts: [{ type: 'text', text }] } }],
  abort,
});

const mastraStream = (filter: MastraFilter): RedactingStream => {
  const state = {};
  const process = async (type: string, text?: string): Promise<string> => {
    const part = { type, runId: 'run', from: 'AGENT', payload: { id: 'text', ...(text !== undefined && { text }) } };
    return (await filter.processOutputStream({ part, streamParts: [], state, abort }))?.payload?.text ?? '';
  };
  return {
    push: (chunk) => process('text-delta', chunk),
    // What it held back comes first, in place of the part that ends the text; the next part brings that one.
    end: async () => (await process('text-end')) + (await process('finish')),
  };
};

/** Its presets for personal data and for secrets. */
const mastra: Contender = {
  name: '@mastra/core',
  async load(): Promise<Redacting> {
    const { RegexFilterProcessor } = (await importPeer('@mastra/core/processors')) as {
      RegexFilterProcessor: new (options: object) => MastraFilter;
    };
    const filter = new RegexFilterProcessor({ presets: ['pii', 'secrets'], strategy: 'redact' });
    return {
      redact: (text) => filter.processInput(messageOf(text))[0]?.content.parts[0]?.text ?? '',
      stream: () => mastraStream(filter),
    };
  },
};

/** All peers, whether they are installed or not. */
export const PEERS: readonly Contender[] = [
  redactPii,
  redactpii,
  openRedaction,
  openAiGuardrails,
  redactum,
  arcjet,
  mastra,
];
