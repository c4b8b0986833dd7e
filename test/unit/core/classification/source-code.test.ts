import { describe, expect, test } from 'vitest';
import { sourceCodeIn } from '../../../../core/classification/source-code.ts';
import { timeOf } from '../../../support/time-of.ts';

const CODE: Readonly<Record<string, string>> = {
  'a fenced block': 'Look at this:\n```python\nprint("pear")\n```',
  Python:
    'import os\nfrom sys import argv\n\ndef main(path):\n    for line in open(path):\n        print(line)\n    return 0\n',
  TypeScript:
    "import { a } from './a.ts';\n\nexport const b = (c: string): number => {\n  const d = a(c);\n  return d + 1;\n};\n",
  Java: 'public class Pear {\n  private int weight = 1;\n\n  public int weight() {\n    return weight;\n  }\n}\n',
  Go: 'package main\n\nimport "fmt"\n\nfunc main() {\n\tx := 1\n\tfmt.Println(x)\n}\n',
  Rust: 'use std::fs;\n\nfn main() {\n    let mut n = 0;\n    n += 1;\n    println!("{n}");\n}\n',
  C: '#include <stdio.h>\n\nint main(void) {\n  printf("pear\\n");\n  return 0;\n}\n',
  SQL: "SELECT id, name FROM pears WHERE weight > 10;\nINSERT INTO pears VALUES (1, 'Abate');\nDELETE FROM pears;\n",
  shell: '#!/bin/bash\nset -e\nexport PEARS=3\nif [ -f orchard ]; then\n  echo "$PEARS"\nfi\n',
  PHP: '<?php\n$pears = array(1, 2);\nforeach ($pears as $pear) {\n  echo "$pear";\n}\n',
  'a quoted patch': '> diff --git a/x b/x\n> @@ -1,3 +1,4 @@\n> +const a = 1;\n> +const b = f(a);\n',
  'a minified script':
    'var a=function(b){return b&&b.c===1||d(b)};const e=f=>{return f.map(g=>{return g})};var h=function(i){var j=k(i);return j};const l=m=>m&&n(m);var o=function(){return 1};',
};

describe('source code is recognised', () => {
  test.each(Object.entries(CODE))('%s', (_, text) => {
    expect(sourceCodeIn(text)).toBeDefined();
    expect(sourceCodeIn(`Why does this not work?\n\n${text}\n\nThank you very much.`)).toBeDefined();
  });
});

const NONE: Readonly<Record<string, string>> = {
  prose: 'Import duties rose.\nReturn to the office (again).\nFor those in need; if not: wait.\nClass is out;\n'.repeat(
    20,
  ),
  'a word of code within an explanation':
    'Call f(x) and look at `const a = 1;` then.\nIt is a constant.\nNothing more.\n',
  JSON: JSON.stringify({ name: 'pear', parts: [{ a: 1 }, { b: [1, 2] }], text: 'return to sender;' }, null, 2),
  YAML: 'service: pears\nprovider:\n  name: aws\n  memory: 512\nfunctions:\n  chat:\n    handler: chat.handler\n',
  'an ini file': '[server]\nhost = example\nport = 8080\nname = pears\n\n[client]\nretries = 3\nwait = 10\n',
  CSV: 'id,name,weight\n1,Abate,210\n2,Conference,190\n3,Williams,180\n',
  'a log': '2026-11-30T10:00:00Z INFO request done (200) in 3 ms\n'.repeat(10),
  'a fenced text': '```text\nFor your files.\nNothing to run here.\n```',
  'a list': '- buy pears;\n- wash them;\n- eat them;\n- return the box;\n',
  'a letter':
    'Dear Ada,\n\nThank you for your letter; I have read it.\nIf you agree, I will come (on Monday).\n\nYours,\nGrace\n',
};

test.each(Object.entries(NONE))('%s is no source code', (_, text) => {
  expect(sourceCodeIn(text)).toBeUndefined();
});

test.each(['{', '(a(', 'function ', 'a=b;c', 'const a', 'x => ', '\t', '{;', '```', 'a.b->', '@a(', 'SELECT  '])(
  'hostile %j takes time in proportion to its length',
  (unit) => {
    const of = (length: number) => `${unit.repeat(Math.ceil(length / unit.length))}\nand so on\n`;
    const [short, long] = [of(50_000), of(400_000)];
    sourceCodeIn(short);
    const limit = 8 * 4 * timeOf(() => sourceCodeIn(short)) + 20;
    expect(timeOf(() => sourceCodeIn(long), limit)).toBeLessThan(limit);
  },
);
