// Writes a camt.053 or camt.052 in another format: seen through once, to know that it can be written, then written as often as
// asked for.

import type { TextForm, WrittenFormat } from '../../domain/erp-formats.ts';
import type { WriteAccountFile } from '../account-files.ts';
import { composeCsv } from '../csv/compose-csv.ts';
import type { ByteSource } from '../format.ts';
import { composeMt940 } from '../mt940/compose-mt940.ts';
import { composeMt942 } from '../mt940/compose-mt942.ts';
import { isSwiftCharacter } from '../mt940/field-values.ts';
import { codePage, type CodePage } from '../text/code-pages.ts';
import type { Composer } from './composer.ts';
import { Findings } from './findings.ts';
import { readStatements } from './read-statements.ts';

/** `timeZone` (IANA) is that of the bank's days. */
export function accountFileWriter({ timeZone }: { readonly timeZone: string }): WriteAccountFile {
  return async (camt, format, formats, about) => {
    const form: TextForm = format === 'csv' ? formats.csv : formats.mt940;
    const page = codePage(form.encoding);
    const holds = form.encoding === 'ascii' ? isSwiftCharacter : (character: string) => page.holds(character);
    const linesWith = (findings: Findings): AsyncGenerator<readonly string[]> => {
      const terms = { iban: about.iban, dialect: formats.mt940.dialect, holds, findings };
      const composer = composerOf(format, { ...terms, ...about, zone: timeZone });
      return linesOf(camt, composer, findings, { zone: timeZone, iban: about.iban });
    };
    const findings = new Findings();
    await seenThrough(linesWith(findings));
    if (findings.reasons.length > 0) return { kind: 'impossible', reasons: findings.reasons };
    return {
      kind: 'written',
      ending: ENDINGS[format],
      bytes: () => encoded(linesWith, page, form),
      losses: findings.losses,
    };
  };
}

const ENDINGS: Readonly<Record<WrittenFormat, string>> = { mt940: 'sta', mt942: 'mt942', csv: 'csv' };

function composerOf(format: WrittenFormat, terms: Parameters<typeof composeMt942>[0]): Composer {
  switch (format) {
    case 'mt940':
      return composeMt940(terms);
    case 'mt942':
      return composeMt942(terms);
    case 'csv':
      return composeCsv(terms);
  }
}

async function seenThrough(lines: AsyncGenerator): Promise<void> {
  while ((await lines.next()).done !== true);
}

/** The lines that each piece of the document gives. */
async function* linesOf(
  camt: ByteSource,
  composer: Composer,
  findings: Findings,
  ours: Parameters<typeof readStatements>[1],
): AsyncGenerator<readonly string[]> {
  for await (const parts of readStatements(camt, ours)) {
    const lines: string[] = [];
    for (const part of parts) {
      switch (part.kind) {
        case 'head':
          lines.push(...composer.begin(part.head));
          break;
        case 'entry':
          lines.push(...composer.entry(part.entry));
          break;
        case 'end':
          lines.push(...composer.end());
          break;
        case 'fault':
          findings.impossible(part.sentence);
      }
    }
    if (lines.length > 0) yield lines;
  }
}

async function* encoded(
  linesWith: (findings: Findings) => AsyncGenerator<readonly string[]>,
  { mark, encode }: CodePage,
  { lineEnd }: TextForm,
): AsyncGenerator<Uint8Array> {
  const findings = new Findings();
  const end = lineEnd === 'crlf' ? '\r\n' : '\n';
  if (mark.length > 0) yield mark;
  for await (const lines of linesWith(findings)) {
    // It was seen through before.
    if (findings.reasons.length > 0) throw new Error(`The document has changed: ${findings.reasons[0]}`);
    yield encode(lines.map((line) => line + end).join(''));
  }
}
