/** Escaping of text and attribute values as Canonical XML 1.0 section 2.3 wants it, which every XML reader takes. */

/** Character data for between tags: `&`, `<`, `>` and CR. */
export function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (sign) => TEXT_ESCAPES.get(sign) ?? sign);
}

/** A value for between double quotes: `&`, `<`, `"`, tab, LF and CR. */
export function escapeAttribute(value: string): string {
  return value.replace(/[&<"\t\n\r]/g, (sign) => ATTRIBUTE_ESCAPES.get(sign) ?? sign);
}

const TEXT_ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\r', '&#xD;'],
]);
const ATTRIBUTE_ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['"', '&quot;'],
  ['\t', '&#x9;'],
  ['\n', '&#xA;'],
  ['\r', '&#xD;'],
]);

/** What `escapeText` writes for a byte of UTF-8; undefined for a byte that stands for itself. */
export const TEXT_BYTE_ESCAPES: readonly (Uint8Array | undefined)[] = Array.from(
  { length: 256 },
  (_, byte) => {
    const escape = byte < 0x80 ? escapeText(String.fromCharCode(byte)) : '';
    return escape.length > 1 ? Buffer.from(escape) : undefined;
  },
);
