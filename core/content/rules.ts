/** What a line that is no fence can be: a command, a query, configuration. */

import type { Language } from './languages.ts';
import type { ContentKind } from './types.ts';

/** A kind of line. */
export interface LineRule {
  readonly kind: ContentKind;
  readonly language: Language;
  /** The first word of a line that may be one: the line is waited for. */
  readonly word: RegExp;
  /** The whole line. */
  readonly line: RegExp;
  /** The whole line, in small letters. */
  readonly folded?: RegExp;
  /** Where it ends. */
  readonly until: 'line' | 'statement';
}

const SHELLS = String.raw`(?:sudo[ \t]{1,4})?(?:/(?:usr/)?bin/)?(?:ba|z|da|k|a|tc|fi)?sh\b`;

/** `| sh`, `| sudo bash -s`, `| iex`: what is fetched or decoded gets run. */
export const PIPE_TO_SHELL: RegExp = new RegExp(
  String.raw`\|[ \t]{0,8}(?:${SHELLS}|(?:python|perl|ruby|node|php)[0-9.]{0,4}\b|iex\b|invoke-expression\b)`,
  'iy',
);
/** Options that make `rm` or PowerShell dangerous, read after the command's name. */
export const DANGEROUS_OPTION: RegExp =
  /-(?:[rRfvi]{0,4}[rR][rRfvi]{0,4}f|[rRfvi]{0,4}f[rRfvi]{0,4}[rR]|e(?:nc?|ncodedcommand)?\b)/iy;

