/** Checks the XML declaration (XML 1.0, productions [23] to [26], [32] and [80] to [81]). */

/** What is wrong with a declaration as written, or undefined; the encoding must be UTF-8, for decoding happens before the reader. */
export function declarationFault(
  written: string,
  atStart: boolean,
): { readonly rule: string; readonly message: string } | undefined {
  const fault = (message: string) => ({ rule: 'xml.declaration', message });
  if (!written.startsWith('<?xml'))
    return fault('A target of a processing instruction must not be a variant of "xml".');
  if (!atStart) return fault('The XML declaration must stand at the very start of the document.');
  const parts = DECLARATION.exec(written)?.groups;
  if (parts === undefined)
    return fault('The XML declaration must be version, encoding and standalone, in this order.');
  const encoding = parts.encoding;
  if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') {
    return { rule: 'xml.encoding', message: `The declared encoding ${encoding} was not turned into UTF-8.` };
  }
  return undefined;
}

const DECLARATION = new RegExp(
  String.raw`^<\?xml${pseudoAttribute('version', String.raw`1\.[0-9]+`)}` +
    `(?:${pseudoAttribute('encoding', '(?<encoding>[A-Za-z][A-Za-z0-9._-]*)')})?` +
    String.raw`(?:${pseudoAttribute('standalone', 'yes|no')})?[ \t\r\n]*\?>$`,
);

function pseudoAttribute(name: string, value: string): string {
  const space = String.raw`[ \t\r\n]`;
  return `${space}+${name}${space}*=${space}*(?<q${name}>["'])(?:${value})\\k<q${name}>`;
}
