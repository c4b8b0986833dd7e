import { CHANNELS } from './channels.ts';
import { itemOf } from './learn/dataset.ts';
import { learn } from './learn/learner.ts';
import { outOfFold } from './validate/out-of-fold.ts';

const plan = CHANNELS[0]!;
const items = plan.examples().map((e) => itemOf(e, plan.options.bits));
const s = outOfFold(items, plan.groups, plan.options);
const m = learn(items.slice(0, 3000), () => 1, plan.options);
console.log('bias', m.bias);
for (const src of process.argv.slice(2)) {
  const rows = s
    .filter((x) => x.item.example.source === src && !x.item.example.isAttack)
    .sort((a, b) => b.logit - a.logit);
  console.log(src, rows.length);
  for (const r of rows.slice(0, 25))
    console.log(r.logit.toFixed(2), r.language, r.rules.toFixed(2), JSON.stringify(r.item.example.text.slice(0, 130)));
}
