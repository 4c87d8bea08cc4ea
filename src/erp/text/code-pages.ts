// Writes text in the encodings that Polish ERPs read, and reads it. Node decodes most of them but encodes only UTF-8.

import type { ElixirOEncoding, TextEncoding } from '../../domain/erp-formats.ts';

export interface CodePage {
  /** Whether this character (a code point) has a place in it. */
  holds(character: string): boolean;
  /** The text may hold only what `holds`. */
  encode(text: string): Uint8Array;
  /** What a file begins with. */
  readonly mark: Uint8Array;
}

/** Made once for each encoding. */
export function codePage(encoding: TextEncoding): CodePage {
  let page = pages.get(encoding);
  if (page === undefined) {
    page = makePage(encoding);
    pages.set(encoding, page);
  }
  return page;
}

const pages = new Map<TextEncoding, CodePage>();
const NO_MARK = new Uint8Array();

/** Encodings of one byte for each character. */
export type SingleByteEncoding = Exclude<ElixirOEncoding, 'utf-8'>;

/** The characters of the bytes from 128 on; '' where there is none. */
export function upperCharacters(encoding: SingleByteEncoding): readonly string[] {
  switch (encoding) {
    case 'windows-1250':
    case 'iso-8859-2':
      return upperHalf(encoding);
    case 'cp852':
      return [...CP852];
    case 'mazovia':
      return MAZOVIA;
  }
}

function makePage(encoding: TextEncoding): CodePage {
  switch (encoding) {
    case 'utf-8':
      return { holds: () => true, encode: (text) => Buffer.from(text), mark: NO_MARK };
    case 'utf-8-bom':
      return { ...makePage('utf-8'), mark: Uint8Array.of(0xef, 0xbb, 0xbf) };
    case 'windows-1250':
    case 'iso-8859-2':
    case 'cp852':
    case 'mazovia':
      return singleByte(upperCharacters(encoding));
    case 'ascii':
      return singleByte([]);
  }
}

/** `upper` are the characters of the bytes from 128 on; '' where there is none. The first 128 are those of ASCII. */
function singleByte(upper: readonly string[]): CodePage {
  const bytes = new Map<string, number>();
  for (const [index, character] of upper.entries()) if (character !== '') bytes.set(character, 0x80 + index);
  return {
    holds: (character) => character < '\x80' || bytes.has(character),
    encode(text) {
      if (ASCII.test(text)) return Buffer.from(text, 'latin1');
      return Uint8Array.from(text, (character) => {
        const byte = character < '\x80' ? character.charCodeAt(0) : bytes.get(character);
        if (byte === undefined)
          throw new Error(`${JSON.stringify(character)} has no place in the code page.`);
        return byte;
      });
    },
    mark: NO_MARK,
  };
}

const ASCII = /^[\x00-\x7f]*$/;

/** Control characters above 127 are no text. */
function upperHalf(encoding: string): string[] {
  const decoder = new TextDecoder(encoding);
  return Array.from({ length: 128 }, (_, index) => {
    const character = decoder.decode(Uint8Array.of(0x80 + index));
    return /[\p{Cc}\ufffd]/u.test(character) ? '' : character;
  });
}

/** IBM code page 852 (Latin-2 of DOS), bytes 80 to FF. */
const CP852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0';

/** Of Mazovia only the Polish letters, because on these its variants agree: code page 437 with eighteen letters changed. */
const MAZOVIA: readonly string[] = (() => {
  const upper = new Array<string>(128).fill('');
  const letters = 'ąĄćĆęĘłŁńŃóÓśŚźŹżŻ';
  const bytes = [
    0x86, 0x8f, 0x8d, 0x95, 0x91, 0x90, 0x92, 0x9c, 0xa4, 0xa5, 0xa2, 0xa3, 0x9e, 0x98, 0xa6, 0xa0, 0xa7,
    0xa1,
  ];
  bytes.forEach((byte, index) => (upper[byte - 0x80] = letters[index] ?? ''));
  return upper;
})();
