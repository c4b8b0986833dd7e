/**
 * How deep arrays and objects nest in JSON text, without parsing it: one pass over the UTF-16 units, strings skipped.
 * Stops at the first depth over `enough`.
 */
export const nestingOf = (json: string, enough: number): number => {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < json.length; index++) {
    const unit = json.charCodeAt(index);
    if (inString) {
      if (unit === 0x5c) index += 1;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x5b || unit === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (depth > enough) return depth;
    } else if (unit === 0x5d || unit === 0x7d) depth -= 1;
  }
  return deepest;
};
