/** What the texts of a call are: each is read once in an invocation. */

import { remember } from '../../core/bounded-map.ts';
import { mapCallTexts } from '../../core/classification/call-texts.ts';
import type { Classification, DataGate, FieldText, TextClassification } from '../../core/classification/index.ts';
import { besideEachOther, neighboursIn } from '../../core/classification/joined-texts.ts';
import { documentReadingsIn } from '../../core/converse/document-text.ts';
import { type ConverseInput, member } from '../../core/converse/types.ts';

/** Most texts that an invocation remembers the classification of. */
const MOST_REMEMBERED = 10_000;

/** Classifications by {@link keyOf}. */
export type TextMemory = Map<string, TextClassification>;

/** What the texts of a call are, and the names in it. */
export interface FoundInCall {
  /** By {@link keyOf}. */
  readonly texts: ReadonlyMap<string, TextClassification>;
  readonly names: readonly Classification[];
}

/** No two texts, nor a text and the value of a field, have the same. */
export const keyOf = (text: string, field: string | undefined): string =>
  field === undefined ? `:${text}` : `${field.length}:${field}${text}`;

const asUnmaskable = (found: Classification | undefined): readonly Classification[] =>
  found === undefined ? [] : [{ ...found, unmaskable: found.level }];

/** Texts that the model reads one after the other. */
const neighboursOf = ({ system = [], messages = [] }: ConverseInput): readonly (readonly string[])[] => {
  const lists: (readonly unknown[])[] = [system];
  for (const { content = [] } of messages) {
    lists.push(content);
    for (const block of content) {
      const results = member(block, 'toolResult')?.['content'];
      if (Array.isArray(results)) lists.push(results);
    }
  }
  return lists.flatMap(neighboursIn);
};

/** Classifies what is new in a call. */
export const classifyTexts = (call: ConverseInput, { classifier }: DataGate, memory: TextMemory): FoundInCall => {
  const texts = new Map<string, TextClassification | undefined>();
  const fresh = new Map<string, FieldText>();
  const names = new Set<string>();
  const note = (text: string, field?: string): string => {
    const key = keyOf(text, field);
    if (texts.has(key)) return text;
    const known = memory.get(key);
    texts.set(key, known);
    if (known === undefined) fresh.set(key, { text, field });
    return text;
  };
  const noteName = (name: string): void => void names.add(keyOf(note(name), undefined));
  mapCallTexts(call, { text: note, name: noteName });
  // Bytes stay as they are.
  for (const text of documentReadingsIn(call)) noteName(text);
  const runs = neighboursOf(call).map((run) => ({ run, whole: keyOf(note(run.join('')), undefined) }));
  const classified = classifier.classifyEach([...fresh.values()]);
  for (const [index, key] of [...fresh.keys()].entries()) {
    const found = classified[index];
    if (found === undefined) continue;
    texts.set(key, found);
    remember(memory, key, found, MOST_REMEMBERED);
  }
  const known = texts as Map<string, TextClassification>;
  // A value that stands in several texts is in each of them.
  for (const { run, whole } of runs) {
    const together = known.get(whole);
    const own = run.flatMap((text) => known.get(keyOf(text, undefined)) ?? []);
    if (together === undefined || own.length < run.length) continue;
    for (const [index, found] of besideEachOther(run, own, together).entries())
      known.set(keyOf(run[index] ?? '', undefined), found);
  }
  // Whatever a name holds stays in it: what is called so would not be found by another one.
  return { texts: known, names: [...names].flatMap((key) => asUnmaskable(known.get(key))) };
};
