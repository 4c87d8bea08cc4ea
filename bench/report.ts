// The result of all benches as one table, on the terminal and as Markdown.

import { cpus, totalmem } from 'node:os';
import { ratioOf } from './bars.ts';
import { MB, type Bar, type BenchResult, type Row, type Sample } from './bench.ts';

const HEAD = ['what', 'ours', 'peer', 'ratio', 'memory', "peer's", 'bars'] as const;

export function terminalTable(result: BenchResult): string {
  const lines = [HEAD, ...result.rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const table = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...table, '', ...result.notes].join('\n');
}

export interface ReportFacts {
  readonly command: string;
  readonly day: string;
  readonly rounds: number;
}

export function markdownReport(result: BenchResult, { command, day, rounds }: ReportFacts): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  const table = [HEAD, HEAD.map(() => '---'), ...result.rows.map(cells)].map(
    (line) => `| ${line.join(' | ')} |`,
  );
  return [
    '# How fast',
    '',
    `\`${command}\`, ${day}, ${machine}. Median of ${rounds} interleaved rounds, whole processes, page cache warm; memory is the highest resident set of any round. What is measured and how: [bench/README.md](../../bench/README.md).`,
    '',
    ...table,
    '',
    ...result.notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

/** Bars that are not met, as sentences. A quick run answers for everything but time. */
export function failures(result: BenchResult, quick: boolean): string[] {
  return result.rows.flatMap(({ what, bars }) =>
    bars.filter(({ met, kind }) => !met && !(quick && kind === 'time')).map(({ text }) => `${what}: ${text}`),
  );
}

function cells({ what, ours, peer, bars }: Row): string[] {
  const ratio = ratioOf(ours, peer);
  return [
    what,
    time(ours),
    peer === undefined ? '' : `${peer.name} ${time(peer)}`,
    ratio === undefined ? '' : `${ratio.toFixed(1)}x`,
    memory(ours),
    memory(peer),
    bars.map(verdict).join('; '),
  ];
}

function verdict({ text, met }: Bar): string {
  return `${text}: ${met ? 'met' : 'NOT MET'}`;
}

function time(sample: Sample | undefined): string {
  if (sample === undefined) return '';
  return sample.ms < 1000 ? `${sample.ms.toFixed(0)} ms` : `${(sample.ms / 1000).toFixed(2)} s`;
}

function memory(sample: Sample | undefined): string {
  return sample?.peakBytes === undefined ? '' : `${(sample.peakBytes / MB).toFixed(0)} MB`;
}
