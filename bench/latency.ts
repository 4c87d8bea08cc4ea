// Bar 6: from the ERP's rename to the bank having the message, for one small file on a daemon that has nothing else to do.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLedger } from '../src/sandbox/read-ledger.ts';
import { timeAtMost } from './bars.ts';
import type { BenchResult, BenchRun } from './bench.ts';
import { smallOrder } from './files.ts';
import { median } from './rounds.ts';
import { Daemon, keysFor, makeSite, renameInOutbox, SandboxBank } from './site.ts';

/** What a daemon waits for a file to stand still, unless it is told otherwise (`readiness.minimumAge`). */
const DEFAULT_READINESS_MS = 1_000;

/** A connection is not trusted any more after ten seconds: an idle daemon connects anew for each of these files. */
const IDLE_MS = 11_000;

const LIMIT_MS = 150;

export async function latency(run: BenchRun): Promise<BenchResult> {
  const files = run.quick ? 3 : 20;
  const keys = await keysFor(run);
  const bank = await SandboxBank.start(run, keys);
  const site = makeSite(run, keys, { port: bank.port });
  const { daemon } = await Daemon.start(site);
  const dropsMs: number[] = [];
  const answers: number[] = [];
  try {
    for (let index = 0; index < files; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, run.quick ? 500 : IDLE_MS));
      const name = `order-${index}.xml`;
      writeFileSync(join(site.outbox, `${name}.tmp`), smallOrder(`L${index}`));
      const [answered, closed] = [daemon.log(['submission.answered']), daemon.log(['order.closed'])];
      const droppedMs = renameInOutbox(site, name);
      dropsMs.push(droppedMs);
      answers.push((await answered).atMs - droppedMs);
      await closed;
    }
    // The bank notes when it takes a message: all of it has come by then, and its signature has been verified.
    const takenMs = readLedger(bank.folder).messages.map(({ at }) => Date.parse(at));
    const total = median(dropsMs.map((droppedMs, index) => (takenMs[index] ?? NaN) - droppedMs));
    const over = total - DEFAULT_READINESS_MS;
    const answer = median(answers);
    return {
      rows: [
        {
          what: 'rename to the bank having the message, over the readiness wait',
          ours: { ms: over, peakBytes: daemon.peakBytes },
          peer: undefined,
          bars: timeAtMost(run, 'median', over, LIMIT_MS, 'ms'),
        },
        {
          what: 'rename to the bank’s answer on our disk, over the readiness wait',
          ours: { ms: answer - DEFAULT_READINESS_MS, peakBytes: undefined },
          peer: undefined,
          bars: [],
        },
      ],
      notes: [
        `latency: with the default readiness wait of ${DEFAULT_READINESS_MS} ms the median of ${files} files is ${total.toFixed(0)} ms from the rename until the bank has the message, and ${answer.toFixed(0)} ms until its answer is in the journal.`,
      ],
    };
  } finally {
    await daemon.kill();
    await bank.end();
  }
}
