/** Content policies: checked once, replies filtered whole or as streams. */

import { checkOptions, type OptionCheck, oneOf } from '../options.ts';
import { LANGUAGES, type Language } from './languages.ts';
import { createContentStream } from './transducer.ts';
import type { ContentAction, ContentKind, ContentPolicy } from './types.ts';

/** Options of {@link createContentPolicy}. */
export interface ContentPolicyOptions {
  /**
   * What becomes of each kind.
   * @default { code: 'allow', command: 'allow', query: 'allow', script: 'strip', configuration: 'allow', escape: 'strip' }
   */
  readonly actions?: Readonly<Partial<Record<ContentKind, ContentAction>>>;
  /** What becomes of a language, in a fence or outside of one, instead of what its kind calls for. @default none */
  readonly languages?: Readonly<Partial<Record<Language, ContentAction>>>;
}

const DEFAULTS: Readonly<Record<ContentKind, ContentAction>> = {
  code: 'allow',
  command: 'allow',
  query: 'allow',
  script: 'strip',
  configuration: 'allow',
  escape: 'strip',
};

const action = oneOf('allow', 'label', 'strip', 'block');

const actionsBy =
  (names: readonly string[]): OptionCheck =>
  (value) => {
    if (typeof value !== 'object' || value === null) return 'an object of actions';
    for (const [name, each] of Object.entries(value)) {
      if (!names.includes(name)) return `an object with names among ${names.join(', ')}`;
      const expected = each === undefined ? undefined : action(each);
      if (expected !== undefined) return `an object of actions: ${expected}`;
    }
    return undefined;
  };

/**
 * A policy for code and commands in a reply. Its stream is its definition: `filter` is one push and an end.
 *
 * @throws TypeError for an unknown or invalid option.
 *
 * @example
 * createContentPolicy({ languages: { shell: 'strip' } }).filter('$ rm -rf x').text; // '[CODE_REMOVED: shell]'
 */
export const createContentPolicy = (options: ContentPolicyOptions = {}): ContentPolicy => {
  checkOptions('createContentPolicy', options, {
    actions: actionsBy(Object.keys(DEFAULTS)),
    languages: actionsBy(LANGUAGES),
  });
  const actions = { ...DEFAULTS };
  for (const [kind, each] of Object.entries(options.actions ?? {}))
    if (each !== undefined) actions[kind as ContentKind] = each;
  const languages = { ...options.languages };
  const actionFor = (kind: ContentKind, language: Language): ContentAction =>
    // A script acts on the page that shows it: only its own action lets it pass.
    kind === 'script' ? actions.script : (languages[language] ?? actions[kind]);
  return {
    filter(text) {
      const stream = createContentStream(actionFor, actions.escape);
      const out = stream.end(text);
      return { text: stream.findings.length === 0 ? text : out, findings: stream.findings };
    },
    stream: () => createContentStream(actionFor, actions.escape),
  };
};
