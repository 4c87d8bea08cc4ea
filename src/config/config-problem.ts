// What is wrong with a configuration, told so that a person can go to the place and put it right.

export interface ConfigProblem {
  /** From 1, in the configuration file. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** `banks[0].tls.ca`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong: the rest of a sentence that starts with the path, or a whole sentence where there is no path. */
  readonly message: string;
  /** What to do. */
  readonly remedy: string;
}

/** A way down through groups (names) and lists (numbers from 0). */
export type KeyPath = readonly (string | number)[];

/** A problem before its line is known. */
export interface Finding {
  readonly path: KeyPath;
  readonly message: string;
  readonly remedy: string;
}

/** The path as a person writes it: `banks[0].tls.ca`. */
export function pathText(path: KeyPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** One line for a person: `goniec.yaml:12:5 banks[0].url is missing. Add it.` */
export function problemText(file: string, { line, column, path, message, remedy }: ConfigProblem): string {
  return `${file}:${line}:${column} ${path === '' ? message : `${path} ${message}.`} ${remedy}`;
}
