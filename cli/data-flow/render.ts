/** The document: where the data of a guarded function goes. */

import type { Policy } from '../../core/policy.ts';
import { levelSections } from './levels-section.ts';
import { storedUnder } from './stored.ts';
import { wayOf } from './way.ts';

const DIAGRAM = (policy: Policy): string =>
  [
    '```mermaid',
    'flowchart LR',
    '  caller([caller]) -->|request| function[function]',
    ...(policy.injection === false ? [] : ['  function -->|texts| screens[screens, in the function]']),
    ...(policy.classification ? ['  function -->|texts| levels[classification, in the function]'] : []),
    '  function -->|prompt| bedrock[(Bedrock model)]',
    '  bedrock -->|reply| function',
    `  function -->|${policy.redaction === false ? 'reply' : 'redacted reply'}| caller`,
    ...(policy.quota?.table === undefined ? [] : ['  function -->|digests, counts| table[(DynamoDB)]']),
    '  function -->|decisions, counts| watch[(logs and metrics)]',
    '```',
  ].join('\n');

/**
 * The document as Markdown.
 *
 * @param source How the policy is called: its file.
 * @param command What writes the document.
 */
export const renderDataFlow = (policy: Policy, region: string, source: string, command: string): string =>
  `# Data flow

<!-- Written by \`${command}\`. Change the policy, not this file. -->

What the policy in \`${source}\` says of the data of a request, for a function that calls Bedrock in \`${region}\`${policy.mode === 'monitor' ? ', in monitor mode: everything is decided and recorded, nothing is changed' : ''}.

${DIAGRAM(policy)}

## The way of a request

${wayOf(policy)}

${levelSections(policy, region)}

## What is stored

${storedUnder(policy)}
`;
