#!/usr/bin/env -S node --max-semi-space-size=2 --no-maglev --v8-pool-size=1 --optimize-for-size
// The command line's entry: runs one command and ends with its exit code. V8's usual settings are for programs that keep what
// they make. Hence a young generation of 2 MB, one optimizing compiler instead of two, one thread to compile and collect beside
// ours instead of four, each of which would hold memory of its own, and a heap that is kept small. The first line stays under 127
// characters: kernels before 5.1 cut off what is longer.

import { EXIT } from './cli/exit-codes.ts';
import { tooOldNode } from './cli/node-version.ts';
import { complain } from './cli/terminal.ts';
import { runProgram } from './cli/program.ts';

// Keys, journal and archives are nobody's business but the service's and its group's.
process.umask(0o027);
// Flushes wait for the disk and not for a processor, and those that wait beside each other share its work: four threads are few.
process.env.UV_THREADPOOL_SIZE ??= '16';
// A reader that goes away (`| head`, a log viewer that is closed) must end neither a command nor the daemon.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
const tooOld = tooOldNode(process.versions.node);
if (tooOld === undefined) process.exitCode = await runProgram(process.argv);
else {
  complain(tooOld);
  process.exitCode = EXIT.usage;
}
