/** The contract of the exfiltration filter: what carries data out of a reply, and what becomes of it. */

/**
 * - `image`: a markdown image or a definition that one uses: it loads by itself (zero-click).
 * - `link`: a markdown link, `<a href>`, a definition.
 * - `bare-url`: `https://…`, `<https://…>`, `www.…`.
 * - `html`: a tag or attribute that loads or runs: `src`, `style` with a URL, `<script>`, `onclick` …
 * - `data`: a link or bare URL whose address is long or looks encoded.
 * - `invisible`: characters that show nothing: tags, zero-width runs, bidi controls, smuggled variation selectors.
 */
export type ExfiltrationKind = 'image' | 'link' | 'bare-url' | 'html' | 'data' | 'invisible';

/**
 * `allow`: stays. `defang`: keeps the words, drops the target. `strip`: `[content removed]` stands in its place; what is invisible
 * just goes. `block`: the reply ends here, and the edge refuses it.
 */
export type ExfiltrationAction = 'allow' | 'defang' | 'strip' | 'block';

/** Something that could carry data out. No content: neither address nor words. */
export interface ExfiltrationFinding {
  readonly kind: ExfiltrationKind;
  readonly action: ExfiltrationAction;
  /** Offsets in UTF-16 units of what was pushed; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Takes a reply in pieces, gives the filtered reply back. */
export interface ExfiltrationStream {
  /** What can be said for sure after one more piece. */
  push(chunk: string): string;
  /** The rest, after one last piece. Nothing may be pushed afterwards. */
  end(chunk?: string): string;
  readonly findings: readonly ExfiltrationFinding[];
  /** Findings that no call has given yet. The end of one that is passed over may still move. */
  fresh(): readonly ExfiltrationFinding[];
}

/** Removes what carries data out of a reply. */
export interface ExfiltrationFilter {
  /** One push and an end. A clean text is the same string. */
  filter(text: string): { readonly text: string; readonly findings: readonly ExfiltrationFinding[] };
  stream(): ExfiltrationStream;
  /**
   * Takes out what is invisible, and nothing else: for before a text is redacted, since what it parts becomes one. The
   * rest is for afterwards: the brackets of a placeholder could make an image of what is around them.
   */
  visible(): ExfiltrationStream;
}

/** Most units of an address, a label or a tag that are waited for. What is longer counts as found. */
export const LINK_HOLD = 2048;

/** Most units of a link's text that are waited for. In a longer one the words stay, and only the target goes. */
export const TEXT_HOLD = 512;

/** Most units that a stream holds back, all together: an address behind two texts, and the tags of a flag. */
export const EXFILTRATION_HOLD: number = LINK_HOLD + 2 * TEXT_HOLD + 16;
