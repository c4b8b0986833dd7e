import { CHANNELS } from './channels.ts';
import { itemOf } from './learn/dataset.ts';
import type { LearnOptions } from './learn/learner.ts';
import { auc, pointFor, shareFrom } from './validate/metrics.ts';
import { outOfFold } from './validate/out-of-fold.ts';

const plan = CHANNELS[1]!;
const args = Object.fromEntries(process.argv.slice(2).map((a) => a.split('=') as [string, string]));
const n = (k: string, d: number) => Number(args[k] ?? d);
const options: LearnOptions = {
  ...plan.options,
  bits: n('bits', 17),
  parts: (args['parts'] ?? 'sentences') as 'sentences',
  window: n('window', 40),
  prior: n('prior', 20),
  whole: n('whole', 0),
  epochs: n('epochs', 3),
  rate: n('rate', 0.3),
  decay: n('decay', 1e-6),
};
const items = plan.examples().map((e) => itemOf(e, options.bits));
const scored = outOfFold(items, plan.groups, options);
const ben = (f: (s: string) => boolean) =>
  scored.filter((s) => !s.item.example.isAttack && f(s.item.example.source)).map((s) => s.logit);
const sets: Record<string, number[]> = {
  own: ben((s) => s.startsWith('documents')),
  repo: ben((s) => s.startsWith('repo')),
  table: ben((s) => s.startsWith('bipia')),
  t0: ben((s) => s.startsWith('t0')),
};
console.log(JSON.stringify(options));
for (const [k, v] of Object.entries(sets))
  console.log(
    k,
    v.length,
    '1%',
    pointFor(v, 0.01).toFixed(2),
    '3%',
    pointFor(v, 0.03).toFixed(2),
    '5%',
    pointFor(v, 0.05).toFixed(2),
  );
for (const [name, f] of Object.entries({
  planted: (s: string) => s.startsWith('planted'),
  tasks: (s: string) => s.startsWith('tasks'),
  attackEn: (s: string) => s.startsWith('attack/en'),
  attackX: (s: string) => /^attack\/(?!en)/.test(s),
  bipiaText: (s: string) => s === 'bipia_text_attack_train',
  bipiaCode: (s: string) => s === 'bipia_code_attack_train',
})) {
  const sc = scored.filter((s) => s.item.example.isAttack && f(s.item.example.source));
  const a = sc.map((s) => s.logit);
  console.log(
    name.padEnd(10),
    a.length,
    'rules',
    (sc.filter((s) => s.rules >= 0.5).length / a.length).toFixed(3),
    Object.entries(sets)
      .map(
        ([k, v]) =>
          `${k}: auc ${auc(a, v).toFixed(3)} @1 ${shareFrom(a, pointFor(v, 0.01)).toFixed(2)} @3 ${shareFrom(a, pointFor(v, 0.03)).toFixed(2)}`,
      )
      .join(' | '),
  );
}
