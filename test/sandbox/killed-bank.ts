// Runs a sandbox in a process of its own, to be killed: prints its addresses as one JSON line.

import { setTimeout as wait } from 'node:timers/promises';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

const [, , folder = ''] = process.argv;
const sandbox = await startSandbox({
  folder,
  port: 0,
  controlPort: 0,
  settings: { historyDays: 0, bookingDelayMs: 0 },
  clock: {
    now: () => Date.now(),
    running: () => performance.now(),
    sleep: async (ms, signal) => {
      await wait(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    },
    random: (sizeBytes) => crypto.getRandomValues(new Uint8Array(sizeBytes)),
  },
});
process.stdout.write(`${JSON.stringify({ url: sandbox.url('bnp') })}\n`);
