// How commands hand their exit code to the program.

import type { ExitCode } from './exit-codes.ts';

/** Makes an action of the command line out of one that gives an exit code. */
export type Run = <Args extends unknown[]>(
  action: (...args: Args) => Promise<ExitCode>,
) => (...args: Args) => Promise<void>;
