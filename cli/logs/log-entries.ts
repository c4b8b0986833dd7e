/** Log entries out of the text of a log, in the forms in which AWS and its tools write logs. Bounded, whatever comes. */

/** Takes a text piece by piece, gives the entries in it: texts that may hold a record. */
export interface EntryScanner {
  push(text: string): readonly Entry[];
  end(): readonly Entry[];
}

/** A text that may hold a record, or the place of one that was too long to be read. */
export type Entry = string | typeof TOO_LONG;

/** Stands for an entry that was too long. */
export const TOO_LONG: unique symbol = Symbol('too long');

/** Longest entry, in UTF-16 units: CloudWatch Logs takes a megabyte. */
export const MAX_ENTRY = 1_048_576;

/** One entry a line: raw logs, `aws logs tail`, the text output of `filter-log-events`, CSV. */
export const createLineScanner = (): EntryScanner => {
  let rest = '';
  let skipping = false;
  const take = (line: string): Entry | undefined => {
    if (skipping || line.length > MAX_ENTRY) {
      skipping = false;
      return TOO_LONG;
    }
    return line.trim() === '' ? undefined : line;
  };
  return {
    push(text) {
      const [first = '', ...others] = text.split('\n');
      const lines = [rest + first, ...others];
      rest = lines.pop() ?? '';
      const entries = lines.map(take).filter((entry) => entry !== undefined);
      if (rest.length > MAX_ENTRY) {
        rest = '';
        skipping = true;
      }
      return entries;
    },
    end() {
      const entry = skipping || rest !== '' ? take(rest) : undefined;
      rest = '';
      return entry === undefined ? [] : [entry];
    },
  };
};

/** Deepest nesting of a document that is followed. */
const MAX_DEPTH = 256;

/** An object that has begun. */
interface OpenObject {
  readonly start: number;
  /** Whether it has the member that tells what is looked for. */
  marked: boolean;
}

/** An entry, where it ends, and how many objects it is in. */
interface FoundEntry {
  readonly entry: Entry;
  readonly at: number;
  readonly depth: number;
}

/**
 * Entries within one JSON document, however it is laid out: every string that holds a record (`events[].message`,
 * `results[][].value`, `logEvents[].message`), and every object that is one.
 */
export const createDocumentScanner = (member = 'audit'): EntryScanner => {
  const name = JSON.stringify(member);
  /** The text since `base`, as far back as an entry may be long. */
  let window = '';
  let base = 0;
  let at = 0;
  let stringStart: number | undefined;
  let escaped = false;
  let depth = 0;
  let open: OpenObject[] = [];
  let afterName = false;
  const found: FoundEntry[] = [];

  /**
   * What stands within a member of an entry is content, which can have been made to look like one. A row of a query may have
   * the member that tells beside the message that is the entry: what it has itself stays.
   */
  const dropContent = (start: number): void => {
    const first = found.findLastIndex((other) => other.at <= start) + 1;
    found.push(...found.splice(first).filter((other) => other.depth <= depth + 1));
  };

  /** Entries that nothing which is still open can turn out to have as its content. */
  const release = (): readonly Entry[] => {
    const young = open.find(({ start }) => start >= at - MAX_ENTRY)?.start ?? at;
    const kept = found.findIndex((other) => other.at >= young);
    return found.splice(0, kept < 0 ? found.length : kept).map(({ entry }) => entry);
  };

  const since = (start: number): Entry =>
    start < base || at - start > MAX_ENTRY ? TOO_LONG : window.slice(start - base, at - base + 1);

  const endString = (start: number): Entry | undefined => {
    const text = since(start);
    if (text === name) afterName = true;
    if (text === TOO_LONG || !text.includes(member) || !text.includes('{')) return text === TOO_LONG ? text : undefined;
    try {
      return String(JSON.parse(text));
    } catch {
      return undefined;
    }
  };

  const close = (): Entry | undefined => {
    const object = depth <= MAX_DEPTH ? open.pop() : undefined;
    depth = Math.max(0, depth - 1);
    if (object?.marked !== true) return undefined;
    dropContent(object.start);
    return since(object.start);
  };

  const step = (character: string): Entry | undefined => {
    if (stringStart !== undefined) {
      if (escaped) escaped = false;
      else if (character === '\\') escaped = true;
      else if (character === '"') {
        const start = stringStart;
        stringStart = undefined;
        return endString(start);
      }
      return undefined;
    }
    if (character === ' ' || character === '\n' || character === '\r' || character === '\t') return undefined;
    const member = afterName && character === ':';
    afterName = false;
    const inner = open.at(-1);
    if (member && inner !== undefined) inner.marked = true;
    if (character === '"') stringStart = at;
    else if (character === '{') {
      depth += 1;
      if (depth <= MAX_DEPTH) open.push({ start: at, marked: false });
    } else if (character === '}') return close();
    return undefined;
  };

  return {
    push(text) {
      window += text;
      for (const end = at + text.length; at < end; at++) {
        const entry = step(window.charAt(at - base));
        if (entry !== undefined) found.push({ entry, at, depth });
      }
      const begun = [stringStart ?? at, ...open.map(({ start }) => start)].filter((start) => start >= at - MAX_ENTRY);
      const keep = Math.max(base, Math.min(at, ...begun));
      window = window.slice(keep - base);
      base = keep;
      return release();
    },
    end() {
      open = [];
      const cut: readonly Entry[] = stringStart === undefined ? [] : [TOO_LONG];
      return [...release(), ...cut];
    },
  };
};

/** First members of the documents that AWS writes: FilterLogEvents, GetQueryResults, subscriptions, console exports. */
const DOCUMENT =
  /^\s*(?:\[\s*)?\{\s*"(?:events|results|searchedLogStreams|queryLanguage|statistics|status|encryptionKey|nextToken|messageType|owner|logGroup|logEvents|@[a-zA-Z]{1,20})"\s*:/; // {"events": [

/** Text that is enough to tell a document from lines. */
const ENOUGH = 200;

/**
 * A scanner that looks at the beginning of a log to tell what it is.
 *
 * @param member What objects that are entries have, in a document.
 */
export const createEntryScanner = (member = 'audit'): EntryScanner => {
  let head: string | undefined = '';
  let scanner: EntryScanner | undefined;
  const decide = (): readonly Entry[] => {
    const text = head ?? '';
    head = undefined;
    scanner = DOCUMENT.test(text.slice(0, ENOUGH * 2)) ? createDocumentScanner(member) : createLineScanner();
    return scanner.push(text);
  };
  return {
    push(text) {
      if (scanner !== undefined) return scanner.push(text);
      head += text;
      return (head ?? '').length < ENOUGH ? [] : decide();
    },
    end: () => [...(scanner === undefined ? decide() : []), ...(scanner?.end() ?? [])],
  };
};
