// Ends an exchange that makes no progress, or takes too long altogether.

import type { Clock } from '../../../clock.ts';

export interface TimeLimit {
  /** Something moved: the idle time starts again. */
  progress(): void;
  stop(): void;
}

/** Calls `expired` once with a sentence, unless stopped before; times in milliseconds of running time. */
export function limitTime(
  clock: Clock,
  limits: { readonly idleMs: number; readonly totalMs: number },
  expired: (cause: string) => void,
): TimeLimit {
  const startedAt = clock.running();
  let movedAt = startedAt;
  const stopped = new AbortController();
  const watch = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const now = clock.running();
      const idleLeftMs = movedAt + limits.idleMs - now;
      const totalLeftMs = startedAt + limits.totalMs - now;
      if (idleLeftMs <= 0 || totalLeftMs <= 0) {
        expired(
          idleLeftMs <= 0
            ? `nothing moved for ${limits.idleMs} ms`
            : `it took longer than ${limits.totalMs} ms`,
        );
        return;
      }
      await clock.sleep(Math.min(idleLeftMs, totalLeftMs), stopped.signal);
    }
  };
  void watch();
  return {
    progress: () => {
      movedAt = clock.running();
    },
    stop: () => stopped.abort(),
  };
}
