import { describe, expect, test } from 'vitest';
import { documentReadings, documentReadingsIn, textOfBytes } from '../../../../core/converse/document-text.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, bigEndian = false): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
};
const document = (bytes: unknown, format?: string) => ({ ...(format && { format }), source: { bytes } });

describe('the text of a document in bytes', () => {
  test.each<readonly [string, Uint8Array]>([
    ['UTF-8', utf8('a pêar 梨')],
    ['UTF-8 with a byte order mark', utf8('\ufeffa pêar 梨')],
    ['UTF-16 with a byte order mark', utf16('\ufeffa pêar 梨')],
    ['big-endian UTF-16 with a byte order mark', utf16('\ufeffa pêar 梨', true)],
  ])('is the one of its encoding: %s', (_, bytes) => {
    expect(textOfBytes(bytes)).toBe('a pêar 梨');
    for (const format of ['txt', 'md', 'csv', 'html', 'pdf', undefined])
      expect(documentReadings(document(bytes, format))).toEqual(['a pêar 梨']);
  });

  test('is each that is likely where it is broken', () => {
    const latin = Uint8Array.from(Buffer.from('prêt', 'latin1'));
    expect(textOfBytes(latin)).toBeUndefined();
    for (const format of ['txt', undefined, 'a format of tomorrow'])
      expect(documentReadings(document(latin, format))).toEqual(['pr\ufffdt', 'prêt']);
    expect(documentReadings(document(Uint8Array.of(0xff, 0xfe, 0x41, 0, 0x42), 'txt'))).toEqual(['A\ufffd']);
  });

  test('is UTF-16, too, where it has nulls', () => {
    for (const bigEndian of [false, true]) {
      const bytes = utf16('a pear', bigEndian);
      expect(textOfBytes(bytes)).toBeUndefined();
      expect(documentReadings(document(bytes, 'txt'))).toContain('a pear');
    }
  });

  test('is none of a format that is no text', () => {
    for (const format of ['pdf', 'doc', 'docx', 'xls', 'xlsx'])
      expect(documentReadings(document(Uint8Array.of(0x25, 0x50, 0xff), format))).toEqual([]);
  });

  test('is read of whatever kind of bytes, and of nothing else', () => {
    const bytes = utf8('a pear');
    const within = new DataView(utf8('xxa pearxx').buffer, 2, 6);
    for (const given of [bytes, Buffer.from(bytes), bytes.buffer, within])
      expect(documentReadings(document(given, 'txt'))).toEqual(['a pear']);
    for (const given of ['YSBwZWFy', [97], null, undefined, 7]) expect(documentReadings(document(given))).toEqual([]);
    expect(documentReadings({ source: { text: 'a pear' } })).toEqual([]);
  });

  test('is found in turns and in results of tools', () => {
    const block = (text: string) => ({ document: document(utf8(text), 'txt') });
    const messages = [
      { role: 'user', content: [block('a pear'), { text: 'x' }, { image: document(utf8('no')) }] },
      {},
      { role: 'user', content: [{ toolResult: { content: [{ text: 'y' }, block('a plum')] } }] },
    ];
    expect(documentReadingsIn({ messages })).toEqual(['a pear', 'a plum']);
  });
});
