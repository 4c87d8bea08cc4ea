#!/usr/bin/env -S node --max-semi-space-size=2 --no-maglev
// The command line's entry: runs one command and ends with its exit code. With V8's usual settings it needs 25 MB more and is no
// faster: the young generation would grow to 32 MB, and of two optimizing compilers one is enough.

import { runProgram } from './cli/program.ts';

// Keys, journal and archives are nobody's business but the service's and its group's.
process.umask(0o027);
// A reader that goes away (`| head`, a log viewer that is closed) must end neither a command nor the daemon.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.exitCode = await runProgram(process.argv);
