// The highest resident memory of a process, as Linux counts it (VmHWM). The rusage of a child would not do: at its start it
// takes over the memory of the process that started it.

import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 5;

/** As of now; undefined when the process is gone. */
export function peakMemoryBytes(processId: number): number | undefined {
  try {
    const [, kibibytes] =
      /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'latin1')) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}

/** Looks at it until it is stopped, because nothing can be asked about a process that has ended. */
export function watchPeakMemory(processId: number): { stop(): number } {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, peakMemoryBytes(processId) ?? 0);
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}

/** Seconds of processor time so far, in user and system mode. */
export function processorSeconds(processId: number): number {
  const fields = readFileSync(`/proc/${processId}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  const CLOCK_TICKS_PER_SECOND = 100;
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
}
