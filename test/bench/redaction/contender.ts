/** What is measured: ways to redact a text, behind one face. */

/** A text in pieces: what comes out after each, and at the end. */
export interface RedactingStream {
  push(chunk: string): string | Promise<string>;
  end(): string | Promise<string>;
}

/** A redactor. */
export interface Redacting {
  redact(text: string): string | Promise<string>;
  /** Not all have one. */
  readonly stream?: () => RedactingStream;
}

/** A way to redact texts. */
export interface Contender {
  /** Of the column. */
  readonly name: string;
  /** Imports it, and makes a redactor of it. */
  load(): Promise<Redacting>;
}

/** What the columns are measured against. */
export const OWN = 'bedrock-bulwark';

const own = (name: string, entities: 'default' | 'all'): Contender => ({
  name,
  async load() {
    const { createRedactor } = await import('../../../core/redaction/index.ts');
    const redactor = createRedactor({ entities });
    return { redact: (text) => redactor.redact(text).text, stream: () => redactor.stream() };
  },
});

/** This kit's redactor: with its defaults, and with everything that it can find. */
export const KIT: readonly Contender[] = [own(OWN, 'default'), own("the same, 'all'", 'all')];
