import { createEvidence } from '../core/injection/evidence.ts';
import { readEach } from '../core/injection/readings.ts';
import { createRuleSet } from '../core/injection/rule-set.ts';
import { RULES } from '../core/injection/rules/index.ts';
import { sharedUserExamples } from './examples/shared-corpora.ts';
import { ownUserExamples } from './examples/user-examples.ts';

const apply = createRuleSet(RULES);
const min = Number(process.argv[2] ?? 0.8);
const hits: Record<string, { a: number; b: number; ex: string[] }> = {};
for (const e of [...ownUserExamples(), ...sharedUserExamples()]) {
  const ev = createEvidence();
  const plain = new Set<string>();
  readEach(e.text, (v, t) => apply(v, t, 'user', ev, plain));
  if (ev.score() < min) continue;
  for (const f of ev.findings()) {
    const h = (hits[f.rule] ??= { a: 0, b: 0, ex: [] });
    if (e.isAttack) h.a++;
    else {
      h.b++;
      if (f.score > 0.5)
        h.ex.push(`${e.source}: ${e.text.slice(Math.max(0, f.start - 70), f.end + 50).replaceAll('\n', '⏎')}`);
    }
  }
}
for (const [r, h] of Object.entries(hits).sort((x, y) => y[1].b - x[1].b)) {
  if (!h.b) continue;
  console.log(r, 'attacks', h.a, 'benign', h.b);
  for (const x of h.ex.slice(0, Number(process.argv[3] ?? 6))) console.log('     ', x);
}
