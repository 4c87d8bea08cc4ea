// Numbers everything a simulated process does to the world outside, and decides what becomes of each: it
// happens, it fails, or the process dies before or after it.

/** An error: it fails and nothing has happened. `failsAfter`: it happens, and yet the answer is that error. */
export type Fate = 'happens' | 'crash-before' | 'crash-after' | Error | { readonly failsAfter: Error };

/** The process this was thrown in is dead: whatever it still tries is this again. */
export class SimulatedCrash extends Error {
  constructor(what: string) {
    super(`crashed at: ${what}`);
    this.name = 'SimulatedCrash';
  }
}

/** The effects of one life of a process. */
export interface Effects {
  /** Every effect tried so far, by number from 1. */
  readonly tried: readonly string[];
  readonly crashed: boolean;
  /** Does it, unless fate has it otherwise. */
  perform<Result>(what: string, act: () => Result): Result;
  /** For what changes nothing: throws when the process is dead. */
  requireAlive(): void;
}

export function createEffects(fateOf: (number: number, what: string) => Fate = () => 'happens'): Effects {
  const tried: string[] = [];
  let crash: SimulatedCrash | undefined;

  function die(what: string): never {
    crash = new SimulatedCrash(what);
    throw crash;
  }

  function requireAlive(): void {
    if (crash !== undefined) throw crash;
  }

  return {
    tried,
    get crashed() {
      return crash !== undefined;
    },
    requireAlive,
    perform(what, act) {
      requireAlive();
      tried.push(what);
      const fate = fateOf(tried.length, what);
      if (fate instanceof Error) throw fate;
      if (fate === 'crash-before') die(what);
      try {
        const result = act();
        if (typeof fate === 'object') throw fate.failsAfter;
        return result;
      } finally {
        // Also when the act itself failed.
        if (fate === 'crash-after') die(what);
      }
    },
  };
}

/** An error as the system makes it: `systemError('ENOSPC')` as a fate goes the way a real one goes. */
export function systemError(code: string, path = '/'): Error {
  // Most of a sweep's errors are looks at what is not there; their stacks would cost more than everything else.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = new Error(`${code}: ${path}`);
  Error.stackTraceLimit = stackTraceLimit;
  return Object.assign(error, { code, syscall: 'simulated' });
}
