import { auc, build, corpora, DEFAULT, grammar, type Opt, own, quant, seeded, train } from './x-lib.ts';

const o: Opt = {
  ...DEFAULT,
  ...Object.fromEntries(
    process.argv
      .slice(2)
      .filter((a) => /^[a-zA-Z0-9]+=[\d.e-]+$/.test(a))
      .map((a) => {
        const [k, v] = a.split('=');
        return [k, Number(v)];
      }),
  ),
} as Opt;
const flags = process.argv.slice(2).filter((a) => a.startsWith('--'));
const G = Number(flags.find((f) => f.startsWith('--grammar='))?.slice(10) ?? 300);
const T0 = performance.now();
let rows = [...corpora(), ...(flags.includes('--noown') ? [] : own()), ...grammar(G)];
const seen = new Set<string>();
rows = rows.filter((r) => {
  const k = `${r.y}${r.text}`;
  if (seen.has(k)) return false;
  seen.add(k);
  return true;
});
const data = build(rows, o.bits);
const per: Record<string, number> = {};
rows.forEach((r) => {
  const k = r.source.startsWith('own') ? `own/${r.y}` : r.source + r.y;
  per[k] = (per[k] ?? 0) + 1;
});
const weights = Float64Array.from(
  rows,
  (r) =>
    Math.min(3, Math.sqrt(400 / per[r.source.startsWith('own') ? `own/${r.y}` : r.source + r.y]!)) *
    (r.source.startsWith('own') ? Math.sqrt(per[`own/${r.y}`]! / 400) : 1),
);
const groups = ['neuralchemy', 'hinglish', 'jailbreak', 'deepset', 't0', 'awesome', 'docs', 'ui', 'obf'];
const R = seeded(9);
const foldOf = rows.map((r) =>
  r.group === 'own' || r.group === 'grammar' ? Math.floor(R() * groups.length) : groups.indexOf(r.group),
);
console.log(
  'rows',
  rows.length,
  'own',
  rows.filter((r) => r.group === 'own').length,
  `${((performance.now() - T0) / 1000).toFixed(1)}s`,
);
const oof = new Float64Array(rows.length).fill(NaN);
for (let g = 0; g < groups.length; g++) {
  const held = rows.flatMap((_, i) => (foldOf[i] === g && rows[i]!.group !== 'grammar' ? [i] : []));
  const near = new Set<number>();
  const keys = new Set<number>();
  for (const i of held) {
    for (const s of data.shingles[i]!) near.add(s);
    keys.add(data.key[i]!);
  }
  const heldSet = new Set(held);
  let dropped = 0;
  const idx = rows.flatMap((r, i) => {
    if (heldSet.has(i)) return [];
    if (keys.has(data.key[i]!)) {
      dropped++;
      return [];
    }
    if (r.group !== 'own' && r.group !== 'grammar') {
      let c = 0;
      const sh = data.shingles[i]!;
      for (const s of sh) if (near.has(s)) c++;
      if (c > sh.length * 0.5) {
        dropped++;
        return [];
      }
    }
    return [i];
  });
  const m = train(data, idx, weights, o);
  for (const i of held) oof[i] = m.score(data.feats[i]!, data.ends[i]!);
  if (flags.includes('-v')) console.log(groups[g], 'train', idx.length, 'dropped', dropped);
}
const isOrd = (s: string) =>
  [
    't0_prompts',
    'selfinstruct_seed',
    'ui_strings_multi',
    'hinglish_eval',
    'hinglish_train',
    'neuralchemy',
    'deepset_train',
    'awesome_chatgpt_prompts',
    'own/benign/en/ordinary',
  ].includes(s);
const sel = (f: (i: number) => boolean) => rows.flatMap((_, i) => (!Number.isNaN(oof[i]!) && f(i) ? [oof[i]!] : []));
// pooled benign, each source capped
const capped = (want: (s: string) => boolean, cap: number) => {
  const by: Record<string, number[]> = {};
  rows.forEach((r, i) => {
    if (r.y === 0 && !Number.isNaN(oof[i]!) && want(r.source)) (by[r.source] ??= []).push(oof[i]!);
  });
  return Object.values(by).flatMap((a) => {
    const rr = seeded(3);
    return a
      .map((x) => [rr(), x] as const)
      .sort((p, q) => p[0] - q[0])
      .slice(0, cap)
      .map((x) => x[1]);
  });
};
const benign = capped((s) => s !== 'obf_benign_dev', 400);
const benignC = capped((s) => !s.startsWith('own') && s !== 'obf_benign_dev', 400);
const t5 = quant(benign, 0.95),
  t5c = quant(benignC, 0.95),
  t05 = quant(benign, 0.995),
  t05c = quant(benignC, 0.995);
console.log(
  `benign ${benign.length} thr5 ${t5.toFixed(2)} (corpora ${t5c.toFixed(2)}) thr.5% ${t05.toFixed(2)} (${t05c.toFixed(2)})`,
);
const srcs = [
  ...new Set(
    rows.map((r) =>
      r.source.startsWith('own')
        ? r.source
            .split('/')
            .slice(0, r.source.includes('/en/') ? 4 : 3)
            .join('/')
        : r.source,
    ),
  ),
].filter((s) => !s.startsWith('grammar'));
const macro: number[] = [],
  rec: number[] = [];
for (const s of srcs) {
  const pos = sel((i) => rows[i]!.source.startsWith(s) && rows[i]!.y === 1),
    neg = sel((i) => rows[i]!.source.startsWith(s) && rows[i]!.y === 0);
  const fr = (a: number[], t: number) => (a.length ? (a.filter((x) => x > t).length / a.length).toFixed(3) : '  -  ');
  const A = pos.length ? auc(pos, benign) : NaN;
  if (pos.length && !s.startsWith('own')) {
    macro.push(A);
    rec.push(pos.filter((x) => x > t5).length / pos.length);
  }
  console.log(
    s.padEnd(36),
    String(pos.length).padStart(5),
    String(neg.length).padStart(5),
    'auc',
    A.toFixed(3),
    'own-auc',
    (pos.length && neg.length ? auc(pos, neg) : NaN).toFixed(3),
    'recall@5',
    fr(pos, t5),
    '@5c',
    fr(pos, t5c),
    'fp@5',
    fr(neg, t5),
    '| @.5',
    fr(pos, t05),
    'fp',
    fr(neg, t05),
  );
}
console.log(
  'MACRO auc',
  (macro.reduce((a, b) => a + b, 0) / macro.length).toFixed(4),
  'recall@5',
  (rec.reduce((a, b) => a + b, 0) / rec.length).toFixed(4),
  JSON.stringify(o),
  `${((performance.now() - T0) / 1000).toFixed(0)}s`,
);
