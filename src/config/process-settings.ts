// What the process itself is told by its environment; everything else stands in the configuration file.

import envVar from 'env-var';

export interface ProcessSettings {
  /** As written: relative to the working folder. */
  readonly configPath: string;
  /** Overrules the file's `log.level`. */
  readonly logLevel?: 'debug' | 'info' | 'warn' | 'error';
  readonly color: boolean;
}

export type ProcessOutcome =
  | { readonly kind: 'read'; readonly settings: ProcessSettings }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** The variables for the reference. */
export const PROCESS_VARIABLES = [
  { name: 'GONIEC_CONFIG', kind: 'path', otherwise: 'config/goniec.yaml', about: 'The configuration file.' },
  {
    name: 'GONIEC_LOG_LEVEL',
    kind: `one of ${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')}`,
    otherwise: undefined,
    about: 'Overrules `log.level`.',
  },
  {
    name: 'NO_COLOR',
    kind: 'any text',
    otherwise: undefined,
    about: 'When set and not empty, the console shows no colors.',
  },
] as const;

/** Reads the variables; all that are wrong are told at once. An empty variable counts as not set. */
export function readProcessSettings(env: Readonly<Record<string, string | undefined>>): ProcessOutcome {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const from = envVar.from(set);
  const problems: string[] = [];
  const read = <T>(take: () => T): T | undefined => {
    try {
      return take();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };

  const configPath = read(() => from.get('GONIEC_CONFIG').default(PROCESS_VARIABLES[0].otherwise).asString());
  const logLevel = read(() => from.get('GONIEC_LOG_LEVEL').asEnum(LOG_LEVELS));
  const color = read(() => from.get('NO_COLOR').asString() === undefined);
  if (configPath === undefined || color === undefined || problems.length > 0)
    return { kind: 'refused', problems };
  return { kind: 'read', settings: { configPath, color, ...(logLevel !== undefined && { logLevel }) } };
}
