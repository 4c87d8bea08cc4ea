// The result of an endurance run as a table for people, on the terminal and as Markdown.

import { endCounts, type RunResult } from './endurance-run.ts';

export type Rows = readonly (readonly [string, string | number])[];

/** What was done to the daemon, what became of the files, and what must be nought. */
export function reportRows(result: RunResult): Rows {
  const { evidence, counts, journalCounts, violations } = result;
  const transfers = evidence.banks
    .flatMap(({ book }) => book.movements)
    .filter(({ endToEndId }) => endToEndId?.startsWith('E-p') === true);
  const starting = (name: string): number => violations.filter((text) => text.startsWith(name)).length;
  const journal = (name: string): number => journalCounts.get(name) ?? 0;
  return [
    ...[...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ['orders dropped', evidence.dropped.length],
    ...[...endCounts(evidence)]
      .toSorted(([, a], [, b]) => b - a)
      .map(([end, count]) => [`  ${end}`, count] as const),
    ['payments executed by the banks', transfers.length],
    ['status and history files seen by the ERP', evidence.sightings.length],
    [
      '  of them seen again after a crash',
      evidence.sightings.filter(({ sha256 }) => sha256.length > 1).length,
    ],
    ['messages sent', journal('submission-started')],
    ['answers lost', journal('submission-lost')],
    ['not sent, with proof', journal('submission-not-sent')],
    ['sent again', journal('submission-cleared-to-resend')],
    ['"not found" heard while in doubt', journal('submission-not-found')],
    ['held for a person', journal('submission-held')],
    ...[...result.decisions].map(([what, count]) => [`  decided, ${what}`, count] as const),
    ['moods of the banks', [...result.moods].map(([name, count]) => `${name} ${count}`).join(', ')],
    ['records in the journal', [...journalCounts.values()].reduce((sum, count) => sum + count, 0)],
    ['seconds', result.seconds],
    ['lost', starting('end:') + starting('archive:')],
    ['double', starting('double:')],
    ['violations', violations.length],
  ];
}

export function terminalTable(rows: Rows): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

export function markdownReport(
  title: string,
  sentence: string,
  rows: Rows,
  violations: readonly string[],
): string {
  const table = rows.map(([name, value]) => `| ${name.trim()} | ${value} |`).join('\n');
  const found =
    violations.length === 0
      ? 'No violation was found.'
      : `Violations:\n\n${violations.map((text) => `- ${text}`).join('\n')}`;
  return `# ${title}\n\n${sentence}\n\n| what | count |\n| --- | --- |\n${table}\n\n${found}\n`;
}
