/** Reading variables of the environment. */

import { checkOptions, type OptionCheck } from '../../core/options.ts';

/** @throws Error naming the variable where it is missing or empty, and there is no fallback. */
export const setting = (name: string, fallback?: string): string => {
  const value = process.env[name] ?? fallback;
  if (value === undefined || value === '') throw new Error(`environment: ${name} is missing`);
  return value;
};

/** The variable, or `undefined` where it is missing or empty. */
export const optionalSetting = (name: string): string | undefined => process.env[name] || undefined;

/**
 * A setting in JSON. What the parser says of JSON quotes it: that is left out.
 *
 * @throws Error where it is not JSON, TypeError where `check` refuses it; both name the variable, neither its content.
 */
export const jsonSetting = <T>(name: string, fallback: T, check: OptionCheck): T => {
  const json = optionalSetting(name);
  if (json === undefined) return fallback;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Error(`environment: ${name} is not JSON`);
  }
  checkOptions('environment', { [name]: value }, { [name]: check });
  return value as T;
};
