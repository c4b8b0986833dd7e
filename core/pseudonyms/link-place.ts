/**
 * Whether a text that comes in pieces is within the address of a link. A browser fetches `![](https://host/?q=…)` by
 * itself: whatever is restored there has left for that host.
 */

/** `https:`, and `//` that no other scheme stands before. What stands before the address says where it ends. */
const BEGINNING = /(^|[\s\S])(?:https?:|wss?:|ftps?:|[^A-Za-z0-9+.:\-/\\][/\\]{2})/gi; // (https://host, "//host, but not postgres://host
const LONGEST = 9;

/** Where an address ends that no quotation mark or angle bracket encloses. */
const END = /[\s"'<>`]/g;

const CLOSERS: Readonly<Record<string, string>> = { '"': '"', "'": "'", '<': '>' };

/** A place in a text. */
export interface LinkPlace {
  /** Goes on by a piece. */
  pass(piece: string): void;
  readonly inLink: boolean;
}

/** The beginning of a text. */
export const createLinkPlace = (): LinkPlace => {
  /** What was passed last: an address may begin in it. */
  let tail = ' ';
  let inLink = false;
  let closer: string | undefined;

  /** Where the address ends that goes on at `from`, or the end of the text. */
  const endFrom = (text: string, from: number): number => {
    if (closer === undefined) {
      END.lastIndex = from;
      return END.exec(text)?.index ?? text.length;
    }
    const end = text.indexOf(closer, from);
    return end < 0 ? text.length : end;
  };

  return {
    pass(piece) {
      const text = inLink ? piece : tail + piece;
      let at = 0;
      while (at < text.length) {
        if (!inLink) {
          BEGINNING.lastIndex = at;
          const found = BEGINNING.exec(text);
          if (found === null) break;
          const [whole, before = ''] = found;
          // Of `"//` the quotation mark is the unit before the slashes.
          closer = CLOSERS[/[/\\]{2}$/.test(whole) ? (whole.at(-3) ?? '') : before];
          inLink = true;
          at = BEGINNING.lastIndex;
        }
        at = endFrom(text, at);
        inLink = at === text.length;
      }
      tail = (inLink ? '' : text).slice(-LONGEST);
    },
    get inLink() {
      return inLink;
    },
  };
};
