#!/usr/bin/env node
// The command line's entry: runs one command and ends with its exit code.

import { runProgram } from './cli/program.ts';

// Keys, journal and archives are nobody's business but the service's and its group's.
process.umask(0o027);
// Flushes wait for the disk and not for a processor, and those that wait beside each other share its work: four threads are few.
process.env.UV_THREADPOOL_SIZE ??= '16';
// A reader that goes away (`| head`, a log viewer that is closed) must end neither a command nor the daemon.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.exitCode = await runProgram(process.argv);
