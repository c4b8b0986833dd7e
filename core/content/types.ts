/** The contract of the content policy: code and commands in a reply, and what becomes of them. */

/**
 * - `code`: a fenced block. - `command`: shell outside of one. - `query`: SQL outside of one.
 * - `script`: HTML that runs or restyles the page: `<script>`, `<iframe>`, `<style>`, `onclick=`, `javascript:`.
 * - `configuration`: lines as in `.env`, an INI section, YAML front matter, outside of a fence.
 * - `escape`: control sequences of terminals, and control characters that overwrite.
 */
export type ContentKind = 'code' | 'command' | 'query' | 'script' | 'configuration' | 'escape';

/**
 * `allow`: stays. `label`: stays, with `[code: shell, not run]` before it; an escape is shown as `␛`. `strip`:
 * `[CODE_REMOVED: shell]` stands in its place; an escape goes. `block`: the reply ends here, and the edge refuses it.
 */
export type ContentAction = 'allow' | 'label' | 'strip' | 'block';

/** Something found. No content. */
export interface ContentFinding {
  readonly kind: ContentKind;
  /** One of `LANGUAGES`, `other` for the rest; none for escapes. */
  readonly language?: string;
  readonly action: ContentAction;
  /** Offsets in UTF-16 units of what was pushed; `end` is exclusive. Of what is labelled, where it begins. */
  readonly start: number;
  readonly end: number;
}

/** Takes a reply in pieces, gives it back as the policy lets it. */
export interface ContentStream {
  /** What can be said for sure after one more piece. */
  push(chunk: string): string;
  /** The rest, after one last piece. Nothing may be pushed afterwards. */
  end(chunk?: string): string;
  readonly findings: readonly ContentFinding[];
  /** Findings that no call has given yet. The end of one that is passed over may still move. */
  fresh(): readonly ContentFinding[];
}

/** What a reply may hold besides prose. */
export interface ContentPolicy {
  /** One push and an end. A clean text is the same string. */
  filter(text: string): { readonly text: string; readonly findings: readonly ContentFinding[] };
  stream(): ContentStream;
}

/** Most units that are waited for, from where something has begun. What is longer counts as found. */
export const CONTENT_HOLD = 512;
