// The list of mistakes with what caught each of them, as a page to be kept.

import type { Mistake } from './mistake.ts';
import type { Verdict } from './run-mistake.ts';

export function reportOf(
  mistakes: readonly Mistake[],
  verdicts: readonly Verdict[],
  runsMax: number,
): string {
  const rows = verdicts.map((verdict) => {
    const mistake = mistakes.find(({ name }) => name === verdict.name);
    return row(
      verdict.name,
      mistake?.wrong ?? 'The product as it is.',
      mistake === undefined ? '' : `\`${mistake.file}\``,
      verdict.colour,
      verdict.by,
      verdict.runs === undefined ? '' : String(verdict.runs),
      verdict.replay === '' ? '' : `\`${verdict.replay}\``,
    );
  });
  const caught = verdicts.filter(
    ({ isCaught, name }) => isCaught && mistakes.some((one) => one.name === name),
  );
  return [
    '# Deliberate mistakes',
    '',
    `Written by \`npm run mistakes\`. Each mistake is a small patch of one source file (\`test/mistakes\`), put in place in a process of its own; the sweep of the simulation then looks for trouble, up to ${runsMax} runs, or a named test is run where the simulation can not see. ${caught.length} mistakes were caught. The control, the same sweep without a mistake, must stay green.`,
    '',
    row('mistake', 'why it is wrong', 'file', 'result', 'caught by', 'after runs', 'seen again with'),
    row('---', '---', '---', '---', '---', '---', '---'),
    ...rows,
    '',
  ].join('\n');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
