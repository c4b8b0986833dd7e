import { CHANNELS } from './channels.ts';
import { itemOf } from './learn/dataset.ts';
import { outOfFold } from './validate/out-of-fold.ts';

const plan = CHANNELS[0]!;
const items = plan.examples().map((e) => itemOf(e, plan.options.bits));
const s = outOfFold(items, plan.groups, plan.options);
for (const g of ['english', 'latin', 'other']) {
  const rows = s.filter((x) => x.language === g && !x.item.example.isAttack).sort((a, b) => b.logit - a.logit);
  console.log('=====', g, rows.length, 'attacks', s.filter((x) => x.language === g && x.item.example.isAttack).length);
  const by: Record<string, number> = {};
  for (const r of rows.slice(0, Math.floor(rows.length * 0.04))) {
    const k = r.item.example.source;
    by[k] = (by[k] ?? 0) + 1;
  }
  console.log(JSON.stringify(by));
  const seen: Record<string, number> = {};
  for (const r of rows.slice(0, 400)) {
    const k = r.item.example.source;
    seen[k] = (seen[k] ?? 0) + 1;
    if (seen[k]! > 4) continue;
    console.log(r.logit.toFixed(2), r.rules.toFixed(2), k, JSON.stringify(r.item.example.text.slice(0, 140)));
  }
}
