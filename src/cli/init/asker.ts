// How answers come in: from options, and where there is a terminal from a person, who is asked again after a wrong one.

import { createInterface } from 'node:readline';
import { Refusal } from '../../config/keys.ts';
import { visibleWhole } from '../../operations/visible-text.ts';
import { say } from '../terminal.ts';
import type { Question } from './question.ts';

export interface Asker {
  /** Whether a person answers. */
  readonly interactive: boolean;
  /** An answer that its question takes. Rejects with `Abandoned` when the person leaves. */
  ask(question: Question): Promise<string>;
  /** Something a person should know before the next question; nobody else is told. */
  explain(text: string): void;
  /** What is wrong with the options, or missing; without a person an example stands in its place and nothing may be written. */
  readonly problems: readonly string[];
  note(problem: string): void;
  close(): void;
}

/** The person pressed Ctrl+C or Ctrl+D: nothing has been written. */
export class Abandoned extends Error {}

export type Answers = Readonly<Record<string, string | undefined>>;

/** Takes every answer from the options, else the default. */
export function askOptions(given: Answers): Asker {
  const problems: string[] = [];
  return {
    interactive: false,
    async ask(question) {
      const written = given[question.option] ?? question.otherwise;
      if (written === undefined) {
        problems.push(`--${question.option} is missing: ${question.text}, such as "${question.example}".`);
        return question.example;
      }
      const read = await question.read(written.trim());
      if (!(read instanceof Refusal)) return read;
      problems.push(`--${question.option} ${sentence(read)}`);
      return question.example;
    },
    explain: () => undefined,
    problems,
    note: (problem) => void problems.push(problem),
    close: () => undefined,
  };
}

/** Asks for what the options do not say. */
export function askPerson(
  given: Answers,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Asker {
  const terminal = 'isTTY' in output && output.isTTY === true;
  const lines = createInterface({ input, output, terminal });
  const nextLine = lineReader(lines);
  return {
    interactive: true,
    async ask(question) {
      let written = given[question.option];
      for (;;) {
        if (written !== undefined) {
          const read = await question.read(written.trim());
          if (!(read instanceof Refusal)) return read;
          say(`    This ${sentence(read, '\n    ')}`);
        }
        lines.setPrompt(`  ${question.text}${shownDefault(question.otherwise)}: `);
        lines.prompt();
        const line = (await nextLine()).trim();
        written = line === '' ? question.otherwise : line;
        if (written === undefined) say(`    An answer is needed here, such as ${question.example}`);
      }
    },
    explain: (text) => {
      say(`\n${text}`);
    },
    problems: [],
    note: (problem) => {
      say(`    ${problem}`);
    },
    close: () => {
      lines.close();
    },
  };
}

function sentence({ message, remedy }: Refusal, between = ' '): string {
  return `${visibleWhole(message)}.${between}${visibleWhole(remedy)}`;
}

function shownDefault(otherwise: string | undefined): string {
  if (otherwise === undefined) return '';
  return otherwise === '' ? ' [none]' : ` [${visibleWhole(otherwise)}]`;
}

/** Lines one by one, also those that were typed or pasted ahead; rejects when no more can come. */
function lineReader(lines: ReturnType<typeof createInterface>): () => Promise<string> {
  const waiting: string[] = [];
  let wake: () => void = () => undefined;
  let ended = false;
  lines.on('line', (line) => {
    waiting.push(line);
    wake();
  });
  lines.on('close', () => {
    ended = true;
    wake();
  });
  return async () => {
    if (waiting.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
    const line = waiting.shift();
    if (line === undefined) throw new Abandoned();
    return line;
  };
}
