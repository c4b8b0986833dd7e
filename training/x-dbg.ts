import { estimate } from '../core/injection/model/linear.ts';
import { readEach } from '../core/injection/readings.ts';
import { CHANNELS } from './channels.ts';
import { itemOf } from './learn/dataset.ts';
import { learn } from './learn/learner.ts';
import { quantised } from './learn/quantise.ts';
import { weightsOf } from './learn/weights.ts';
import { foldsOf } from './validate/folds.ts';
import { auc } from './validate/metrics.ts';

const plan = CHANNELS[1]!;
const ex = plan.examples();
const items = ex.map((e) => itemOf(e, plan.options.bits));
const fold = foldsOf(items, plan.groups)[3]!;
const wo = weightsOf(fold.learned);
let A = 0,
  B = 0,
  na = 0,
  nb = 0;
for (const i of fold.learned)
  if (i.example.isAttack) {
    A += wo(i);
    na++;
  } else {
    B += wo(i);
    nb++;
  }
console.log('weights attack', A, na, 'benign', B, nb);
const m = learn(fold.learned, wo, plan.options);
const head = quantised(m);
console.log('bias', m.bias, 'scale', head.scale);
const whole = { ...head, parts: 'windows' as const, window: 100000, whole: 1 };
const L = (text: string, h = head) => {
  let l = -99;
  readEach(text, (v, t) => {
    l = Math.max(l, estimate(h, v.units, t).logit);
  });
  return l;
};
const isIn = new Set(fold.learned);
const seg = items.filter((i) => i.example.use === 'learn' && !isIn.has(i) && i.example.group === 'own');
const a = seg
    .filter((i) => i.example.isAttack && i.example.source.startsWith('planted'))
    .map((i) => L(i.example.text, whole)),
  b = seg.filter((i) => !i.example.isAttack && i.example.source.startsWith('doc')).map((i) => L(i.example.text, whole));
console.log(
  'segment auc',
  auc(a, b),
  a.length,
  b.length,
  'mean',
  a.reduce((x, y) => x + y, 0) / a.length,
  b.reduce((x, y) => x + y, 0) / b.length,
);
const tr = fold.learned.slice(0, 6000);
console.log(
  'train auc',
  auc(
    tr.filter((i) => i.example.isAttack).map((i) => L(i.example.text, whole)),
    tr.filter((i) => !i.example.isAttack).map((i) => L(i.example.text, whole)),
  ),
);

import { builtInModels } from '../core/injection/model/built-in.ts';
import { pointFor, shareFrom } from './validate/metrics.ts';

const left = fold.left;
const la = left.filter((i) => i.example.source.startsWith('planted')),
  lb = left.filter((i) => i.example.source.startsWith('documents')),
  lt = left.filter((i) => i.example.source.startsWith('tasks')),
  le = left.filter((i) => i.example.source.startsWith('attack/en'));
for (const parts of ['sentences', 'windows'] as const)
  for (const window of parts === 'windows' ? [12, 24, 40] : [24, 40])
    for (const w of [0, -0.3, -0.6, -1]) {
      const h = { ...head, parts, window, whole: w };
      const B = lb.map((i) => L(i.example.text, h));
      const t = pointFor(B, 0.01),
        t3 = pointFor(B, 0.03);
      const r = (x: typeof la) => {
        const S = x.map((i) => L(i.example.text, h));
        return `${auc(S, B).toFixed(3)} ${shareFrom(S, t).toFixed(3)} ${shareFrom(S, t3).toFixed(3)}`;
      };
      console.log(parts, window, w, 'planted', r(la), 'tasks', r(lt), 'attack', r(le));
    }
