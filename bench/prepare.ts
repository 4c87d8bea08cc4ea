// Bar 3: the daemon takes a file over, checks it, signs it and has it durable on disk, beside xmllint followed by xmlsec1.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { memoryAtMost, memoryGrowsAtMost, timesFaster } from './bars.ts';
import type { Bar, BenchResult, BenchRun, Sample } from './bench.ts';
import { paymentFile, writePieces } from './files.ts';
import {
  checkBySchema,
  missingOf,
  paymentSchema,
  signatureTemplate,
  signByXmlsec,
  WRAPPER,
} from './peers.ts';
import { mustRun } from './programs.ts';
import { interleaved } from './rounds.ts';
import { Daemon, drop, freePort, keysFor, makeSite, NO_READINESS_WAIT } from './site.ts';

const MEMORY_MB = 110;
const WHOLE_MESSAGE_MAX = 100_000;
const SMALL_MESSAGE_MAX = 100;

export async function prepare(run: BenchRun): Promise<BenchResult> {
  const keys = await keysFor(run);
  const transfers = run.quick ? 10_000 : 100_000;
  const [single, double] = [join(run.folder, 'single.xml'), join(run.folder, 'double.xml')];
  writePieces(single, paymentFile(transfers, 3));
  writePieces(double, paymentFile(2 * transfers, 4));
  const schema = paymentSchema();
  const missing =
    missingOf('xmllint', 'xmlsec1') ??
    (schema === undefined ? 'the published schemas are not here (GONIEC_SHARED)' : undefined);
  const template = join(run.folder, 'template.xml');
  writePieces(template, wrapped(paymentFile(transfers, 3)));

  const samples = await interleaved(run, {
    one: () => prepared(run, keys, single, transfers, WHOLE_MESSAGE_MAX),
    peer:
      missing !== undefined || schema === undefined
        ? undefined
        : () => checkedAndSigned(run, keys, schema, single, template),
    many: () => prepared(run, keys, single, transfers, SMALL_MESSAGE_MAX),
    double: () => prepared(run, keys, double, 2 * transfers, WHOLE_MESSAGE_MAX),
  });
  const { one, many, double: twice, peer } = samples;
  const shownPeer = peer && { name: 'xmllint, xmlsec1, sync', ...peer };
  const size = transfers.toLocaleString('en');
  return {
    rows: [
      {
        what: `prepare ${size}, one message`,
        ours: one,
        peer: shownPeer,
        bars: [...timesFaster(run, one, peer, 6, 10), ...memoryAtMost(one, MEMORY_MB)],
      },
      {
        what: `prepare ${size}, ${(transfers / SMALL_MESSAGE_MAX).toLocaleString('en')} messages`,
        ours: many,
        peer: shownPeer,
        bars: [...timesFaster(run, many, peer, 2.5), ...memoryAtMost(many, MEMORY_MB)],
      },
      {
        what: `prepare ${(2 * transfers).toLocaleString('en')}`,
        ours: twice,
        peer: undefined,
        bars: [
          ...memoryAtMost(twice, MEMORY_MB),
          ...memoryGrowsAtMost('at most 1.1 times the memory of half the size', one, twice, 1.1),
          ...timeGrowsAtMost(run, one, twice, 2.2),
        ],
      },
    ],
    notes: missing === undefined ? [] : [`prepare: peer skipped, ${missing}.`],
  };
}

function timeGrowsAtMost(
  run: BenchRun,
  half: Sample | undefined,
  whole: Sample | undefined,
  most: number,
): Bar[] {
  if (run.quick || half === undefined || whole === undefined) return [];
  return [
    {
      text: `at most ${most} times the time of half the size`,
      met: whole.ms <= half.ms * most,
      kind: 'time',
    },
  ];
}

/** A daemon of its own each time, because its highest memory is kept for all its life. The bank is not there: nothing is sent. */
async function prepared(
  run: BenchRun,
  keys: string,
  file: string,
  transfers: number,
  transfersPerMessageMax: number,
): Promise<Sample> {
  const site = makeSite(run, keys, {
    port: await freePort(),
    transfersPerMessageMax,
    readiness: NO_READINESS_WAIT,
  });
  const { daemon } = await Daemon.start(site);
  try {
    const messages = Math.ceil(transfers / transfersPerMessageMax);
    const last = daemon.log(['submission.prepared'], messages);
    const droppedMs = drop(site, file, 'payments.xml');
    const { atMs } = await last;
    return { ms: atMs - droppedMs, peakBytes: daemon.peakBytes };
  } finally {
    await daemon.kill();
    rmSync(site.folder, { recursive: true });
  }
}

/** One program after the other, the output flushed to the disk as well. */
async function checkedAndSigned(
  run: BenchRun,
  keys: string,
  schema: string,
  file: string,
  template: string,
): Promise<Sample> {
  const out = join(run.folder, 'signed.xml');
  const steps = [checkBySchema(schema, file), signByXmlsec(keys, template, out), ['sync', out]];
  const samples: Sample[] = [];
  for (const step of steps) samples.push(await mustRun(step));
  rmSync(out);
  return {
    ms: samples.reduce((sum, { ms }) => sum + ms, 0),
    peakBytes: Math.max(...samples.map(({ peakBytes }) => peakBytes ?? 0)),
  };
}

/** The document without its XML declaration, in the element it is signed in, before an empty signature. */
function* wrapped(document: Iterable<string>): Generator<string> {
  yield WRAPPER.open;
  let first = true;
  for (const piece of document) {
    yield first ? piece.replace(/^<\?xml[^>]*\?>\n/, '') : piece;
    first = false;
  }
  yield signatureTemplate() + WRAPPER.close;
}
