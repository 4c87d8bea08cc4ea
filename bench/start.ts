// Bar 7: the start with no order and with 1,000,000 closed ones in the journal, and what a daemon costs that has nothing to do.

import { timeAtMost } from './bars.ts';
import { MB, type Bar, type BenchResult, type BenchRun, type Sample } from './bench.ts';
import { writeClosedOrders } from './closed-orders.ts';
import { processorSeconds } from './peak-memory.ts';
import { interleaved } from './rounds.ts';
import { Daemon, freePort, keysFor, makeSite, type Site } from './site.ts';

const SETTLE_MS = 1_000;
const MORE_MEMORY_MB = 20;

export async function start(run: BenchRun): Promise<BenchResult> {
  const orders = run.quick ? 10_000 : 1_000_000;
  const keys = await keysFor(run);
  const port = await freePort();
  const [none, many] = [makeSite(run, keys, { port }), makeSite(run, keys, { port })];
  run.say(`  writing ${orders.toLocaleString('en')} closed orders`);
  await writeClosedOrders(many.state, orders);
  // What a journal takes at its first opening is not what it takes every day.
  for (const site of [none, many]) await started(site);
  const samples = await interleaved(run, { none: () => started(none), many: () => started(many) });
  const { none: empty, many: full } = samples;
  const idleSeconds = run.quick ? 5 : 30;
  const idle = await idleProcessorMs(many, idleSeconds);
  const share = (idle / (idleSeconds * 1_000)) * 100;
  return {
    rows: [
      { what: 'start to ready, no orders', ours: empty, peer: undefined, bars: [] },
      {
        what: `start to ready, ${orders.toLocaleString('en')} closed orders`,
        ours: full,
        peer: undefined,
        bars: [...timeGrowth(run, empty, full), ...memoryGrowth(empty, full)],
      },
      {
        what: `processor time of ${idleSeconds} s with nothing to do`,
        ours: { ms: idle, peakBytes: undefined },
        peer: undefined,
        bars: timeAtMost(run, 'share of a core', share, 0.5, '%'),
      },
    ],
    notes: [],
  };
}

/** Until it says that it is ready; the memory is looked at a little later, when it has looked round its folders. */
async function started(site: Site): Promise<Sample> {
  const { daemon, readyMs } = await Daemon.start(site);
  await pause(SETTLE_MS);
  const { peakBytes } = daemon;
  await daemon.stop();
  return { ms: readyMs, peakBytes };
}

async function idleProcessorMs(site: Site, seconds: number): Promise<number> {
  const { daemon } = await Daemon.start(site);
  await pause(3 * SETTLE_MS);
  const before = processorSeconds(daemon.processId);
  await pause(seconds * 1_000);
  const used = processorSeconds(daemon.processId) - before;
  await daemon.stop();
  return used * 1_000;
}

function timeGrowth(run: BenchRun, empty: Sample | undefined, full: Sample | undefined): Bar[] {
  if (run.quick || empty === undefined || full === undefined) return [];
  return [{ text: 'at most 1.5 times the start with none', met: full.ms <= empty.ms * 1.5, kind: 'time' }];
}

function memoryGrowth(empty: Sample | undefined, full: Sample | undefined): Bar[] {
  if (empty?.peakBytes === undefined || full?.peakBytes === undefined) return [];
  const met = full.peakBytes <= empty.peakBytes + MORE_MEMORY_MB * MB;
  return [{ text: `at most ${MORE_MEMORY_MB} MB more`, met, kind: 'flatness' }];
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
