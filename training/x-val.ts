import { dataExamples } from './examples/data-examples.ts';
import type { Example } from './examples/example.ts';
import { sharedUserExamples } from './examples/shared-corpora.ts';
import { ownUserExamples } from './examples/user-examples.ts';
import { itemOf } from './learn/dataset.ts';
import { auc, pointFor, shareFrom } from './validate/metrics.ts';
import { outOfFold } from './validate/out-of-fold.ts';
import { grammar } from './x-lib.ts';

const args = Object.fromEntries(process.argv.slice(2).map((a) => a.split('=') as [string, string]));
const num = (k: string, d: number) => Number(args[k] ?? d);
const T = performance.now();
const data = args['channel'] === 'data';
const G = num('grammar', 0);
const ex: readonly Example[] = data
  ? dataExamples()
  : [
      ...ownUserExamples(),
      ...sharedUserExamples(),
      ...grammar(G).map(
        (r, i): Example => ({
          text: r.text,
          isAttack: r.y === 1,
          channel: 'user',
          source: r.source,
          group: 'grammar',
          kind: r.y ? 'attack' : 'hard',
          deal: 0,
        }),
      ),
    ];
const options = {
  bits: num('bits', data ? 17 : 18),
  window: num('window', data ? 24 : 40),
  whole: num('whole', data ? 0.1 : 0.3),
  epochs: num('epochs', 3),
  rate: num('rate', 0.3),
  decay: num('decay', 1e-6),
  seed: 1,
};
const items = ex.map((e) => itemOf(e, options.bits));
console.log('items', items.length, ((performance.now() - T) / 1000).toFixed(1));
const groups = data
  ? ['docs', 'bipia', 'own1', 'own2']
  : ['neuralchemy', 'hinglish', 'jailbreaks', 'deepset', 'tasks', 'awesome', 'docs', 'strings'];
const scored = outOfFold(items, data ? groups : groups, options, args['v'] ? console.log : undefined);
const benign = scored.filter((s) => !s.item.example.isAttack && s.item.example.group !== 'obfuscated');
const bySource = Map.groupBy(benign, (s) => s.item.example.source.replace(/^(benign)\/.*\/(\w)/, '$1/$2'));
const pooled = (kinds: string[]) =>
  [...bySource.values()]
    .flatMap((a) => a.filter((s) => kinds.includes(s.item.example.kind)).slice(0, 400))
    .map((s) => s.logit);
const ord = pooled(['ordinary']),
  hard = pooled(['hard']),
  doc = pooled(['document']);
const all = data ? doc : [...ord, ...hard];
const flag = data ? pointFor(doc, 0.01) : Math.max(pointFor(ord, 0.05), pointFor(hard, 0.05));
const block = data ? pointFor(doc, 0.001) : Math.max(pointFor(ord, 0.005), pointFor(hard, 0.02));
console.log(
  'flag',
  flag.toFixed(2),
  'block',
  block.toFixed(2),
  'ord',
  ord.length,
  'hard',
  hard.length,
  'doc',
  doc.length,
  'own flag each',
  pointFor(ord, 0.05).toFixed(2),
  pointFor(hard, 0.05).toFixed(2),
);
const rows = Map.groupBy(scored, (s) => {
  const e = s.item.example;
  const p = e.source.split('/');
  return p.length === 3 ? (p[1] === 'en' ? e.source : `${p[0]}/${p[1]}`) : e.source;
});
const macro: number[] = [],
  rec: number[] = [];
for (const [source, list] of [...rows].sort()) {
  const at = list.filter((s) => s.item.example.isAttack).map((s) => s.logit),
    be = list.filter((s) => !s.item.example.isAttack).map((s) => s.logit);
  const A = at.length ? auc(at, all) : NaN;
  if (at.length > 15 && !source.includes('/')) {
    macro.push(A);
    rec.push(shareFrom(at, flag));
  }
  console.log(
    source.padEnd(34),
    String(at.length).padStart(5),
    String(be.length).padStart(5),
    'auc',
    A.toFixed(3),
    'flag',
    shareFrom(at, flag).toFixed(3),
    'block',
    shareFrom(at, block).toFixed(3),
    '| fp',
    shareFrom(be, flag).toFixed(3),
    shareFrom(be, block).toFixed(3),
  );
}
const m = (a: number[]) => (a.reduce((x, y) => x + y, 0) / a.length).toFixed(4);
console.log('MACRO', m(macro), m(rec), JSON.stringify(options), ((performance.now() - T) / 1000).toFixed(0), 's');
if (args['rules']) {
  const { RULES } = await import('../core/injection/rules/index.ts');
  const { createRuleSet } = await import('../core/injection/rule-set.ts');
  const { createEvidence } = await import('../core/injection/evidence.ts');
  const { readEach } = await import('../core/injection/readings.ts');
  const apply = createRuleSet(RULES);
  const R = scored.map(({ item }) => {
    const ev = createEvidence();
    const plain = new Set<string>();
    readEach(item.example.text.slice(0, 8000), (v, t) => apply(v, t, item.example.channel, ev, plain));
    return ev.score();
  });
  const sg = (x: number) => 1 / (1 + Math.exp(-x));
  const combos: Record<string, (l: number, r: number) => number> = {
    model: (l) => l,
    rules: (_, r) => r,
    max: (l, r) => Math.max(sg(((l - flag) * 1.4) / Math.max(0.3, block - flag)), r),
    noisy: (l, r) => 1 - (1 - sg(((l - flag) * 1.4) / Math.max(0.3, block - flag))) * (1 - r),
    add2: (l, r) => l + 2 * r,
    add4: (l, r) => l + 4 * r,
    add6: (l, r) => l + 6 * r,
    addlog: (l, r) => l + 1.5 * -Math.log(1 - Math.min(0.97, r)),
  };
  for (const [name, f] of Object.entries(combos)) {
    const v = scored.map((s, i) => f(s.logit, R[i]!));
    const idx = new Map(scored.map((s, i) => [s, i]));
    const pool = (kinds: string[]) =>
      [...bySource.values()]
        .flatMap((a) => a.filter((s) => kinds.includes(s.item.example.kind)).slice(0, 400))
        .map((s) => v[idx.get(s)!]!);
    const o = pool(['ordinary']),
      h = pool(['hard']),
      d = pool(['document']);
    const fl = data ? pointFor(d, 0.01) : Math.max(pointFor(o, 0.05), pointFor(h, 0.05)),
      bl = data ? pointFor(d, 0.001) : Math.max(pointFor(o, 0.005), pointFor(h, 0.02));
    const base = data ? d : [...o, ...h];
    const res: string[] = [];
    const aucs: number[] = [],
      fr: number[] = [],
      br: number[] = [];
    for (const [source, list] of [...rows].sort()) {
      const a = list.filter((s) => s.item.example.isAttack).map((s) => v[idx.get(s)!]!);
      if (a.length < 15) continue;
      const A = auc(a, base);
      aucs.push(A);
      fr.push(shareFrom(a, fl));
      br.push(shareFrom(a, bl));
      res.push(`${source.replace('attack/', '')} ${shareFrom(a, fl).toFixed(2)}/${shareFrom(a, bl).toFixed(2)}`);
    }
    console.log(name.padEnd(8), 'auc', m(aucs), 'flag', m(fr), 'block', m(br), res.join(' '));
  }
}
