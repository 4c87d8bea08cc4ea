// `goniec init`: asks what is needed, makes configuration, folders, keys and requests, and says what to do next.

import { counted } from '../../domain/counted.ts';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { settingsIn } from '../../config/load-settings.ts';
import { dayAt } from '../../domain/calendar.ts';
import { isValidCron } from '../../triggers/schedule.ts';
import { systemClock } from '../../triggers/system-clock.ts';
import { PRODUCT, VERSION } from '../../version.ts';
import { check } from '../check.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { complain, say } from '../terminal.ts';
import { Abandoned, askOptions, askPerson, type Answers, type Asker } from './asker.ts';
import { configurationText } from './configuration-text.ts';
import { gather } from './gather.ts';
import { make } from './make.ts';
import { nextSteps } from './next-steps.ts';
import type { Plan } from './plan.ts';

export interface InitOptions {
  /** By the options' names without dashes. */
  readonly answers: Answers;
  readonly accounts: readonly string[];
  /** Take the defaults without asking. */
  readonly yes: boolean;
}

export async function init(folder: string, options: InitOptions): Promise<ExitCode> {
  const root = resolve(folder);
  const configuration = join(root, 'config', 'goniec.yaml');
  if (existsSync(configuration)) {
    complain(
      `There is a configuration already: ${configuration}\nNothing that exists is ever changed by init. Change it with an editor and run "goniec check",\nor name another folder: goniec init FOLDER.`,
    );
    return EXIT.notWritten;
  }
  const plan = await plannedBy(askerFor(options), root, options.accounts);
  if (typeof plan === 'number') return plan;
  const text = configurationText(plan, dayAt(systemClock.now(), 'Europe/Warsaw'));
  const loaded = await settingsIn(text, configuration, process.env, { isValidCron });
  if (loaded.kind === 'refused') {
    complain('These answers do not fit together; nothing was written:');
    for (const { path, message, remedy } of loaded.problems) complain(`  ${path} ${message}. ${remedy}`);
    return EXIT.configuration;
  }
  const made = await make(plan, text);
  say('\nMade');
  for (const thing of made) say(`  ${thing.path}\n      ${thing.text}`);
  say(`\n${nextSteps(plan)}`);
  say('\nWhat "goniec check" says at this moment\n');
  await check({ config: configuration });
  return EXIT.ok;
}

function askerFor({ answers, yes }: InitOptions): Asker {
  return !yes && process.stdin.isTTY && process.stdout.isTTY
    ? askPerson(answers, process.stdin, process.stdout)
    : askOptions(answers);
}

/** The plan, or the code to end with; everything has been told then. */
async function plannedBy(asker: Asker, root: string, accounts: readonly string[]): Promise<Plan | ExitCode> {
  if (asker.interactive)
    say(
      `${PRODUCT} ${VERSION}, a new installation in ${root}\n\nEnter takes what stands in [brackets]. Nothing is written before the last answer;\nCtrl+C leaves everything as it is.`,
    );
  try {
    const plan = await gather(asker, root, accounts);
    if (asker.interactive || asker.problems.length === 0) return plan;
    complain(`Nothing was written. Missing or wrong: ${counted(asker.problems.length, 'answer')}.`);
    for (const problem of asker.problems) complain(`  ${problem}`);
    return EXIT.usage;
  } catch (failure) {
    if (!(failure instanceof Abandoned)) throw failure;
    say('\nNothing was written.');
    return EXIT.usage;
  } finally {
    asker.close();
  }
}
