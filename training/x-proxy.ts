import { readFileSync } from 'node:fs';
import { createEvidence } from '../core/injection/evidence.ts';
import { estimate } from '../core/injection/model/linear.ts';
import { readEach } from '../core/injection/readings.ts';
import { createRuleSet } from '../core/injection/rule-set.ts';
import { RULES } from '../core/injection/rules/index.ts';
import { CHANNELS } from './channels.ts';
import { rowsOf } from './examples/shared-corpora.ts';
import { itemOf } from './learn/dataset.ts';
import { learn } from './learn/learner.ts';
import { quantised } from './learn/quantise.ts';
import { weightsOf } from './learn/weights.ts';
import { pick, seeded } from './random.ts';
import { foldsOf } from './validate/folds.ts';
import { auc, pointFor, shareFrom } from './validate/metrics.ts';

const R = seeded(4);
const gram = (l: string) => {
  const g: Record<string, string[]> = {};
  let k = '';
  for (const ln of readFileSync(`/work/shared/prototypes/injection-grammars/${l}.txt`, 'utf8').split('\n')) {
    const m = /^\[(\w+)\]$/.exec(ln);
    if (m) g[(k = m[1]!)] = [];
    else if (ln.trim()) g[k]!.push(ln);
  }
  return g;
};
const ex = (g: any, s: string, d = 0): string =>
  s.replace(/\{(\w+)\}/g, (a, k) => (g[k] && d < 5 ? ex(g, pick(R, g[k]), d + 1) : a));
const en = gram('en');
const xs = ['de', 'fr', 'es', 'ru', 'zh', 'ja', 'pt'].map(gram);
const docs = rowsOf('repo_docs')
  .filter((_, i) => Math.floor(i / 425) === 2)
  .map((r) => r.text);
const tables = rowsOf('bipia_ctx_table_train').map((r) => r.text);
const long = () => [pick(R, docs), pick(R, docs), pick(R, docs)];
const put = (p: string) => {
  const d = long();
  d.splice(Math.floor(R() * 4), 0, p);
  return d.join('\n\n');
};
const sets: Record<string, string[]> = {
  explicit: Array.from({ length: 300 }, () => put(ex(en, pick(R, en['d']!.slice(0, 11))))),
  override: Array.from({ length: 300 }, () =>
    put(
      ex(
        en,
        pick(R, [
          pick(R, en['v']!) + '. ' + pick(R, en['t']!),
          pick(R, en['x']!),
          pick(R, en['pre']!) + ' ' + pick(R, en['v']!),
        ]),
      ),
    ),
  ),
  foreign: Array.from({ length: 300 }, () => {
    const g = pick(R, xs);
    return put(
      ex(
        g,
        pick(
          R,
          g['d']!.filter((x) => !x.startsWith('{act2')),
        ),
      ),
    );
  }),
  tasks: Array.from({ length: 300 }, () => put(pick(R, en['act2']!))),
  bipia: rowsOf('bipia_text_attack_train').flatMap((r) =>
    [0, 1, 2].map(() => {
      const t = pick(R, tables);
      return R() < 0.5 ? `${r.text}\n${t}` : `${t}\n${r.text}`;
    }),
  ),
  cleanDocs: Array.from({ length: 600 }, () => long().join('\n\n')),
  cleanTables: tables,
};
const apply = createRuleSet(RULES);
const rules = (t: string) => {
  const ev = createEvidence();
  const p = new Set<string>();
  readEach(t, (v, k) => apply(v, k, 'data', ev, p));
  return ev.score();
};
const plan = CHANNELS[1]!;
const args = Object.fromEntries(process.argv.slice(2).map((a) => a.split('=') as [string, string]));
const o = {
  ...plan.options,
  ...Object.fromEntries(Object.entries(args).map(([k, v]) => [k, Number.isNaN(Number(v)) ? v : Number(v)])),
} as typeof plan.options;
const items = plan.examples().map((e) => itemOf(e, o.bits));
const folds = foldsOf(items, plan.groups);
const f = {
  learned: items.filter((i) => i.example.use !== 'try' && i.example.group !== 'docs 2' && i.example.group !== 'bipia'),
};
void folds;
const W0 = weightsOf(f.learned);
const PW = Number(args['pw'] ?? 1),
  TW = Number(args['tw'] ?? 1),
  BW = Number(args['bw'] ?? 1),
  AW = Number(args['aw'] ?? 1);
