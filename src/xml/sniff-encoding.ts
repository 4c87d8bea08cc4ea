/** Finds the encoding of a document from its first bytes (XML 1.0 section 4.3.3 and appendix F). */
import type { XmlFault } from './xml-events.ts';

export type XmlEncoding =
  'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1250' | 'windows-1252' | 'iso-8859-1' | 'iso-8859-2';

/** So many bytes hold the XML declaration; one that goes on beyond them is not found. */
export const HEAD_BYTES = 1024;

/**
 * The encoding, from the byte order mark and the XML declaration in the first bytes (HEAD_BYTES of them, or all there
 * are); UTF-8 when neither says anything. A fault when it is not supported, or when bytes and declaration differ.
 */
export function sniffEncoding(head: Uint8Array): XmlEncoding | XmlFault {
  const shown = SIGNATURES.find(({ bytes }) => bytes.every((byte, k) => head[k] === byte));
  if (shown?.family === 'other') return refusal('The bytes are UTF-32 or EBCDIC, which is not supported.');
  const text = Buffer.from(head).toString(shown?.family === 'utf-16le' ? 'utf16le' : 'latin1');
  const declared = declaredEncoding(shown?.family === 'utf-16be' ? text.replaceAll('\0', '') : text);
  if (declared === undefined) return shown?.family ?? 'utf-8';
  const label = declared.toLowerCase();
  if (shown === undefined) {
    return EIGHT_BIT.get(label) ?? refusal(`The declared encoding ${declared} is not supported here.`);
  }
  const agrees =
    shown.family === 'utf-8'
      ? EIGHT_BIT.get(label) === 'utf-8'
      : label === 'utf-16' || label === shown.family;
  return agrees
    ? shown.family
    : refusal(`The document declares ${declared}, but its first bytes are those of ${shown.family}.`);
}

/** The name in the XML declaration as written; undefined when there is none. The text may begin with a byte order mark of any form. */
export function declaredEncoding(text: string): string | undefined {
  return ENCODING_DECLARATION.exec(text)?.groups?.label;
}

/** The same text with the encoding declared as UTF-8; unchanged when none is declared. */
export function declareUtf8(text: string): string {
  return text.replace(
    ENCODING_DECLARATION,
    (_, before: string, quote: string) => `${before}${quote}UTF-8${quote}`,
  );
}

const ENCODING_DECLARATION =
  /^(?<before>[^<]{0,4}<\?xml[ \t\r\n][^>]{0,400}?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*)(?<quote>["'])(?<label>[A-Za-z][\w.-]*)\k<quote>/;

const EIGHT_BIT = new Map<string, XmlEncoding>([
  ['utf-8', 'utf-8'],
  // Not a registered name, but written by some systems that mean UTF-8.
  ['utf8', 'utf-8'],
  ['windows-1250', 'windows-1250'],
  ['cp1250', 'windows-1250'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['iso-8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['iso-8859-2', 'iso-8859-2'],
  ['latin2', 'iso-8859-2'],
]);

const SIGNATURES: readonly {
  readonly bytes: readonly number[];
  readonly family: 'utf-8' | 'utf-16le' | 'utf-16be' | 'other';
}[] = [
  { bytes: [0x00, 0x00, 0xfe, 0xff], family: 'other' },
  { bytes: [0xff, 0xfe, 0x00, 0x00], family: 'other' },
  { bytes: [0x00, 0x00, 0x00, 0x3c], family: 'other' },
  { bytes: [0x3c, 0x00, 0x00, 0x00], family: 'other' },
  { bytes: [0x4c, 0x6f, 0xa7, 0x94], family: 'other' },
  { bytes: [0xef, 0xbb, 0xbf], family: 'utf-8' },
  { bytes: [0xff, 0xfe], family: 'utf-16le' },
  { bytes: [0xfe, 0xff], family: 'utf-16be' },
  { bytes: [0x3c, 0x00], family: 'utf-16le' },
  { bytes: [0x00, 0x3c], family: 'utf-16be' },
];

function refusal(message: string): XmlFault {
  return { rule: 'xml.encoding', message, line: 1, column: 1, offset: 0 };
}
