// Numbers everything a simulated process does to the world outside, and decides what becomes of each: it
// happens, it fails, or the process dies before or after it.

export type Fate = 'happens' | 'crash-before' | 'crash-after' | Error;

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
      const result = act();
      if (fate === 'crash-after') die(what);
      return result;
    },
  };
}
