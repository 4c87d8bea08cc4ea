// Loads the configuration a command works on; what is wrong with it is told whole, in the command's place.

import { counted } from '../domain/counted.ts';
import { loadSettings } from '../config/load-settings.ts';
import { readProcessSettings, type ProcessSettings } from '../config/process-settings.ts';
import type { Settings } from '../config/settings.ts';
import { processRunsIn } from '../domain/calendar.ts';
import { complain } from './terminal.ts';

export interface Loaded {
  readonly settings: Settings;
  readonly process: ProcessSettings;
}

/** The scheduler is loaded only where the configuration has schedules. */
async function isValidCron(expression: string): Promise<boolean> {
  const schedule = await import('../triggers/schedule.ts');
  return schedule.isValidCron(expression);
}

/** undefined when refused; everything has been told then. */
export async function settingsFor(configPath: string | undefined): Promise<Loaded | undefined> {
  const environment = readProcessSettings(process.env);
  if (environment.kind === 'refused') {
    for (const problem of environment.problems) complain(`Environment: ${problem}`);
    return undefined;
  }
  const path = configPath ?? environment.settings.configPath;
  const outcome = await loadSettings(path, process.env, { isValidCron });
  if (outcome.kind === 'loaded') {
    runIn(outcome.settings.timeZone);
    return { settings: outcome.settings, process: environment.settings };
  }
  complain(`The configuration ${path} has ${counted(outcome.problems.length, 'problem')}:`);
  for (const { line, column, path: key, message, remedy } of outcome.problems)
    complain(`  ${path}:${line}:${column}  ${key === '' ? '' : `${key}: `}${message} ${remedy}`);
  return undefined;
}

/** The company's time is that of the process: for schedules, days and names of files. Logs are in UTC whatever it is. */
function runIn(timeZone: string): void {
  process.env.TZ = timeZone;
  processRunsIn(timeZone);
}