/** First words of lines that may be dangerous commands. */
const COMMAND =
  /^(?:\$|sudo|doas|rm|dd|mkfs(?:\.\w{1,8})?|chmod|chown|curl|wget|fetch|bash|sh|zsh|eval|exec|nc|ncat|base64|echo|powershell|pwsh|powershell\.exe|iex|iwr|irm|certutil|bitsadmin|reg|schtasks|del|rd|rmdir|format|net|crontab|pip|pip3|npm|npx|apt|apt-get|brew|docker|kubectl|git|ssh|scp|export|source|invoke-\w{1,20}|start-process|set-executionpolicy|:\(\)\{?|ps|[\w.-]{1,32}@[\w.-]{1,64}[:~]\S{0,64})$/i;
/** Whole lines that are commands. */
const COMMAND_LINE = new RegExp(
  `^(?:${[
    String.raw`\$[ \t]{1,4}[a-z./~_][^\n]*`, // $ ls
    String.raw`(?:sudo|doas)[ \t]{1,4}-{0,2}[a-z][\w./-]*(?:[ \t][^\n]*)?`, // sudo rm x
    String.raw`ps [^\n>]{0,80}>[ \t]*\S[^\n]*`, // PS C:\> dir
    String.raw`[\w.-]{1,32}@[\w.-]{1,64}[:~][^\s$#]{0,64}[$#][ \t][^\n]*`, // ada@host:~$ ls
    String.raw`rm[ \t]{1,4}-[a-z-]{1,20}[ \t][^\n]*`, // rm -r x
    String.raw`dd[ \t]{1,4}(?:if|of|bs)=[^\n]*`,
    String.raw`mkfs(?:\.\w{1,8})?[ \t]{1,4}(?:-|/dev)[^\n]*`,
    String.raw`ch(?:mod|own)[ \t]{1,4}(?:-R[ \t]{1,4})?(?:[0-7]{3,4}|[ugoa]{0,4}[+=-][rwxst]{1,6}|\w{1,32}:\w{0,32})[ \t][^\n]*`,
    String.raw`(?:curl|wget|fetch)[ \t]{1,4}(?:-|https?:|ftp:|["'$])[^\n]*`, // curl https://
    String.raw`(?:ba|z)?sh[ \t]{1,4}(?:-c\b|<\(|[\w./-]{1,64}\.sh\b)[^\n]*`,
    String.raw`(?:eval|exec)[ \t]{1,4}["'$\x60(][^\n]*`,
    String.raw`(?:nc|ncat)[ \t]{1,4}-[^\n]*`,
    String.raw`(?:base64|echo)[ \t][^\n|]*\|[^\n]*sh\b[^\n]*`,
    String.raw`(?:powershell|pwsh)(?:\.exe)?[ \t]{1,4}[-/][^\n]*`, // powershell -enc
    String.raw`(?:iex|iwr|irm)[ \t]{0,4}[(\x22'$h-][^\n]*`,
    String.raw`(?:certutil|bitsadmin|schtasks)(?:\.exe)?[ \t]{1,4}[-/][^\n]*`,
    String.raw`(?:reg[ \t]{1,4}(?:add|delete)|net[ \t]{1,4}(?:user|localgroup))[ \t][^\n]*`,
    String.raw`(?:del|rd|rmdir|format)[ \t]{1,4}(?:/[a-z]|[a-z]:)[^\n]*`,
    String.raw`crontab[ \t]{1,4}-[^\n]*`,
    String.raw`(?:pip3?|npm|npx|apt|apt-get|brew)[ \t]{1,4}(?:-\w{1,12}[ \t]{1,4})?(?:install|i|add|exec|update|upgrade)\b[^\n]*`,
    String.raw`(?:docker|kubectl)[ \t]{1,4}(?:run|exec|apply|delete|rm|build|pull)[ \t][^\n]*`,
    String.raw`git[ \t]{1,4}(?:clone|push|reset|clean|config|pull)\b[^\n]*`,
    String.raw`(?:ssh|scp)[ \t]{1,4}(?:-|\S{1,64}@)[^\n]*`,
    String.raw`export[ \t]{1,4}[A-Z_][A-Z0-9_]{0,64}=[^\n]*`,
    String.raw`source[ \t]{1,4}[~./][^\n]*`,
    String.raw`(?:invoke-(?:expression|webrequest|restmethod|command)|start-process|set-executionpolicy)\b[^\n]*`,
    String.raw`:\(\)[ \t]{0,4}\{[^\n]*`,
  ].join('|')})$`,
  'i',
);

const QUERY_WORD =
  /^(?:select|insert|update|delete|drop|alter|create|truncate|grant|revoke|merge|exec|execute|with|union|replace)$/i;
const NAME = String.raw`[\w."'\x60\[\]$#@]{1,128}`;
/** In capitals the shape of a query is enough. */
const QUERY_LINE = new RegExp(
  `^(?:${[
    String.raw`SELECT\b[^\n]*`,
    String.raw`(?:INSERT|MERGE|REPLACE)[ \t]{1,4}INTO[ \t][^\n]*`,
    String.raw`UPDATE[ \t]{1,4}${NAME}(?:[ \t]{1,4}SET\b[^\n]*|[ \t]*)`,
    String.raw`DELETE[ \t]{1,4}FROM[ \t][^\n]*`,
    String.raw`(?:DROP|ALTER|CREATE|TRUNCATE)[ \t]{1,4}(?:(?:OR REPLACE|TEMP|TEMPORARY|UNIQUE|MATERIALIZED)[ \t]{1,4})?(?:TABLE|DATABASE|SCHEMA|INDEX|VIEW|USER|ROLE|FUNCTION|PROCEDURE|TRIGGER)\b[^\n]*`,
    String.raw`(?:GRANT|REVOKE)[ \t][^\n]*\b(?:ON|TO|FROM)\b[^\n]*`,
    String.raw`EXEC(?:UTE)?[ \t]{1,4}(?:xp_|sp_|\()[^\n]*`,
    String.raw`WITH[ \t]{1,4}(?:RECURSIVE[ \t]{1,4})?\w{1,64}[ \t]{1,4}AS[ \t]{0,4}\([^\n]*`,
    String.raw`UNION[ \t]{1,4}(?:ALL[ \t]{1,4})?SELECT\b[^\n]*`,
  ].join('|')})$`,
);
/** In small letters it must not read as English: `;` at the end, or signs. */
/** What follows `from` and `into` in English, not in a query. */
const NO_ARTICLE = String.raw`(?!(?:the|an?|my|your|our|his|her|their|its|this|that|these|those|all|any|each|memory|here|there)\b)`;
const FOLDED_QUERY_LINE = new RegExp(
  `^(?:${[
    String.raw`(?:select[ \t]{1,4}(?:\*|[\w.]{1,64}\(|[^\n;]{1,200}\bfrom[ \t]{1,4}${NO_ARTICLE}\w{1,64})|insert[ \t]{1,4}into[ \t]{1,4}${NO_ARTICLE}|delete[ \t]{1,4}from[ \t]{1,4}${NO_ARTICLE}|update[ \t]{1,4}\w{1,64}[ \t]{1,4}set[ \t]|(?:drop|alter|create|truncate)[ \t]{1,4}(?:table|database|view|user)[ \t])[^\n]*;[^\n]*`,
    String.raw`select[ \t]{1,4}\*[ \t]{1,4}from\b[^\n]*`,
  ].join('|')})$`,
);

const ENV_WORD = /^(?:export|[A-Z][A-Z0-9_]{1,63}=\S{0,448})$/;
const ENV_LINE = /^[A-Z][A-Z0-9_]{1,63}=(?![=~>])[^\n]*$/;

/** Kinds of lines, the likeliest first. */
export const LINE_RULES: readonly LineRule[] = [
  { kind: 'command', language: 'shell', word: COMMAND, line: COMMAND_LINE, until: 'line' },
  { kind: 'query', language: 'sql', word: QUERY_WORD, line: QUERY_LINE, folded: FOLDED_QUERY_LINE, until: 'statement' },
  { kind: 'configuration', language: 'configuration', word: ENV_WORD, line: ENV_LINE, until: 'line' },
];

/** Whether a line is what a rule says. */
export const isLineOf = ({ line, folded }: LineRule, text: string): boolean =>
  line.test(text) || (folded?.test(text.toLowerCase()) ?? false);
