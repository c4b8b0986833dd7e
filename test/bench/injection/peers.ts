/** Packages of the npm registry that look for injections without asking a service, set up as their own pages say. */

import { importPeer } from '../peers/import-peer.ts';
import type { Contender } from './contender.ts';

/** Units that are more than any text here has. */
const NO_LIMIT = 2 ** 22;

/** The sanitiser, then the decoder; what comes from elsewhere goes through the guard for external data. */
const llmTrustGuard: Contender = {
  name: 'llm-trust-guard',
  async load() {
    const { EncodingDetector, ExternalDataGuard, InputSanitizer } = await import('llm-trust-guard');
    return () => {
      const sanitizer = new InputSanitizer();
      const encodings = new EncodingDetector();
      const external = new ExternalDataGuard({ maxContentLength: NO_LIMIT, scanForSecrets: false });
      const isAllowed = (text: string): boolean => sanitizer.sanitize(text).allowed && encodings.detect(text).allowed;
      return (text, channel) => {
        const allowed = channel === 'data' ? external.validate(text).allowed : isAllowed(text);
        return allowed ? 'allow' : 'block';
      };
    };
  },
};

/** Its default preset. By default it refuses texts of more than 10,000 units, unread. */
const vard: Contender = {
  name: '@andersmyrmel/vard',
  async load() {
    const { default: preset } = await import('@andersmyrmel/vard');
    return () => {
      const guard = preset.moderate().maxLength(NO_LIMIT);
      return (text) => (guard.safeParse(text).safe ? 'allow' : 'block');
    };
  },
};

const llmInjectScan: Contender = {
  name: 'llm-inject-scan',
  async load() {
    const { createPromptValidator } = await import('llm-inject-scan');
    return () => {
      const validate = createPromptValidator();
      return (text) => (validate(text).clean ? 'allow' : 'block');
    };
  },
};

/** Its guards for injections and jailbreaks. The others look for other things: personal data, profanity, length. */
const llmGuard: Contender = {
  name: 'llm-guard',
  async load() {
    const { LLMGuard } = await import('llm-guard');
    return () => {
      const guard = new LLMGuard({ pii: false, profanity: false, relevance: false, toxicity: false });
      return async (text) => ((await guard.validate(text)).isValid ? 'allow' : 'block');
    };
  },
};

/** What is used of `agent-threat-rules`, whose types are not in every checkout. */
interface ThreatRules {
  readonly ATREngine: new () => {
    loadRules(): Promise<number>;
    evaluate(event: {
      readonly type: 'llm_input' | 'tool_response';
      readonly timestamp: string;
      readonly content: string;
    }): readonly { readonly rule: { readonly maturity?: string; readonly confirm?: string } }[];
  };
}

/** All of its rules, as by default. What its lane `enforce` has is what it would block on: stable, and sure without a model. */
const agentThreatRules: Contender = {
  name: 'agent-threat-rules',
  async load() {
    const { ATREngine } = (await importPeer('agent-threat-rules')) as ThreatRules;
    return async () => {
      const engine = new ATREngine();
      await engine.loadRules();
      return (text, channel) => {
        const type = channel === 'user' ? 'llm_input' : 'tool_response';
        const matches = engine.evaluate({ type, timestamp: new Date(0).toISOString(), content: text });
        if (matches.some(({ rule }) => rule.maturity === 'stable' && rule.confirm === undefined)) return 'block';
        return matches.length > 0 ? 'flag' : 'allow';
      };
    };
  },
};

/** All peers, whether they are installed or not. */
export const PEERS: readonly Contender[] = [llmTrustGuard, vard, llmInjectScan, llmGuard, agentThreatRules];
