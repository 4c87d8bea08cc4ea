// The bars a row is held against, as sentences that say by themselves what was wanted.

import { MB, type Bar, type BenchRun, type Sample } from './bench.ts';

/** How many times longer the peer took; 1 when both took the same. */
export function ratioOf(ours: Sample | undefined, peer: Sample | undefined): number | undefined {
  return ours === undefined || peer === undefined ? undefined : peer.ms / ours.ms;
}

/** Nothing in a quick run, where starting the program takes most of the time, nor where the peer is not installed. */
export function timesFaster(
  run: BenchRun,
  ours: Sample | undefined,
  peer: Sample | undefined,
  least: number,
  aim?: number,
): Bar[] {
  const ratio = ratioOf(ours, peer);
  if (run.quick || ratio === undefined) return [];
  const text = `at least ${least}x${aim === undefined ? '' : ` (aim ${aim}x)`}`;
  return [{ text, met: ratio >= least, kind: 'time' }];
}

export function timeAtMost(run: BenchRun, what: string, value: number, most: number, unit: string): Bar[] {
  if (run.quick) return [];
  return [{ text: `${what} at most ${most} ${unit}`, met: value <= most, kind: 'time' }];
}

export function memoryAtMost(sample: Sample | undefined, mostMb: number): Bar[] {
  if (sample?.peakBytes === undefined) return [];
  return [{ text: `at most ${mostMb} MB`, met: sample.peakBytes <= mostMb * MB, kind: 'memory' }];
}

/** Where everything depends on it, in full runs and quick ones. */
export function holds(text: string, met: boolean): Bar {
  return { text, met, kind: 'correctness' };
}

export function memoryGrowsAtMost(
  text: string,
  small: Sample | undefined,
  large: Sample | undefined,
  most: number,
): Bar[] {
  if (small?.peakBytes === undefined || large?.peakBytes === undefined) return [];
  return [{ text, met: large.peakBytes <= small.peakBytes * most, kind: 'flatness' }];
}
