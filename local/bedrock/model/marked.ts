/**
 * Marked text: where the system prompt says of marks that what carries them is data, the model takes no orders from it.
 * It believes the marks to the letter: an order that slips out of them is obeyed. Without such a sentence marks say
 * nothing. Real models follow them mostly, not always.
 */

/** `the character <U+E123> (U+E123) stands before the words` */
const MARKED_WORDS = /character (.) \(U\+([0-9A-F]{4,6})\) stands before/u;
/** `stands between <<untrusted-abc>> and <</untrusted-abc>>` */
const MARKED_SPANS = /stands between (<<[\w-]+>>) and (<<\/[\w-]+>>)/;

const outside = (text: string, begin: string, end: string): string =>
  text
    .split(begin)
    .map((part, index) => {
      if (index === 0) return part;
      const at = part.indexOf(end);
      return at < 0 ? '' : part.slice(at + end.length);
    })
    .join(' ');

/** What of a text from tools and documents may give orders, as `system` has it. */
export const unmarkedPart = (text: string, system: string): string => {
  const words = MARKED_WORDS.exec(system);
  if (words !== null) {
    const mark = words[1] ?? '';
    return text.replaceAll(new RegExp(`${mark}[^\\s"]*`, 'gu'), ' ');
  }
  const spans = MARKED_SPANS.exec(system);
  return spans === null ? text : outside(text, spans[1] ?? '', spans[2] ?? '');
};
