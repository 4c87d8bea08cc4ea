// `npm run kill:syscalls`: the same world as `npm run kill`, with system calls of the daemon that fail or are its last.

import { runHarness } from './harness.ts';
import { failingCalls, INJECTIONS, tracerMissing } from './syscalls.ts';

const missing = tracerMissing();
if (missing !== undefined) process.stdout.write(`Skipped: ${missing}.\n`);
else
  await runHarness({
    title: 'Failing system calls',
    sentence: ({ kills, orders, seed }) =>
      `\`npm run kill:syscalls -- --kills ${kills} --orders ${orders} --seed ${seed}\`: ${INJECTIONS.length} kinds of failure injected into the running daemon at random calls; a daemon that ended was started again, as a supervisor does.`,
    defaults: { kills: 64, orders: 300 },
    trouble: ({ kills }) => failingCalls(kills),
  });
