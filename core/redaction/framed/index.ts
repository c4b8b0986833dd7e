import type { Redactor } from '../redactor.ts';
import type { Finding } from '../types.ts';

export type Framing = 'sse' | 'ndjson' | 'text';
export interface FramedRedactor {
  push(chunk: string): string;
  end(): string;
  readonly findings: readonly Finding[];
}
export const createFramedRedactor = (redactor: Redactor, _framing: Framing): FramedRedactor => redactor.stream();
