/** Lines of `training/data`, each with where it stands: what a fault is reported by. */

import { globSync, readFileSync } from 'node:fs';
import { RULES } from '../../core/injection/rules/index.ts';
import type { Channel } from '../../core/injection/types.ts';

const DATA = new URL('../data/', import.meta.url);

/** A file of `training/data`, as it is on the disk. */
export interface DataText {
  /** Path below `training/data`: `attack/en/override.txt`. */
  readonly file: string;
  readonly content: string;
}

/** Reads all files of `training/data`, in order of their names. */
export const readData = (): readonly DataText[] =>
  globSync('**/*', { cwd: DATA, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.replaceAll('\\', '/'))
    .map((path) => path.slice(path.lastIndexOf('/training/data/') + '/training/data/'.length))
    .sort()
    .map((file) => ({ file, content: readFileSync(new URL(file, DATA), 'utf8') }));

/** Whether a line is an attack, in each channel that it is learned from. */
export type Labels = Readonly<Partial<Record<Channel, boolean>>>;

/** Labels of the lines of a folder. */
const LABELS: Readonly<Record<string, Labels>> = {
  attack: { user: true, data: true },
  benign: { user: false },
  documents: { user: false, data: false },
  planted: { data: true },
  // Harmless from a caller; a document has nothing to ask.
  tasks: { data: true },
};

/** A line, as it is written and as it is read. */
export interface DataLine {
  readonly file: string;
  /** From 1. */
  readonly number: number;
  /** `attack`, `benign`, `planted`, `tasks`, `documents`; other folders have no lines. */
  readonly folder: string;
  /** Code of the language, `any` where a folder is not parted by languages. */
  readonly language: string;
  /** Name of the file: a technique, or a kind of text. */
  readonly technique: string;
  readonly labels: Labels;
  /** As written, on one line. */
  readonly raw: string;
  /** As learned from: `\n` is a line break. */
  readonly text: string;
}

/** The lines of texts that have labels. A line end behind the last line makes no further one. */
export const linesOf = (texts: readonly DataText[]): readonly DataLine[] =>
  texts.flatMap(({ file, content }) => {
    const parts = file.replace(/\.txt$/, '').split('/');
    const folder = parts[0] ?? '';
    const labels = Object.hasOwn(LABELS, folder) ? LABELS[folder] : undefined;
    if (labels === undefined) return [];
    const technique = parts.at(-1) ?? '';
    const language = parts.length > 2 ? (parts[1] ?? 'any') : 'any';
    return content
      .replace(/\n$/, '')
      .split('\n')
      .map((raw, index) => ({
        file,
        number: index + 1,
        folder,
        language,
        technique,
        labels,
        raw,
        text: raw.replaceAll('\\n', '\n'),
      }));
  });

/** What the rules must catch and spare, as lines: the model learns from it too, so that it must not say otherwise. */
export const ruleLines = (): readonly DataLine[] =>
  RULES.flatMap(({ id, channels, caught, spared }) => {
    const line = (isAttack: boolean) => (text: string, index: number) => ({
      file: `rules/${id}/${isAttack ? 'caught' : 'spared'}`,
      number: index + 1,
      folder: 'rules',
      language: 'any',
      technique: id,
      labels: Object.fromEntries(channels.map((channel) => [channel, isAttack])),
      raw: text.replaceAll('\n', '\\n'),
      text,
    });
    return [...caught.map(line(true)), ...spared.map(line(false))];
  });
