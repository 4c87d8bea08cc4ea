// Bar 4: a statement of 1,000,000 entries read, checked and written as an inbox file, without and with receiving it over TLS,
// beside an XML parser in C that merely parses the same bytes from disk; and operations of the same number, recognised across
// downloads.

import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { reportAnswer, STATEMENT_DAY, statementAnswer } from './account-answers.ts';
import { holds, memoryAtMost, ratioOf } from './bars.ts';
import type { Bar, BenchResult, BenchRun, Row, Sample } from './bench.ts';
import { writePieces } from './files.ts';
import { missingOf, pythonPath } from './peers.ts';
import { LiveProgram, mustRun } from './programs.ts';
import { interleaved, summaryOf } from './rounds.ts';
import { Daemon, freePort, keysFor, makeSite, type LogLine, type Site } from './site.ts';

const MEMORY_MB = 100;

export async function statement(run: BenchRun): Promise<BenchResult> {
  const entries = run.quick ? 10_000 : 1_000_000;
  const keys = await keysFor(run);
  const answers = join(run.folder, 'answers');
  const answer = (operation: string): string => `${answers}-${operation}.xml`;
  writePieces(answer('GetStatement'), statementAnswer(entries));
  writePieces(answer('GetAccountReport'), reportAnswer('GetAccountReport', entries));
  writePieces(answer('GetIncrementalAccountReport'), reportAnswer('GetIncrementalAccountReport', entries, 1));
  const port = await freePort();
  const bank = new LiveProgram([
    process.execPath,
    join(import.meta.dirname, 'answering-bank.ts'),
    keys,
    answers,
    String(port),
  ]);
  await bank.line('the answering bank', 10_000, (line) => (line === 'ready' ? true : undefined));
  const missing = missingOf('python3');
  const shown = { statements: [] as number[], first: [] as number[], again: [] as number[] };
  const agains: Sample[] = [];
  const reads: Sample[] = [];
  try {
    const samples = await interleaved(run, {
      ours: async () => {
        const fetched = await fetchStatement(run, keys, port, bank);
        shown.statements.push(fetched.entries);
        reads.push(fetched.afterReceiving);
        return fetched.sample;
      },
      peer: missing === undefined ? () => parsed(answer('GetStatement')) : undefined,
      history: async () => {
        const { first, again } = await fetchHistory(run, keys, port, bank);
        shown.first.push(first.entries);
        shown.again.push(again.entries);
        agains.push(again.sample);
        return first.sample;
      },
      historyPeer: missing === undefined ? () => parsed(answer('GetAccountReport')) : undefined,
    });
    const again = summaryOf(agains);
    const read = summaryOf(reads);
    const { ours, peer, history, historyPeer } = samples;
    const size = entries.toLocaleString('en');
    const all = (counts: readonly number[], wanted: number): boolean =>
      counts.every((count) => count === wanted);
    const row = (
      what: string,
      sample: Sample | undefined,
      besides: Sample | undefined,
      bars: Bar[],
    ): Row => ({
      what,
      ours: sample,
      peer: besides && { name: 'libexpat parsing', ...besides },
      bars: [...bars, ...memoryAtMost(sample, MEMORY_MB)],
    });
    return {
      rows: [
        row(`statement, ${size} entries, from its last byte on`, read, peer, atMostTimes(run, read, peer, 1)),
        row(`statement, ${size} entries, received as well`, ours, peer, [
          ...atMostTimes(run, ours, peer, 1),
          holds('every entry is there', all(shown.statements, entries)),
        ]),
        row(`history, ${size} entries, all new`, history, historyPeer, [
          ...atMostTimes(run, history, historyPeer, 1.6),
          holds('every entry is shown', all(shown.first, entries)),
        ]),
        row(`history, ${size} entries, all but one known`, again, historyPeer, [
          ...atMostTimes(run, again, historyPeer, 1.6),
          holds('only the new one is shown', all(shown.again, 1)),
        ]),
      ],
      notes: missing === undefined ? [] : [`statement: peer skipped, ${missing}.`],
    };
  } finally {
    await bank.end('SIGKILL');
  }
}

function atMostTimes(run: BenchRun, ours: Sample | undefined, peer: Sample | undefined, most: number): Bar[] {
  const ratio = ratioOf(ours, peer);
  if (run.quick || ratio === undefined) return [];
  const text = most === 1 ? 'no slower than the parser' : `at most ${most} times the parser's time`;
  return [{ text, met: 1 / ratio <= most, kind: 'time' }];
}

