// Bar 5: many small orders from the outbox to the archive, against the sandbox in its own process; beside a shell loop and a
// naive Node loop that sign and send to the same sandbox and give no guarantee at all.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { qualifyingProperties } from '../src/signature/signed-properties.ts';
import { readLedger } from '../src/sandbox/read-ledger.ts';
import { holds, ratioOf, timesFaster } from './bars.ts';
import type { BenchResult, BenchRun, Sample } from './bench.ts';
import { smallOrder } from './files.ts';
import { missingOf, signatureTemplate, signingWithProperties, WRAPPER } from './peers.ts';
import { mustRun } from './programs.ts';
import { interleaved } from './rounds.ts';
import { Daemon, keysFor, makeSite, NO_READINESS_WAIT, pem, renameInOutbox, SandboxBank } from './site.ts';

/** The loop takes the same time for each order, so that a part of them tells as much as all. */
const LOOP_SHARE = 10;

export async function orders(run: BenchRun): Promise<BenchResult> {
  const count = run.quick ? 100 : 2_000;
  const keys = await keysFor(run);
  const missing = missingOf('xmlsec1', 'curl', 'bash');
  const taken: { readonly by: string; readonly all: boolean }[] = [];
  const shares: LoopShares[] = [];
  const atBank = async (
    by: string,
    expected: number,
    work: (bank: SandboxBank) => Promise<Sample>,
  ): Promise<Sample> => {
    const bank = await SandboxBank.start(run, keys);
    try {
      const sample = await work(bank);
      const { executions } = readLedger(bank.folder);
      const ids = new Set(executions.map(({ endToEndId }) => endToEndId));
      taken.push({ by, all: executions.length === expected && ids.size === expected });
      return sample;
    } finally {
      await bank.end();
      rmSync(bank.folder, { recursive: true });
    }
  };
  const { ours, shell, naive } = await interleaved(run, {
    ours: () => atBank('ours', count, (bank) => throughTheDaemon(run, keys, bank, count)),
    shell:
      missing === undefined
        ? () =>
            atBank('shell', count / LOOP_SHARE, async (bank) => {
              const { sample, share } = await throughTheShell(run, keys, bank, count / LOOP_SHARE);
              shares.push(share);
              return { ms: sample.ms * LOOP_SHARE, peakBytes: undefined };
            })
        : undefined,
    naive: () => atBank('naive', count, (bank) => throughNaiveNode(run, keys, bank, count)),
  });
  const executedOnce = (by: string): boolean => taken.every((one) => one.by !== by || one.all);
  const size = count.toLocaleString('en');
  return {
    rows: [
      {
        what: `${size} small orders`,
        ours,
        peer: shell && { name: 'xmlsec1, curl, mv', ...shell },
        bars: [
          ...timesFaster(run, ours, shell, 20, 30),
          holds('the bank has executed each once', executedOnce('ours')),
        ],
      },
      {
        what: `${size} small orders`,
        ours,
        peer: naive && { name: 'xml-crypto and https in Node', ...naive },
        bars: [
          ...timesFaster(run, ours, naive, 3),
          holds('the bank has executed what the loops sent', executedOnce('shell') && executedOnce('naive')),
        ],
      },
    ],
    notes: [
      ...(missing === undefined
        ? shellNote(shares, ours, shell)
        : [`orders: shell loop skipped, ${missing}.`]),
    ],
  };
}

/** Until the last order is closed: told to the ERP and in the archive. The ERP renames one file after the other. */
async function throughTheDaemon(
  run: BenchRun,
  keys: string,
  bank: SandboxBank,
  count: number,
): Promise<Sample> {
  const site = makeSite(run, keys, { port: bank.port, readiness: NO_READINESS_WAIT });
  const names = Array.from({ length: count }, (_, index) => `order-${String(index).padStart(5, '0')}.xml`);
  for (const [index, name] of names.entries())
    writeFileSync(join(site.outbox, `${name}.tmp`), smallOrder(`B${index}`));
  const { daemon } = await Daemon.start(site);
  try {
    const last = daemon.log(['order.closed'], count);
    const [startMs = 0] = names.map((name) => renameInOutbox(site, name));
    const { atMs } = await last;
    return { ms: atMs - startMs, peakBytes: daemon.peakBytes };
  } finally {
    await daemon.kill();
    rmSync(site.folder, { recursive: true });
  }
}

/** Of the time of the whole loop. */
interface LoopShares {
  readonly tls: number;
  readonly processes: number;
}

/** The files are given to the loop wrapped and with an empty signature: it only signs, sends and moves. */
async function throughTheShell(
  run: BenchRun,
  keys: string,
  bank: SandboxBank,
  count: number,
): Promise<{ readonly sample: Sample; readonly share: LoopShares }> {
  const folder = orderFolder(run, count, (order) => {
    const document = order.replace(/^<\?xml[^>]*\?>\n/, '');
    return WRAPPER.open + document + signatureTemplate(propertiesOf(keys)) + WRAPPER.close;
  });
  const script = join(import.meta.dirname, 'shell-loop.sh');
  const loop = ['bash', script, folder, keys, String(bank.port), ...signingWithProperties(keys)];
  const sample = await mustRun(loop);
  const tlsSeconds = readFileSync(join(folder, 'tls-seconds'), 'latin1')
    .trim()
    .split('\n')
    .reduce((sum, line) => sum + Number(line), 0);
  const starts = await mustRun(['bash', join(import.meta.dirname, 'process-starts.sh'), String(count)]);
  rmSync(folder, { recursive: true });
  return { sample, share: { tls: (tlsSeconds * 1000) / sample.ms, processes: starts.ms / sample.ms } };
}

async function throughNaiveNode(
  run: BenchRun,
  keys: string,
  bank: SandboxBank,
  count: number,
): Promise<Sample> {
  const folder = orderFolder(run, count, (order) => order);
  const sample = await mustRun([
    process.execPath,
    join(import.meta.dirname, 'naive.ts'),
    folder,
    keys,
    String(bank.port),
  ]);
  rmSync(folder, { recursive: true });
  return sample;
}

function orderFolder(run: BenchRun, count: number, content: (order: string) => string): string {
  const folder = mkdtempSync(join(run.folder, 'loop-'));
  for (const name of ['out', 'done']) mkdirSync(join(folder, name));
  for (let index = 0; index < count; index += 1)
    writeFileSync(join(folder, 'out', `${index}.xml`), content(smallOrder(`B${index}`)));
  return folder;
}

/** The ids are those of the template. */
function propertiesOf(keys: string): string {
  return qualifyingProperties({
    certificate: new X509Certificate(pem(keys, 'signing.pem')),
    digest: 'sha256',
    signingTime: new Date(),
    signatureId: 's',
    contentId: 'c',
    propertiesId: 'p',
  });
}

function shellNote(
  shares: readonly LoopShares[],
  ours: Sample | undefined,
  shell: Sample | undefined,
): string[] {
  const mean = (pick: (share: LoopShares) => number): number =>
    shares.reduce((sum, share) => sum + pick(share), 0) / shares.length;
  const [tls, processes] = [mean((share) => share.tls), mean((share) => share.processes)];
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const ratio = (ratioOf(ours, shell) ?? NaN) * (1 - tls - processes);
  return [
    `orders: the shell loop ran a tenth of the orders; its time is scaled. Of it, TLS and connecting is ${percent(tls)} and starting processes ${percent(processes)}; without both it would be ${ratio.toFixed(1)}x ours.`,
  ];
}
