/** Code points out of bytes of UTF-8 that come one by one. What is no UTF-8 is passed by. */

/** Reads bytes. */
export interface ByteReader {
  takeByte(byte: number, at: number): void;
}

const LAST_POINT = 0x10ffff;

/** A reader that hands on each code point, and where its first byte stands. */
export const createUtf8Reader = (takePoint: (point: number, at: number) => void): ByteReader => {
  let point = 0;
  let missing = 0;
  let begin = 0;
  return {
    takeByte(byte, at) {
      if (byte < 0x80) {
        missing = 0;
        takePoint(byte, at);
      } else if (byte >= 0xc2 && byte < 0xf5) {
        missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
        point = byte & (0x3f >> missing);
        begin = at;
      } else if (byte < 0xc0 && missing > 0) {
        point = (point << 6) | (byte & 0x3f);
        missing -= 1;
        if (missing === 0 && point <= LAST_POINT) takePoint(point, begin);
      } else missing = 0;
    },
  };
};
