/**
 * Source code in a text: lines that read like a program, close together. A leaky bucket fills with them and empties with
 * prose, so a word of code within an explanation is none. Configuration, logs and data (JSON, YAML, CSV) are no code.
 */

/** How code was recognised. */
export type SourceCodeSign = 'fenced-block' | 'code-lines' | 'dense-line';

/** A line that hardly anything but a program has. */
const STRONG = new RegExp(
  [
    // import x from 'y'; import os; from a.b import c; #include <x>; using X.Y; package x.y; require('x')
    /^(?:import\s+(?:[\w*{}, ]{1,80}\s+from\s+['"]|['"][^'"]{1,100}['"];?$|(?:static\s+)?[\w.]{1,80}(?:\.\*)?(?:;|\s+as\s+\w{1,40})?$))/,
    /^from\s+[\w.]{1,80}\s+import\s/,
    /^#\s?(?:include\s*[<"]|define\s+\w|ifdef\s|ifndef\s|pragma\s|!\/)/,
    /^(?:using\s+(?:static\s+|namespace\s+)?[\w.]{1,80};|package\s+[\w.]{1,80};?$|<\?php\b|use\s+[\w\\:]{1,80}(?:::\{|;))/,
    // function f(…); def f(…): async fn f(…); func (r *T) f(…); sub f {; class X: export class X extends Y {
    /^(?:export\s+|default\s+|async\s+|public\s+|private\s+|protected\s+|static\s+|pub(?:\(\w{1,10}\))?\s+|override\s+|inline\s+|final\s+){0,5}(?:function\*?\s*\w{0,60}\s*\(|(?:def|fn|func|fun|sub)\s+[\w.?!]{1,60}\s*[[(<{]|func\s+\(\w|(?:class|interface|struct|enum|trait|impl|namespace|module|object|record)\s+[\w<>:., ]{1,100}(?:[{:]|\(.{0,80}\):)?$)/,
    /^(?:(?:public|private|protected|internal|static|final|virtual|async|abstract|readonly)\s+){1,5}[\w<>[\],.?]{1,60}\s+\w{1,60}\s*(?:\(|=|;|\{)/,
    // const x = …; let mut x: T = …; var x = …; $x = …; x := …; int x = 1;
    /^(?:export\s+)?(?:const|let|var|val|final)\s+(?:mut\s+)?[\w{}[\], $]{1,80}(?:\s*:\s*[\w<>[\],.| ]{1,60})?\s*=/,
    /^(?:\$\w{1,60}(?:->\w{1,60}|\[.{0,40}\])?\s*[.+-]?=[^=]|\w{1,60}(?:,\s*\w{1,60}){0,4}\s*:=\s)/,
    /^(?:unsigned\s+|const\s+)?(?:int|char|float|double|bool|boolean|long|void|size_t|string|String|auto)[*&]?\s+[*&]?\w{1,60}\s*(?:=|;|\(|\[)/,
    // if (…) {; for (…) {; while (…); switch (…) {; } else {; if x == 1: for x in y:
    /^(?:\}\s*)?(?:else\s+)?(?:if|for|foreach|while|switch|catch|with)\s*\(.{0,200}\)\s*(?:\{|$|return\b|throw\b|continue;|break;)/,
    /^(?:\}\s*(?:else|finally|catch)\b|(?:try|do|else|finally)\s*\{$|(?:try|else|finally):$|except\s+\w{0,60}.{0,40}:$|(?:elif|if|while)\s.{1,160}(?:==|!=|<|>|\bin\b|\bnot\b|\bis\b|\().{0,160}:$|for\s+\w{1,40}(?:,\s?\w{1,40})?\s+in\s.{1,160}(?::|\{|; do)$|with\s+.{1,160}\s+as\s+\w{1,60}:$)/,
    /^(?:return|throw|yield|await|raise|assert)\b.{0,200};$|^return\s+[\w.[\]]{1,60}(?:\(.{0,160}\)|\s[-+*/%&|<>=]{1,3}\s.{1,120})$/,
    // f(…); x.y(…); x = f(…)
    /^(?:this\.|self\.|await\s+|std::|new\s+)?\w{1,60}(?:(?:\.|->|::)\w{1,60}){0,6}\s*(?:[-+*/|&]?=\s*[^=].{0,200}|\(.{0,200}\));$/,
    /^(?:self|this)\.\w{1,60}(?:\.\w{1,60}){0,4}\s*[-+*/]?=[^=]|^(?:print|println|printf|console\.\w{1,10}|fmt\.\w{1,20}|System\.out\.\w{1,10}|puts|echo)\s*\(?["'`$f]/,
    // SQL, shell, markup, annotations, patches
    /^(?:SELECT\s.{1,200}\sFROM\s|INSERT\s+INTO\s|UPDATE\s\S{1,80}\sSET\s|DELETE\s+FROM\s|CREATE\s+(?:OR\s+REPLACE\s+)?(?:TABLE|VIEW|INDEX|FUNCTION|PROCEDURE)\s|ALTER\s+TABLE\s)/,
    /^(?:if\s\[{1,2}\s.{1,120}\]{1,2};?(?:\s?then)?$|export\s+[A-Z_]{2,60}=|(?:fi|done|esac)$|(?:FROM|RUN|ENTRYPOINT|CMD)\s+(?:\[|[a-z0-9./-]{2,60}(?::|\s)))/,
    /^(?:@\w[\w.]{0,60}\(.{0,120}\)$|@@\s-\d|diff\s--git\s|<\/?(?:html|head|body|script|style|div)\b|(?:resource|data|provider)\s"[\w-]{1,60}"\s.{0,80}\{$)/,
    /=>\s*[{(]?$|\)\s*(?::\s*[\w<>[\], |]{1,60}\s*|->\s*[\w<>[\], &']{1,60}\s*)?\{$|\)\s*=>\s/,
  ]
    .map(({ source }) => `(?:${source})`)
    .join('|'),
);

/** A line that goes with code: it closes or opens a block, ends a statement, assigns or calls something. */
const WEAK =
  /^[\])}]{1,6}[;,)]{0,3}$|[;{]$|^(?:end|begin|pass|break|continue|else|then|do)$|^<\/?[a-z][\w:-]{0,40}(?:\s[^<>]{0,200})?>|^[$@%]?\w[\w.]{0,60}(?:\[[^\]]{0,40}\])?\s[-+*/|&]?=\s\S|^(?:if|elif|else|for|while|with|try|except|finally)\b.{0,160}:$|^(?:\w{1,60}\.){0,6}\w{1,60}\(.{0,200}\)$|^(?:return|raise|my|our|local|unless|elsif|assert)\s/;

/** The commonest of them. */
const CLOSING = /^[\])}{]{1,3}[;,)]?$/; // });

/** A line that says nothing either way: a comment, or what a list of arguments is made of. */
const NEUTRAL = /^(?:\/\/|\/\*|\*|#|--|;;|"""|'''|<!--)|,$|^[([{]/;

/** What a line may begin with that is not its own: a quotation, a patch, a prompt, the number of the line. */
const BEFORE = /^(?:[ \t]|[+>-](?![-+>])|\$[ \t]|\d{1,5}[:|][ \t]?|>>>[ \t])*/;

/** What every strong line has in it, and few lines of prose. */
const MAY_BE_CODE =
  /[;{}()=<>#@$"'[\]]|:$|^(?:import|from|package|return|using|use|fi|done|esac|end|begin|pass|break|continue|else|then|do|FROM|RUN|SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|CMD|ENTRYPOINT)\b/;

/** Signs of code in a line that holds much of it, as minified scripts do. */
const DENSE = /\bfunction\b|=>|\breturn\b|\bvar\b|\bconst\b|\)\{|\};|===|!==|&&|\|\||\w\(\w{1,20}\)[;,)]/g;

/** A line from which on it may hold a program of its own, in UTF-16 units; no more than that much of it is read. */
const LONG_LINE = 160;
const READ_LINE = 2000;
/** Signs that make a long line code. */
const DENSE_SIGNS = 8;

/** What fills the bucket, how full it must be, and how full it can be. */
const FULL = 6;
const MOST = 8;
/** Of the lines in the bucket, so many must be strong. */
const MIN_STRONG = 2;

const FENCE = /^(?:```|~~~)\s{0,4}([\w+#.-]{0,30})/; // ```python

/** Languages of fenced blocks that are none. */
const NO_LANGUAGE: ReadonlySet<string> = new Set(
  'text txt plain plaintext markdown md output log logs csv tsv json jsonl yaml yml toml ini mermaid quote'.split(' '),
);

/**
 * How source code shows in a text, or `undefined` where it does not.
 *
 * @example
 * sourceCodeIn('```py\nprint(1)\n```'); // 'fenced-block'
 */
export const sourceCodeIn = (text: string): SourceCodeSign | undefined => {
  let bucket = 0;
  let strong = 0;
  let fenced = false;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const raw = text.slice(start, Math.min(end, start + READ_LINE));
    start = end + 1;
    const line = raw.replace(BEFORE, '').trimEnd();
    if (line === '') continue;
    const fence = FENCE.exec(line);
    if (fence !== null) {
      const language = (fence[1] ?? '').toLowerCase();
      fenced = language !== '' && !NO_LANGUAGE.has(language);
      continue;
    }
    if (fenced) return 'fenced-block';
    if (line.length > LONG_LINE && (line.match(DENSE)?.length ?? 0) >= DENSE_SIGNS) return 'dense-line';
    if (CLOSING.test(line)) {
      bucket = Math.min(MOST, bucket + 1);
    } else if (!MAY_BE_CODE.test(line)) {
      if (!line.endsWith(',')) bucket = Math.max(0, bucket - 2);
    } else if (STRONG.test(line.length > 400 ? line.slice(0, 400) : line)) {
      bucket = Math.min(MOST, bucket + 2);
      strong += 1;
    } else if (WEAK.test(line)) bucket = Math.min(MOST, bucket + 1);
    else if (!NEUTRAL.test(line)) bucket = Math.max(0, bucket - 2);
    if (bucket === 0) strong = 0;
    if (bucket >= FULL && strong >= MIN_STRONG) return 'code-lines';
  }
  return undefined;
};
