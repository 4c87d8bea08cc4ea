// A statement as a small PDF 1.4: one page after the other of plain lines in Courier.

import { createHash } from 'node:crypto';
import { formatDecimal, withScale } from '../domain/decimal.ts';
import type { Statement } from './statement-query.ts';

const LINES_PER_PAGE = 60;

/** The file and the MD5 of it in hexadecimal, as the service shows it. */
export function statementPdf(statement: Statement): { readonly content: Buffer; readonly md5: string } {
  const content = pdf(linesOf(statement));
  return { content, md5: createHash('md5').update(content).digest('hex') };
}

function linesOf({ account, day, number, opening, closing, entries }: Statement): string[] {
  const amount = (value: Statement['opening']): string => formatDecimal(withScale(value, 2)).padStart(16);
  return [
    `Sandbox Bank - statement ${number} of ${day}`,
    `${account.iban} ${account.currency} ${account.owner}`,
    '',
    `Opening balance ${amount(opening)}`,
    ...entries.map(
      (entry) =>
        `${entry.day} ${entry.direction === 'credit' ? '+' : '-'}${amount(entry.amount)} ${entry.booking.remittance.slice(0, 60)}`,
    ),
    `Closing balance ${amount(closing)}`,
  ];
}

/** ISO 32000-1 section 7.5: header, objects, cross-reference table, trailer. */
function pdf(lines: readonly string[]): Buffer {
  const pages: string[][] = [];
  for (let from = 0; from < lines.length; from += LINES_PER_PAGE)
    pages.push(lines.slice(from, from + LINES_PER_PAGE));
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
    ...pages.flatMap((page, index) => {
      const stream = `BT /F1 9 Tf 40 800 Td 12 TL ${page.map((line) => `(${escape(line)}) Tj T*`).join('\n')} ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * index} 0 R >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
      ];
    }),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${offset.toString().padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.lastIndexOf('xref\n0 ')}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** The font's standard encoding has no Polish letters: their marks are dropped, and what is left unknown becomes a question mark. */
function escape(line: string): string {
  const plain = line.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'L');
  return plain.replace(/[^\x20-\x7e]/g, '?').replace(/[\\()]/g, '\\$&');
}
