// Runs programs in turn, A B A B, so that a machine that gets slower or faster meanwhile does so for all of them.

import type { BenchRun, Sample } from './bench.ts';

/** The median time of each, and the highest memory of any round. A run that is left out (undefined) has no figures. */
export async function interleaved<Name extends string>(
  run: BenchRun,
  programs: Readonly<Record<Name, (() => Promise<Sample>) | undefined>>,
): Promise<Record<Name, Sample | undefined>> {
  const entries = Object.entries(programs) as [Name, (() => Promise<Sample>) | undefined][];
  const samples = new Map<Name, Sample[]>();
  for (let round = 1; round <= run.rounds; round += 1) {
    for (const [name, program] of entries) {
      if (program === undefined) continue;
      const sample = await program();
      samples.set(name, [...(samples.get(name) ?? []), sample]);
      run.say(`  round ${round}: ${name} ${sample.ms.toFixed(0)} ms`);
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, summaryOf(samples.get(name) ?? [])])) as Record<
    Name,
    Sample | undefined
  >;
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Of one program over all rounds. */
export function summaryOf(samples: readonly Sample[]): Sample | undefined {
  if (samples.length === 0) return undefined;
  const peaks = samples.flatMap(({ peakBytes }) => (peakBytes === undefined ? [] : [peakBytes]));
  return {
    ms: median(samples.map(({ ms }) => ms)),
    peakBytes: peaks.length === 0 ? undefined : Math.max(...peaks),
  };
}
