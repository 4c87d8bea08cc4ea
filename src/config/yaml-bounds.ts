// Bounds a configuration file before it is parsed: what no configuration has would keep the parser busy for minutes.

import { Lexer } from 'yaml';
import type { ConfigProblem } from './config-problem.ts';

const LEVELS_MAX = 24;
const INDENT_MAX_CHARACTERS = 96;
/** Each is looked for in the whole file, and each key among all of its group. */
const ALIASES_MAX = 100;
const ENTRIES_MAX = 40_000;

/** What goes beyond the bounds, with its line; undefined when nothing does. One pass over the file's marks, without recursion. */
export function beyondBounds(text: string): ConfigProblem | undefined {
  let line = 1;
  let brackets = 0;
  /** Of `- - - x`, which nests without brackets and without another line. */
  let dashes = 0;
  let aliases = 0;
  let entries = 0;
  let isLineStart = true;
  for (const mark of new Lexer().lex(text)) {
    if (mark === '[' || mark === '{') brackets += 1;
    else if (mark === ']' || mark === '}') brackets -= 1;
    else if (mark === '-' || mark === '?') dashes += 1;
    else if (mark === ',' || mark === ':') entries += 1;
    else if (mark.startsWith('*')) aliases += 1;
    const indent = isLineStart && mark.trim() === '' ? mark.length : 0;
    if (brackets + dashes > LEVELS_MAX || indent > INDENT_MAX_CHARACTERS)
      return problem(line, 'Groups and lists stand in each other deeper than any configuration needs.');
    if (aliases > ALIASES_MAX) return problem(line, `There are more than ${ALIASES_MAX} * aliases.`);
    if (entries > ENTRIES_MAX) return problem(line, `There are more than ${ENTRIES_MAX} keys and values.`);
    const lineEnds = mark.split('\n').length - 1;
    line += lineEnds;
    isLineStart = mark.endsWith('\n');
    if (lineEnds > 0) dashes = 0;
  }
  return undefined;
}

function problem(line: number, message: string): ConfigProblem {
  return { line, column: 1, path: '', message, remedy: 'Compare this line with docs/configuration.md.' };
}
