/** A source whose checks can be switched off: what is written around each of them. */

import type { Node } from './syntax.ts';

/** What is written into a source, at an offset in UTF-16 units. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** What opens and what closes around the check of a number. */
export type Switch = (number: number) => readonly [open: Insertion, close: Insertion];

/** A place that can be switched off. Offsets are UTF-16 units. */
export interface Switched {
  readonly start: number;
  readonly end: number;
  readonly switched: Switch;
}

/** Says whether the check of a number is off; a source with switches calls it where a check would refuse. */
export const OFF = '__isRemoved';

/** Runs a check that is a call, unless it is off. */
export const RUN = '__runUnlessRemoved';

const around =
  ({ start, end }: Node, open: (number: number) => string, close: (number: number) => string): Switch =>
  (number) => [
    { at: start, text: open(number) },
    { at: end, text: close(number) },
  ];

/** A statement that is left out. */
export const leftOut = (statement: Node): Switch =>
  around(
    statement,
    (number) => `{ if (!${OFF}(${number})) `,
    () => ' }',
  );

/** A call that is not made. */
export const notCalled = (call: Node): Switch =>
  around(
    call,
    (number) => `${RUN}(${number}, () => `,
    () => ')',
  );

/** A condition that holds, whatever it says. */
export const held = (condition: Node): Switch =>
  around(
    condition,
    () => '((',
    (number) => `) || ${OFF}(${number}))`,
  );

/** A condition that does not hold, whatever it says. */
export const failed = (condition: Node): Switch =>
  around(
    condition,
    () => '((',
    (number) => `) && !${OFF}(${number}))`,
  );

/** A source whose checks can each be switched off, one within another, too. `first` is the number of its first check. */
export const switchable = (source: string, checks: readonly Switched[], first: number): string => {
  const pairs = checks
    .map((check, index) => ({ check, pair: check.switched(first + index) }))
    // What stands around another is written first: it opens before it, and closes behind it.
    .sort(({ check: a }, { check: b }) => a.start - b.start || b.end - a.end);
  const opening = pairs.map(({ pair }) => pair[0]);
  const closing = pairs.map(({ pair }) => pair[1]).reverse();
  // At one place what closes comes before what opens.
  const insertions = [...closing, ...opening].sort((a, b) => a.at - b.at);
  let written = '';
  let from = 0;
  for (const { at, text } of insertions) {
    written += source.slice(from, at) + text;
    from = at;
  }
  return written + source.slice(from);
};
