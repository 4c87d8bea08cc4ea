#!/usr/bin/env node
// The command line's entry: runs one command and ends with its exit code.

import { runProgram } from './cli/program.ts';

// Keys, journal and archives are nobody's business but the service's and its group's.
process.umask(0o027);
process.exitCode = await runProgram(process.argv);
