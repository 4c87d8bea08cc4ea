/** Character classes of XML 1.0 (5th edition): as tables for single bytes, as functions for code points. */

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const BANG = 0x21;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const AMP = 0x26;
export const APOSTROPHE = 0x27;
export const DASH = 0x2d;
export const SLASH = 0x2f;
export const SEMICOLON = 0x3b;
export const LT = 0x3c;
export const EQUALS = 0x3d;
export const GT = 0x3e;
export const QUESTION = 0x3f;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;

/** 1 for the ASCII characters a name may hold and for every byte of a longer character (which is looked at when the name is new). */
export const NAME_BYTE = byteTable((byte) => byte >= 0x80 || /[\w.:-]/.test(String.fromCharCode(byte)));

/** 1 for a byte of text that needs no second look: printable ASCII and tab, without `<`, `&`, `>` and `]`. */
export const PLAIN_TEXT_BYTE = byteTable(
  (byte) =>
    byte === TAB ||
    (byte >= SPACE && byte < 0x80 && byte !== LT && byte !== AMP && byte !== GT && byte !== CLOSE_BRACKET),
);

/** 1 for a byte of an attribute value that stands for itself: printable ASCII without `<`, `&` and quotes. */
export const PLAIN_VALUE_BYTE = byteTable(
  (byte) =>
    byte >= SPACE && byte < 0x80 && byte !== LT && byte !== AMP && byte !== QUOTE && byte !== APOSTROPHE,
);

/** White space, production [3] S. */
export function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === LF || byte === TAB || byte === CR;
}

/** Production [2] Char. */
export function isXmlChar(codePoint: number): boolean {
  if (codePoint < SPACE) return codePoint === TAB || codePoint === LF || codePoint === CR;
  if (codePoint < 0xd800) return true;
  return (codePoint >= 0xe000 && codePoint <= 0xfffd) || (codePoint >= 0x1_0000 && codePoint <= 0x10_ffff);
}

/** A name without a colon: production [4] NCName of Namespaces in XML 1.0. */
export function isNcName(text: string): boolean {
  return NC_NAME.test(text);
}

/** Productions [4] and [4a] of XML 1.0, without the colon. */
const NAME_START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NC_NAME = new RegExp(
  `^[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*$`,
  'u',
);

function byteTable(holds: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (holds(byte) ? 1 : 0));
}
