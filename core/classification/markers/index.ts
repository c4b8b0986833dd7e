/**
 * Markers of business documents: `CONFIDENTIAL`, `Internal use only`, `Classification: restricted`, `TLP:RED`.
 *
 * The rule: a marker counts where it stands as a label, not where somebody speaks of it. A label is
 * 1. a segment of its own: a line, a sentence, or what stands between bars, dashes or brackets, that has nothing in it
 *    but phrases of markers, words that go with them (`document`, `and`, `page`) and, beside a phrase in capitals or of
 *    several words, up to three capitalised words of a name: `ACME Corp CONFIDENTIAL`;
 * 2. a value that was asked for: `Classification: confidential`, `"sensitivity": "restricted"`;
 * 3. TLP and the like in the form that their standards prescribe, as a segment or at an end of the line.
 * A single word that people also say (`Confidential`) must be capitalised. A line that names several levels is a list of
 * them, and no label.
 */

import type { DataLevel } from '../levels.ts';
import { type FoundMarker, labelIn, type Marker, markedOtherwise, type PhraseTable, phraseTable } from './label.ts';
import { FILLERS, LABEL_NAMES, LEVEL_WORDS } from './phrases.ts';
import { segmentsOfLine, undecorated } from './segments.ts';
import { createStemGate } from './stem-gate.ts';
import { isCapitalised, phraseKey } from './words.ts';

export type { FoundMarker, Marker } from './label.ts';

/** Finds the markers of a text. */
export type MarkerFinder = (text: string) => readonly FoundMarker[];

/** Source: FIRST, Traffic Light Protocol 2.0, https://www.first.org/tlp/ */
const TLP_LEVELS: Readonly<Record<string, DataLevel>> = {
  RED: 'restricted',
  'AMBER+STRICT': 'confidential',
  AMBER: 'confidential',
  GREEN: 'internal',
};

/** `TLP:RED` at an end of a line, or before something that parts it from the rest. */
const TLP =
  /^\W{0,10}TLP:\s?(RED|AMBER\+STRICT|AMBER|GREEN)\b|\bTLP:\s?(RED|AMBER\+STRICT|AMBER|GREEN)(?=\s{0,3}(?:$|[-–—|/)\]}>*]))/;

const LEVEL_OF_WORD: ReadonlyMap<string, DataLevel> = new Map(
  (Object.entries(LEVEL_WORDS) as [DataLevel, readonly string[]][]).flatMap(([level, words]) =>
    words.map((word) => [phraseKey(word), level] as const),
  ),
);

const LABELS: ReadonlySet<string> = new Set(LABEL_NAMES.map(phraseKey));

/** `Classification: …`, `"sensitivity" = …` */
const ASKED = /^([^:=：]{2,60})[:=：](.{1,80})/su;

