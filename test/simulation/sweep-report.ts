// What a sweep came to, for the terminal and as a page to keep.

import { SCENARIOS, TOLD } from './scenarios.ts';
import type { SectionResult } from './sweep-on-all-cores.ts';

export function reportLines(
  results: readonly SectionResult[],
  all: boolean,
  date: string | undefined,
): { readonly totals: string; readonly markdown: string } {
  const sum = (of: (result: SectionResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const runs = sum((result) => result.runs);
  const spared = sum((result) => result.spared);
  const effects = sum((result) => result.effects);
  const seconds = sum((result) => result.seconds);
  const violations = results.flatMap((result) => result.violations);
  const totals = `${runs} runs, ${effects} effects, ${seconds.toFixed(0)} seconds, ${violations.length} violations`;
  const markdown = [
    `# The ${all ? 'whole' : 'bounded'} sweep`,
    '',
    ...(date === undefined ? [] : [`Run on ${date}.`, '']),
    `Node ${process.versions.node} with SQLite ${process.versions.sqlite ?? '?'}; ${SCENARIOS.length} scenarios, of which ${TOLD.length} are written by hand and the others made from tables.`,
    '',
    '| section | runs | spared | effects | seconds | violations |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...results.map(
      (result) =>
        `| ${result.name} | ${result.runs} | ${result.spared} | ${result.effects} | ${result.seconds.toFixed(0)} | ${result.violations.length} |`,
    ),
    `| **all** | ${runs} | ${spared} | ${effects} | ${seconds.toFixed(0)} | ${violations.length} |`,
    '',
    ...violations.map(({ id, sentences }) => `- \`${id}\`: ${sentences.join('; ')}`),
  ].join('\n');
  return { totals, markdown: `${markdown.trimEnd()}\n` };
}
