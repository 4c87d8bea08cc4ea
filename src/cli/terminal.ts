// What people see: plain lines, with nothing from a file or a bank that could disturb a terminal.

import { shownJson } from '../domain/shown-value.ts';
import { visibleWhole } from '../operations/visible-text.ts';

/** One line to standard output. */
export function say(text = ''): void {
  process.stdout.write(`${text.split('\n').map(visibleWhole).join('\n')}\n`);
}

/** One line to standard error, for what went wrong. */
export function complain(text: string): void {
  process.stderr.write(`${text.split('\n').map(visibleWhole).join('\n')}\n`);
}

/** Data for a script. */
export function sayJson(value: unknown): void {
  process.stdout.write(`${shownJson(value)}\n`);
}

/** Rows in columns of their widest cell; the first row is the heading. A cell never breaks its line. */
export function table(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(visibleWhole));
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
