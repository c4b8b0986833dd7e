/** FNV-1a, 32 bits: tells texts apart and spreads them, and protects nothing. Source: RFC 9923. */
export const spread = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
};