interface Fetched extends Omit<Delivered, 'file'> {
  /** In the file in the inbox. */
  readonly entries: number;
}

async function fetchStatement(
  run: BenchRun,
  keys: string,
  port: number,
  bank: LiveProgram,
): Promise<Fetched> {
  const statements = { at: '0 0 1 1 *', since: STATEMENT_DAY };
  const site = makeSite(run, keys, { port, account: { statements } });
  const [asked, answered] = questionAt(bank, 'GetStatement');
  return onSite(site, async (daemon) =>
    counted(site, await fetched(daemon, asked, answered, delivered(daemon, 'statement'))),
  );
}

/** The finished days first, then today, for which this bank gives the same operations again and one more. */
async function fetchHistory(
  run: BenchRun,
  keys: string,
  port: number,
  bank: LiveProgram,
): Promise<{ readonly first: Fetched; readonly again: Fetched }> {
  const site = makeSite(run, keys, { port, account: { history: '* * * * * *' } });
  const asked = {
    first: questionAt(bank, 'GetAccountReport'),
    again: questionAt(bank, 'GetIncrementalAccountReport'),
  };
  return onSite(site, async (daemon) => {
    const [first, again] = await Promise.all([
      fetched(daemon, ...asked.first, delivered(daemon, 'history')),
      fetched(daemon, ...asked.again, delivered(daemon, 'history', 2)),
    ]);
    return { first: await counted(site, first), again: await counted(site, again) };
  });
}

async function onSite<T>(site: Site, use: (daemon: Daemon) => Promise<T>): Promise<T> {
  const { daemon } = await Daemon.start(site);
  try {
    return await use(daemon);
  } finally {
    await daemon.kill();
    rmSync(site.folder, { recursive: true });
  }
}

const WITHIN_MS = 20 * 60_000;

/** The instants at which the bank had the question, and had given the last byte of its answer. */
function questionAt(bank: LiveProgram, operation: string): [Promise<number>, Promise<number>] {
  const saidAt = (what: string): Promise<number> =>
    bank.line(what, WITHIN_MS, (line) => {
      const [name, atMs] = line.split(' ');
      return name === what ? Number(atMs) : undefined;
    });
  return [saidAt(operation), saidAt(`${operation}-answered`)];
}

async function delivered(daemon: Daemon, what: 'statement' | 'history', count = 1): Promise<LogLine> {
  const line = await daemon.log([`${what}.delivered`, `${what}.flagged`], count);
  if (line.event.endsWith('flagged')) throw new Error(JSON.stringify(line.fields));
  return line;
}

interface Delivered {
  readonly sample: Sample;
  /** The same without the time of receiving. */
  readonly afterReceiving: Sample;
  /** Its name in the inbox. */
  readonly file: string;
}

/** From the moment the bank has the question until the file is in the inbox. */
async function fetched(
  daemon: Daemon,
  asked: Promise<number>,
  answered: Promise<number>,
  line: Promise<LogLine>,
): Promise<Delivered> {
  const [askedMs, answeredMs, { atMs, fields }] = await Promise.all([asked, answered, line]);
  const { peakBytes } = daemon;
  return {
    sample: { ms: atMs - askedMs, peakBytes },
    afterReceiving: { ms: atMs - answeredMs, peakBytes },
    file: String(fields.file),
  };
}

/** Only when nothing is measured any more: it reads the whole file. */
async function counted(site: Site, { file, ...times }: Delivered): Promise<Fetched> {
  return { ...times, entries: await countIn(join(site.inbox, file), '</Ntry>') };
}

async function countIn(path: string, text: string): Promise<number> {
  let count = 0;
  let end = '';
  for await (const piece of createReadStream(path, {
    encoding: 'latin1',
    highWaterMark: 1 << 20,
  }) as AsyncIterable<string>) {
    const searched = end + piece;
    for (let at = searched.indexOf(text); at >= 0; at = searched.indexOf(text, at + text.length)) count += 1;
    end = searched.slice(-(text.length - 1));
  }
  return count;
}

async function parsed(file: string): Promise<Sample> {
  return mustRun([pythonPath(), join(import.meta.dirname, 'parse_with_expat.py'), file]);
}
