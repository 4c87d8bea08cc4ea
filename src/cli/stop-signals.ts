// When the daemon has to stop: at a signal of the system or of a person, first by finishing, then by breaking off.

import { EXIT } from './exit-codes.ts';

/** SIGBREAK is Ctrl+Break on Windows, where a service that is stopped gets it. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGBREAK'] as const;

/** After the limit everything has to be over within this time, whatever a disk or a share does. */
const LAST_RESORT_MS = 1_800;

export interface StopSignals {
  /** Aborts at the first signal; its reason is the signal's name. */
  readonly stop: AbortSignal;
  /** Aborts when the time after that is over, or at the second signal: nobody waits any longer. */
  readonly limit: AbortSignal;
  /** Listens no more; the times that run go on, for what may still keep the process. */
  done(): void;
}

export function listenForStop(withinMs: number): StopSignals {
  const stop = new AbortController();
  const limit = new AbortController();
  const giveUp = (): void => {
    limit.abort();
    // A call to the system that does not come back would keep the process for ever. This is no worse than a crash: what
    // was being sent is recorded as begun, and the next start asks the bank about it.
    setTimeout(() => process.exit(EXIT.ok), LAST_RESORT_MS).unref();
  };
  const onSignal = (name: NodeJS.Signals): void => {
    if (limit.signal.aborted) return;
    if (stop.signal.aborted) {
      giveUp();
      return;
    }
    setTimeout(giveUp, withinMs).unref();
    stop.abort(name);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    stop: stop.signal,
    limit: limit.signal,
    done: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