/** What parts the answer of a label from what follows it. */
const ANSWER_END = /[|,;.!"')\]}]|\s[-–—(]/;

/** What a label such as `Classification:` is answered with. */
const askedLevel = (line: string): FoundMarker | undefined => {
  const [, name = '', value = ''] = ASKED.exec(line) ?? [];
  if (
    value === '' ||
    !LABELS.has(
      phraseKey(
        undecorated(name)
          .replaceAll(/[()[\]{}<>]/g, '')
          .trim(),
      ),
    )
  )
    return undefined;
  const [answer = ''] = value.replace(/^[\s|"'*_([{=:]{1,10}/, '').split(ANSWER_END);
  const level = LEVEL_OF_WORD.get(phraseKey(undecorated(answer)));
  return level === undefined || level === 'public' ? undefined : { id: 'label', level };
};

/** Words that, several of them in a line or in lines side by side, make a list of levels. */
const LISTED: ReadonlySet<string> = new Set(
  'public internal confidential restricted secret proprietary sensitive private classified unclassified'.split(' '),
);

/** Names of the fields of a message, before what they say. */
const FIELD = /^(?:subject|betreff|objet|asunto|oggetto|assunto|re|fwd?|aw|title|header|footer|notice|note):\s{0,3}/i;

/** A stamp that a line begins with: `CONFIDENTIAL: …` */
const LEADING = /^([^:：]{2,60})[:：]\s/;

/** A line no longer than this may have a name beside its marker, in UTF-16 units. */
const LINE_WITH_NAMES = 120;

const ITEM = /^\s*(?:\d{1,3}[.)]|[a-z][.)]|[-*+•])\s+/i; // `1. `

/** A line of one of the levels alone, or of what it means. */
const listedIn = (line: string): string | undefined => {
  const item = line.slice(0, 60).replace(ITEM, '');
  const word = undecorated(LEADING.exec(item)?.[1] ?? item).toLowerCase();
  return LISTED.has(word) ? word : undefined;
};

const leadingLabel = (table: PhraseTable, line: string): readonly FoundMarker[] => {
  const text = undecorated(LEADING.exec(line)?.[1] ?? '');
  return isCapitalised(text) ? labelIn(table, { text, bracketed: false }, false) : [];
};

/** The markers of one line. */
const markersOfLine = (table: PhraseTable, whole: string): readonly FoundMarker[] => {
  const line = whole.trimStart().replace(FIELD, '');
  const asked = askedLevel(line);
  if (asked !== undefined) return [asked];
  const found: FoundMarker[] = [];
  const [, first, last] = TLP.exec(line.length > 400 ? line.slice(0, 400) : line) ?? [];
  const colour = first ?? last;
  if (colour !== undefined) found.push({ id: 'tlp', level: TLP_LEVELS[colour] ?? 'restricted' });
  const segments = segmentsOfLine(line);
  if (new Set(segments.map(({ text }) => text.toLowerCase()).filter((text) => LISTED.has(text))).size > 1) return found;
  found.push(...leadingLabel(table, line));
  for (const segment of segments) found.push(...labelIn(table, segment, line.length <= LINE_WITH_NAMES));
  return found;
};

const escaped = (word: string): string => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');

/** Finds your own markers within sentences. */
const anywhereFinder = (own: readonly Marker[]): MarkerFinder => {
  const patterns = own
    .filter(({ anywhere }) => anywhere === true)
    .map(({ id, level, phrases }) => {
      const either = phrases
        .map((phrase) =>
          phrase
            .trim()
            .split(/[\s-]+/)
            .map(escaped)
            .join('[\\s-]{1,3}'),
        )
        .join('|');
      return { id, level, pattern: new RegExp(`(?<![\\p{L}\\d])(?:${either})(?![\\p{L}\\d])`, 'iu') };
    });
  return (text) => patterns.filter(({ pattern }) => pattern.test(text)).map(({ id, level }) => ({ id, level }));
};

/** Most different markers that one text is said to have. */
const MOST_FOUND = 20;

/**
 * Most lines of one text that are looked at closely: those that have a word of a marker. Whoever would hide a marker
 * behind so many need only leave it out.
 */
const MOST_LINES = 4000;

/** A finder of the kit's markers and of your own. Linear; of a long line only the ends are read. */
export const createMarkerFinder = (own: readonly Marker[] = []): MarkerFinder => {
  const table = phraseTable(own);
  const gate = createStemGate([...table.keys(), ...markedOtherwise(), ...LABEL_NAMES, ...LISTED, 'tlp'], FILLERS);
  const findAnywhere = anywhereFinder(own);
  return (text) => {
    const found = new Map<string, FoundMarker>();
    const keep = (markers: readonly FoundMarker[]): void => {
      for (const marker of markers) if (found.size < MOST_FOUND) found.set(`${marker.id} ${marker.level}`, marker);
    };
    keep(findAnywhere(text));
    let listed: string | undefined;
    let waiting: readonly FoundMarker[] = [];
    let end = -1;
    let hit = gate(text, 0);
    for (let lines = 0; hit >= 0 && lines < MOST_LINES; lines++, hit = gate(text, end + 1)) {
      const start = text.lastIndexOf('\n', hit) + 1;
      const isNext = !/\S/.test(text.slice(end + 1, start));
      const newline = text.indexOf('\n', hit);
      end = newline < 0 ? text.length : newline;
      const line = text.slice(start, end);
      const before = isNext ? listed : undefined;
      listed = listedIn(line);
      const isList = listed !== undefined && before !== undefined && before !== listed;
      if (!isList) keep(waiting);
      const markers = isList ? [] : markersOfLine(table, line);
      // Whether it is one of a list, the next line tells.
      waiting = listed === undefined ? [] : markers;
      if (listed === undefined) keep(markers);
    }
    keep(waiting);
    return [...found.values()];
  };
};
