import { conceptsOf } from '../core/injection/model/concepts.ts';
import { BLOCK, featuresOf } from '../core/injection/model/features.ts';
import { fold } from '../core/text/fold.ts';
import { tokenise } from '../core/text/tokens.ts';
import { CHANNELS } from './channels.ts';
import { itemOf } from './learn/dataset.ts';
import { learn } from './learn/learner.ts';
import { quantised } from './learn/quantise.ts';
import { weightsOf } from './learn/weights.ts';
import { seeded } from './random.ts';
import { foldsOf } from './validate/folds.ts';
import { auc, pointFor, shareFrom } from './validate/metrics.ts';

const plan = CHANNELS[1]!;
const items = plan.examples().map((e) => itemOf(e, plan.options.bits));
const MAXW = 40;
const unitsOf = (text: string, head: any): number[] => {
  const { units } = fold(text);
  const t = tokenise(units);
  const shift = Math.clz32(head.weights.length - 1);
  const c = conceptsOf(t);
  const sums = new Float64Array(t.count + 1),
    cn = new Int32Array(t.count + 1);
  let s = 0;
  for (let f = 0; f < t.count; f += BLOCK) {
    const { hashes, ends } = featuresOf(units, t, c, f);
    const w = Math.min(BLOCK, t.count - f);
    let at = 0;
    const base = cn[f]!;
    for (let i = 0; i < w; i++) {
      for (; at < ends[i]!; at++) s += head.weights[hashes[at]! >>> shift];
      sums[f + i + 1] = s;
      cn[f + i + 1] = base + at;
    }
  }
  const out: number[] = [];
  let from = 0;
  for (let to = 1; to <= t.count; to++) {
    const end = to === t.count || t.breaks[to]! >= 6;
    if (!(end && to - from >= 3) && to - from < MAXW && to < t.count) continue;
    out.push(head.bias + (head.scale * (sums[to]! - sums[from]!)) / Math.sqrt(cn[to]! - cn[from]! + 20));
    from = to;
  }
  return out.length ? out : [head.bias];
};
const X: number[][] = [],
  Y: number[] = [],
  S: string[] = [],
  G: string[] = [];
for (const f of foldsOf(items, plan.groups)) {
  const head = quantised(learn(f.learned, weightsOf(f.learned), plan.options));
  for (const i of f.left) {
    const u = unitsOf(i.example.text, head).sort((a, b) => b - a);
    const n = u.length;
    const mean = u.reduce((a, b) => a + b, 0) / n;
    const sd = Math.sqrt(u.reduce((a, b) => a + (b - mean) ** 2, 0) / n);
    const rest = u.slice(1);
    const m2 = rest.length ? rest.reduce((a, b) => a + b, 0) / rest.length : -2;
    const sd2 = rest.length ? Math.sqrt(rest.reduce((a, b) => a + (b - m2) ** 2, 0) / rest.length) : 1;
    X.push([u[0]!, u[1] ?? -2, m2, sd2, Math.log(n), (u[0]! - m2) / (sd2 + 0.7), u[0]! - (u[1] ?? -2), 1]);
    Y.push(i.example.isAttack ? 1 : 0);
    S.push(i.example.source);
    G.push(f.group);
  }
}
// logistic with group cv
const names = ['max', 'second', 'mean', 'sd', 'ln n', 'z', 'gap', '1'];
const fit = (idx: number[], cols: number[]) => {
  const mu = cols.map((c) => idx.reduce((a, i) => a + X[i]![c]!, 0) / idx.length),
    sg = cols.map((c, k) => Math.sqrt(idx.reduce((a, i) => a + (X[i]![c]! - mu[k]!) ** 2, 0) / idx.length) || 1);
  const w = cols.map(() => 0);
  let b = 0;
  const R = seeded(3);
  for (let e = 0; e < 6; e++)
    for (let k = 0; k < idx.length; k++) {
      const i = idx[Math.floor(R() * idx.length)]!;
      let z = b;
      cols.forEach((c, j) => {
        z += (w[j]! * (X[i]![c]! - mu[j]!)) / sg[j]!;
      });
      const g = (1 / (1 + Math.exp(-z)) - Y[i]!) * 0.02;
      cols.forEach((c, j) => {
        w[j]! -= (g * (X[i]![c]! - mu[j]!)) / sg[j]!;
      });
      b -= g;
    }
  return (i: number) => {
    let z = b;
    cols.forEach((c, j) => {
      z += (w[j]! * (X[i]![c]! - mu[j]!)) / sg[j]!;
    });
    return z;
  };
};
const docs: Record<string, (s: string) => boolean> = {
  own: (s) => s.startsWith('documents'),
  repo: (s) => s.startsWith('repo'),
  table: (s) => s.startsWith('bipia_ctx'),
};
const atts: Record<string, (s: string) => boolean> = {
  planted: (s) => s.startsWith('planted'),
  tasks: (s) => s.startsWith('tasks'),
  attackEn: (s) => s.startsWith('attack/en'),
  bipia: (s) => s === 'bipia_text_attack_train',
  code: (s) => s === 'bipia_code_attack_train',
};
const idxAll = X.map((_, i) => i);
for (const [name, cols] of Object.entries({
  max: [0],
  'max,ln': [0, 4],
  'max,mean,sd': [0, 2, 3],
  'max,mean,sd,ln': [0, 2, 3, 4],
  z: [5],
  gap: [6],
  all: [0, 1, 2, 3, 4, 5, 6],
})) {
  const sc = new Float64Array(X.length);
  for (const g of new Set(G)) {
    const f =
      cols.length === 1
        ? (i: number) => X[i]![cols[0]!]!
        : fit(
            idxAll.filter((i) => G[i] !== g),
            cols,
          );
    for (const i of idxAll) if (G[i] === g) sc[i] = f(i);
  }
  const D = Object.fromEntries(
    Object.entries(docs).map(([k, f]) => [k, idxAll.filter((i) => !Y[i] && f(S[i]!)).map((i) => sc[i]!)]),
  );
  const pool = [...D['own']!.slice(0, 500), ...D['repo']!.slice(0, 500), ...D['table']!.slice(0, 500)];
  console.log(
    name.padEnd(16),
    Object.entries(atts)
      .map(([k, f]) => {
        const a = idxAll.filter((i) => Y[i] && f(S[i]!)).map((i) => sc[i]!);
        return `${k} auc ${auc(a, pool).toFixed(3)} own ${auc(a, D['own']!).toFixed(3)} tab ${auc(a, D['table']!).toFixed(3)} @1 ${shareFrom(a, pointFor(pool, 0.01)).toFixed(2)} @3 ${shareFrom(a, pointFor(pool, 0.03)).toFixed(2)}`;
      })
      .join(' | '),
  );
}
