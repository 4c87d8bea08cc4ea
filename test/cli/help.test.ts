// What a person finds without reading anything else: examples that work, and completion.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { completionScript } from '../../src/cli/completion.ts';
import { EXAMPLES } from '../../src/cli/examples.ts';
import { allCommands } from '../../src/cli/program.ts';

/** No action runs: only what is understood counts. */
const program = (): Command => allCommands(() => async () => undefined);

describe('The examples', () => {
  it('stand under every command, and under none that is not there', () => {
    expect(
      Object.keys(EXAMPLES)
        .filter((path) => path !== '')
        .sort(),
    ).toEqual(commandsOf(program()).sort());
  });

  it.each(Object.values(EXAMPLES).flat())('the program takes: %s', async (line) => {
    const words =
      (/^(?:eval "\$\()?(goniec .*?)(?:\)"| > \S+)?$/.exec(line)?.[1] ?? '').match(/"[^"]*"|\S+/g) ?? [];
    expect(words[0]).toBe('goniec');
    await expect(
      program().parseAsync(['node', ...words.map((word) => word.replace(/^"(.*)"$/, '$1'))]),
    ).resolves.toBeDefined();
  });
});

describe.skipIf(spawnSync('bash', ['--version']).status !== 0)('Completion in bash', () => {
  const script = completionScript(program());
  const completed = (line: string): string[] => {
    const words = line.split(' ');
    const ask = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _goniec; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const output = execFileSync('bash', ['--norc', '-c', `${script}\n${ask}`], { encoding: 'utf8' });
    return output.split('\n').filter((word) => word !== '');
  };

  it.each([
    ['goniec jo', ['journal']],
    ['goniec journal ', ['verify', 'export', 'backup', 'restored', '--help']],
    ['goniec service install --p', ['--print']],
    ['goniec init --env', ['--environment']],
    ['goniec init --environment s', ['sandbox']],
    ['goniec fetch st', ['statement']],
    ['goniec show --config x --j', ['--json']],
  ])('of "%s" offers what may follow', (line, offered) => {
    expect(completed(line)).toEqual(offered);
  });

  it('offers files where a file is wanted', () => {
    const folder = mkdtempSync(join(tmpdir(), 'goniec-completion-'));
    writeFileSync(join(folder, 'goniec.yaml'), '');
    expect(completed(`goniec check --config ${folder}/g`)).toEqual([join(folder, 'goniec.yaml')]);
    rmSync(folder, { recursive: true });
  });
});

function commandsOf(command: Command, path: readonly string[] = []): string[] {
  if (command.commands.length === 0) return [path.join(' ')];
  return command.commands.flatMap((inner) => commandsOf(inner, [...path, inner.name()]));
}
