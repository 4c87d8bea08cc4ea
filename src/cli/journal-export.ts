// `goniec journal export`: the records as lines of JSON with the hash chain, for whoever wants to check it.

import { counted } from '../domain/counted.ts';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportLines } from '../journal/export-journal.ts';
import { pathsIn } from '../journal/folder-volume.ts';
import { JournalFailure, type JournalDamage } from '../journal/journal.ts';
import { openForReading } from '../journal/open-for-reading.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { settingsFor } from './settings-for.ts';
import { complain } from './terminal.ts';

export interface ExportOptions {
  readonly config?: string;
  readonly out?: string;
  readonly from: string;
}

type Lines = AsyncGenerator<string, number | JournalDamage>;

export async function exportJournal(options: ExportOptions): Promise<ExitCode> {
  const from = Number(options.from);
  if (!Number.isSafeInteger(from) || from < 1) {
    complain('--from must be the number of a record, 1 or more.');
    return EXIT.usage;
  }
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const opened = await openForReading(pathsIn(loaded.settings.state));
  if ('refused' in opened) {
    complain(opened.sentence);
    return EXIT.startRefused;
  }
  try {
    const lines = await exportLines(opened.parts, from);
    if (lines === undefined) {
      complain(`The journal ends before record ${from}.`);
      return EXIT.notFound;
    }
    return tell(await write(lines, options.out));
  } catch (error) {
    if (!(error instanceof JournalFailure)) throw error;
    complain(error.message);
    return EXIT.startRefused;
  } finally {
    opened.database.close();
  }
}

type Outcome = number | JournalDamage | { readonly notWritten: string };

/** Onto a new file, which is gone again when it could not be written whole; or to standard output. */
async function write(lines: Lines, path: string | undefined): Promise<Outcome> {
  if (path === undefined) return await pass(lines, process.stdout, false);
  let file: FileHandle;
  try {
    file = await open(path, 'wx', 0o640);
  } catch (error) {
    return notWritten(error);
  }
  const outcome = await pass(lines, file.createWriteStream({ flush: true }), true);
  if (typeof outcome === 'object' && 'notWritten' in outcome) await rm(path, { force: true });
  return outcome;
}

async function pass(lines: Lines, target: Writable, end: boolean): Promise<Outcome> {
  let outcome: Outcome = 0;
  const all = async function* (): AsyncGenerator<string> {
    outcome = yield* lines;
  };
  try {
    await pipeline(all, target, { end });
    return outcome;
  } catch (error) {
    return notWritten(error);
  }
}

/** What the disk or the reader of the export is to blame for; a fault of ours or of the journal is thrown on. */
function notWritten(error: unknown): { readonly notWritten: string } {
  if (error instanceof Error && 'syscall' in error) return { notWritten: error.message };
  throw error;
}

function tell(outcome: Outcome): ExitCode {
  if (typeof outcome === 'number') {
    process.stderr.write(`${counted(outcome, 'record')} exported.\n`);
    return EXIT.ok;
  }
  if ('notWritten' in outcome) {
    complain(`The export was not written: ${outcome.notWritten}`);
    return EXIT.notWritten;
  }
  complain(
    `The journal is damaged at record ${outcome.sequence}: ${outcome.reason}. The records before it were exported. "goniec journal verify" says what to do.`,
  );
  return EXIT.startRefused;
}