const head = quantised(
  learn(
    f.learned,
    (i) =>
      W0(i) *
      (!i.example.isAttack
        ? BW
        : i.example.source.startsWith('planted')
          ? PW
          : i.example.source.startsWith('tasks')
            ? TW
            : /^attack\/(?:en\/(?:override|hijack|authority|tools|extraction|controls-off)|[a-z]+\/mixed)/.test(
                  i.example.source,
                )
              ? AW
              : 0),
    o,
  ),
);
const uplan = CHANNELS[0]!;
const uitems = args['user']
  ? uplan
      .examples()
      .filter((e) => e.group !== 'docs' || e.source !== 'repo_docs')
      .map((e) => itemOf(e, uplan.options.bits))
  : [];
const uhead = args['user']
  ? {
      ...quantised(learn(uitems, weightsOf(uitems), uplan.options)),
      whole: Number(args['uwhole'] ?? 0),
      window: Number(args['uwin'] ?? 40),
    }
  : undefined;
const LU = (t: string) => {
  let l = -99;
  readEach(t, (v, k) => {
    l = Math.max(l, estimate(uhead!, v, k).logit);
  });
  return l;
};
const L = (t: string) => {
  let l = -99;
  readEach(t, (v, k) => {
    l = Math.max(l, estimate(head, v, k).logit);
  });
  return l;
};
const S = Object.fromEntries(Object.entries(sets).map(([k, v]) => [k, v.map((t) => [L(t), rules(t)] as const)]));
const cd = S['cleanDocs']!.map((x) => x[0]),
  ct = S['cleanTables']!.map((x) => x[0]);
const t = pointFor(cd, 0.01),
  tt = pointFor(ct, 0.01);
console.log(
  JSON.stringify(o),
  'rules fp',
  S['cleanDocs']!.filter((x) => x[1] >= 0.5).length / 600,
  't',
  t.toFixed(2),
  tt.toFixed(2),
);
for (const k of ['explicit', 'override', 'foreign', 'tasks', 'bipia']) {
  const v = S[k]!;
  const th = k === 'bipia' ? tt : t;
  console.log(
    k.padEnd(9),
    'rules.5',
    (v.filter((x) => x[1] >= 0.5).length / v.length).toFixed(3),
    'model auc',
    auc(
      v.map((x) => x[0]),
      k === 'bipia' ? ct : cd,
    ).toFixed(3),
    '@1',
    shareFrom(
      v.map((x) => x[0]),
      th,
    ).toFixed(3),
    'either',
    (v.filter((x) => x[1] >= 0.5 || x[0] >= th).length / v.length).toFixed(3),
  );
}
if (uhead) {
  const U = Object.fromEntries(Object.entries(sets).map(([k, v]) => [k, v.map(LU)]));
  for (const q of [0.01, 0.005, 0.003]) {
    const ut = pointFor(U['cleanDocs']!, q),
      utt = pointFor(U['cleanTables']!, q),
      dt = pointFor(cd, q),
      dtt = pointFor(ct, q);
    console.log(
      'user head q',
      q,
      ut.toFixed(2),
      utt.toFixed(2),
      ['explicit', 'override', 'foreign', 'tasks', 'bipia']
        .map(
          (k) =>
            `${k} ${shareFrom(U[k]!, k === 'bipia' ? utt : ut).toFixed(3)} either ${(U[k]!.filter((x, i) => x >= (k === 'bipia' ? utt : ut) || S[k]![i]![0] >= (k === 'bipia' ? dtt : dt) || S[k]![i]![1] >= 0.5).length / U[k]!.length).toFixed(3)}`,
        )
        .join(' | '),
    );
  }
}
if (args['v'])
  for (const [i, s] of S['explicit']!.entries())
    if (s[1] < 0.5 && i < 60) console.log(s[0].toFixed(2), s[1].toFixed(2));
if (args['show']) {
  const where = (t: string) => {
    let b: any;
    readEach(t, (v, k) => {
      const e = estimate(head, v, k);
      if (!b || e.logit > b.logit) b = { ...e, s: k.starts[e.first], e: k.ends[e.end - 1], d: v.disguise };
    });
    return b;
  };
  const seen = new Set<string>();
  for (const t of sets['cleanDocs']!.map((t) => ({ t, b: where(t) })).sort((x, y) => y.b.logit - x.b.logit)) {
    const s = t.t.slice(t.b.s, t.b.e);
    if (seen.has(s)) continue;
    seen.add(s);
    console.log('CLEAN', t.b.logit.toFixed(2), t.b.d ?? '', JSON.stringify(s).slice(0, 140));
    if (seen.size > 25) break;
  }
  for (const t of sets['explicit']!.slice(0, 25)) {
    const b = where(t);
    console.log('EXPL', b.logit.toFixed(2), JSON.stringify(t.slice(b.s, b.e)).slice(0, 140));
  }
}
