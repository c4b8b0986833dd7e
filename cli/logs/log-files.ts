/** The files that a command line names. */

import { createReadStream } from 'node:fs';
import { harmlessLine, type Output } from '../output.ts';
import type { AuditReader } from './audit-reader.ts';
import type { ByteSource } from './plain-text.ts';

const open = (file: string): ByteSource => (file === '-' ? process.stdin : createReadStream(file));

/** Why a file cannot be read, e.g. `ENOENT`. */
export const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'unknown error';
};

/** Reads logs to their ends; `-` is standard input. @returns Whether all could be read; says which could not. */
export const readLogFiles = async (
  command: string,
  files: readonly string[],
  { read }: Pick<AuditReader, 'read'>,
  output: Output,
): Promise<boolean> => {
  for (const file of files)
    try {
      await read(open(file));
    } catch (error) {
      const name = file === '-' ? 'standard input' : harmlessLine(file);
      output.error(`${command}: ${name} cannot be read: ${codeOf(error)}\n`);
      return false;
    }
  return true;
};

/** Says that there was nothing to count in what was read. */
export const nothingCounted = (
  command: string,
  { other, leftOut, unreadable }: ReturnType<AuditReader['counts']>,
): string =>
  `${command}: no audit record to count (${other} other lines, ${leftOut} records of another time or mode, ${unreadable} unreadable)\n`;
