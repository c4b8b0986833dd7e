/** Exfiltration filters: the policy checked once, replies filtered whole or as streams. */

import { checkOptions, flag, listOf, type OptionCheck, oneOf } from '../options.ts';
import { createHostList, hostPattern } from './host-list.ts';
import { createExfiltrationStream, createVisibleStream } from './transducer.ts';
import type { ExfiltrationAction, ExfiltrationFilter, ExfiltrationKind } from './types.ts';

/** Options of {@link createExfiltrationFilter}. */
export interface ExfiltrationOptions {
  /** Hosts that a reply may point to: `example.com`, or `*.example.org` for subdomains. @default none */
  readonly hosts?: readonly string[];
  /**
   * What becomes of each kind.
   * @default { image: 'defang', link: 'allow', 'bare-url': 'allow', html: 'defang', data: 'defang', invisible: 'strip' }
   */
  readonly actions?: Readonly<Partial<Record<ExfiltrationKind, ExfiltrationAction>>>;
  /** Whether addresses of listed hosts may not carry data either. @default false */
  readonly dataToListedHosts?: boolean;
}

const DEFAULTS: Readonly<Record<ExfiltrationKind, ExfiltrationAction>> = {
  image: 'defang',
  link: 'allow',
  'bare-url': 'allow',
  html: 'defang',
  data: 'defang',
  invisible: 'strip',
};

const action = oneOf('allow', 'defang', 'strip', 'block');

const actionsCheck: OptionCheck = (value) => {
  if (typeof value !== 'object' || value === null) return 'an object of actions by kind';
  for (const [kind, each] of Object.entries(value)) {
    if (!Object.hasOwn(DEFAULTS, kind)) return `an object with kinds among ${Object.keys(DEFAULTS).join(', ')}`;
    const expected = each === undefined ? undefined : action(each);
    if (expected !== undefined) return `an object of actions: ${expected}`;
  }
  return undefined;
};

/**
 * A filter for what would carry data out of a reply. Its stream is its definition: `filter` is one push and an end.
 *
 * @throws TypeError for an unknown or invalid option.
 *
 * @example
 * createExfiltrationFilter().filter('![chart](https://example.net/a.png)').text; // '[image removed]'
 */
export const createExfiltrationFilter = (options: ExfiltrationOptions = {}): ExfiltrationFilter => {
  checkOptions('createExfiltrationFilter', options, {
    hosts: listOf(hostPattern),
    actions: actionsCheck,
    dataToListedHosts: flag,
  });
  const chosen = Object.entries(options.actions ?? {}).filter(([, each]) => each !== undefined);
  const policy = {
    hosts: createHostList(options.hosts ?? []),
    actions: { ...DEFAULTS, ...Object.fromEntries(chosen) },
    dataToListedHosts: options.dataToListedHosts ?? false,
  };
  return {
    filter(text) {
      const stream = createExfiltrationStream(policy);
      const out = stream.end(text);
      return { text: stream.findings.length === 0 ? text : out, findings: stream.findings };
    },
    stream: () => createExfiltrationStream(policy),
    visible: () => createVisibleStream(policy),
  };
};
