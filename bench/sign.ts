// Bar 1: sign and verify one message of 100,000 and of 200,000 transfers, beside xmlsec1.

import { copyFileSync, openSync, readSync, rmSync, writeSync, closeSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { holds, memoryAtMost, memoryGrowsAtMost, timesFaster } from './bars.ts';
import type { BenchResult, BenchRun, Row, Sample } from './bench.ts';
import { paymentFile, writePieces } from './files.ts';
import { missingOf, signByXmlsec, verifyByXmlsec } from './peers.ts';
import { GONIEC, mustRun, runProgram } from './programs.ts';
import { interleaved } from './rounds.ts';
import { contentDigestIn, wrappedIn, writeForPeer } from './signed-message.ts';
import { BANK, freePort, keysFor, makeSite } from './site.ts';

const MEMORY_MB = 80;

export async function sign(run: BenchRun): Promise<BenchResult> {
  const keys = await keysFor(run);
  const missing = missingOf('xmlsec1');
  const sizes = run.quick ? [10_000, 20_000] : [100_000, 200_000];
  const rows: Row[] = [];
  let small: Sample | undefined;
  for (const [position, transfers] of sizes.entries()) {
    const measured = await signAndVerify(run, keys, transfers, missing === undefined);
    const [least, aim] = position === 0 ? [8, 14] : [10, undefined];
    const { ours, peer, oursVerify, peerVerify } = measured.samples;
    const size = transfers.toLocaleString('en');
    rows.push({
      what: `sign ${size}`,
      ours,
      peer: peer && { name: 'xmlsec1', ...peer },
      bars: [
        ...timesFaster(run, ours, peer, least, aim),
        ...memoryAtMost(ours, MEMORY_MB),
        ...(small === undefined
          ? []
          : memoryGrowsAtMost('at most 1.1 times the memory of half the size', small, ours, 1.1)),
        ...(missing === undefined ? [holds("xmlsec1's digest", measured.digestsEqual)] : []),
      ],
    });
    rows.push({
      what: `verify ${size}`,
      ours: oursVerify,
      peer: peerVerify && { name: 'xmlsec1', ...peerVerify },
      bars: [
        ...timesFaster(run, oursVerify, peerVerify, least, aim),
        ...memoryAtMost(oursVerify, MEMORY_MB),
        holds('a changed digit is noticed', measured.changeIsNoticed),
      ],
    });
    small = ours;
  }
  return { rows, notes: missing === undefined ? [] : [`sign: peer skipped, ${missing}.`] };
}

interface Measured {
  readonly samples: Record<'ours' | 'peer' | 'oursVerify' | 'peerVerify', Sample | undefined>;
  readonly digestsEqual: boolean;
  readonly changeIsNoticed: boolean;
}

async function signAndVerify(
  run: BenchRun,
  keys: string,
  transfers: number,
  withPeer: boolean,
): Promise<Measured> {
  const path = (name: string): string => join(run.folder, `${transfers}-${name}.xml`);
  writePieces(path('file'), paymentFile(transfers, 1));
  const site = makeSite(run, keys, { port: await freePort(), transfersPerMessageMax: 100_000 });
  const config = ['--config', site.config];
  const signing = [...GONIEC, 'file', 'sign', path('file'), '--bank', BANK, '--out', path('ours'), ...config];
  const verifying = (message: string): string[] => [...GONIEC, 'file', 'verify', message, ...config];
  // The first run also makes what the peer is given: the same content with an empty signature.
  const signed = async (command: readonly string[], out: string): Promise<Sample> => {
    // Ours never overwrites a file.
    rmSync(out, { force: true });
    return mustRun(command);
  };
  await signed(signing, path('ours'));
  writeForPeer(wrappedIn(path('ours')), path('template'), path('unwrapped'));
  const peerSigning = signByXmlsec(keys, path('template'), path('peer'));
  const samples = await interleaved(run, {
    ours: () => signed(signing, path('ours')),
    peer: withPeer ? () => signed(peerSigning, path('peer')) : undefined,
    oursVerify: () => mustRun(verifying(path('ours'))),
    peerVerify: withPeer ? () => mustRun(verifyByXmlsec(keys, path('unwrapped'))) : undefined,
  });
  changeADigit(path('ours'), path('changed'));
  return {
    samples,
    digestsEqual: withPeer && contentDigestIn(path('ours')) === contentDigestIn(path('peer')),
    changeIsNoticed: (await runProgram(verifying(path('changed')))).code !== 0,
  };
}

/** The first digit of an amount in the middle of the file. */
function changeADigit(from: string, to: string): void {
  copyFileSync(from, to);
  const file = openSync(to, 'r+');
  const middle = Math.floor(statSync(to).size / 2);
  const piece = Buffer.alloc(8_192);
  readSync(file, piece, 0, piece.length, middle);
  const at = piece.indexOf('Ccy="PLN">') + 'Ccy="PLN">'.length;
  writeSync(file, Buffer.from(piece[at] === 0x31 ? '2' : '1'), 0, 1, middle + at);
  closeSync(file);
}
