/** Languages, and the names that fences call them. */

const ALIASES = {
  shell:
    'sh bash zsh ksh fish dash console shell shellscript shell-session sh-session terminal powershell pwsh ps ps1 posh cmd bat batch dos csh tcsh',
  javascript: 'js javascript jsx mjs cjs node',
  typescript: 'ts typescript tsx mts cts',
  python: 'py python python3 py3 ipython pycon',
  ruby: 'rb ruby',
  perl: 'pl perl',
  php: 'php php3 phtml',
  java: 'java kotlin kt kts scala groovy',
  c: 'c h cpp c++ cc cxx hpp objc objective-c csharp cs c#',
  go: 'go golang',
  rust: 'rs rust',
  sql: 'sql mysql pgsql postgresql postgres plpgsql sqlite tsql plsql',
  html: 'html htm xhtml svg xml vue svelte',
  css: 'css scss sass less',
  configuration:
    'yaml yml json jsonc json5 toml ini env dotenv properties conf config cfg hcl tf terraform nginx editorconfig plist',
  dockerfile: 'dockerfile docker containerfile make makefile',
  diff: 'diff patch',
  text: 'text txt plain plaintext markdown md none log output',
} as const;

/** A language that a policy can name. */
export type Language = keyof typeof ALIASES | 'other';

/** Languages that a policy can name. */
export const LANGUAGES: readonly Language[] = [...(Object.keys(ALIASES) as (keyof typeof ALIASES)[]), 'other'];

const byAlias: ReadonlyMap<string, Language> = new Map(
  Object.entries(ALIASES).flatMap(([language, names]) => names.split(' ').map((name) => [name, language as Language])),
);

const WORD = /^[\s{.]{0,64}(?:language-|lang-)?([^\s{},:;]{1,40})/i; // ```{.bash}, ``` sh title="x", ```ts:file.ts

/** The language of a fence's info string. */
export const languageOf = (info: string): Language => {
  const word = WORD.exec(info)?.[1]?.toLowerCase();
  return word === undefined ? 'other' : (byAlias.get(word) ?? 'other');
};
