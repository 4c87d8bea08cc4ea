// Bar 2: read and fully check a file of 100,000 transfers, beside xmllint, which checks the schema and no rule.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holds, memoryAtMost, timesFaster } from './bars.ts';
import type { BenchResult, BenchRun } from './bench.ts';
import { paymentFile, writePieces } from './files.ts';
import { checkBySchema, missingOf, paymentSchema } from './peers.ts';
import { GONIEC, mustRun, runProgram } from './programs.ts';
import { interleaved } from './rounds.ts';
import { freePort, keysFor, makeSite } from './site.ts';

const MEMORY_MB = 90;

export async function check(run: BenchRun): Promise<BenchResult> {
  const transfers = run.quick ? 10_000 : 100_000;
  const file = join(run.folder, 'file.xml');
  writePieces(file, paymentFile(transfers, 2));
  const site = makeSite(run, await keysFor(run), { port: await freePort(), transfersPerMessageMax: 100_000 });
  const checking = (path: string): string[] => [...GONIEC, 'lint', path, '--config', site.config];
  const schema = paymentSchema();
  const missing =
    missingOf('xmllint') ??
    (schema === undefined ? 'the published schemas are not here (GONIEC_SHARED)' : undefined);
  const peerChecking =
    missing !== undefined || schema === undefined
      ? undefined
      : (path: string): readonly string[] => checkBySchema(schema, path);
  const samples = await interleaved(run, {
    ours: () => mustRun(checking(file)),
    peer: peerChecking === undefined ? undefined : () => mustRun(peerChecking(file)),
  });
  const faulty = faultyFiles(file, run.folder);
  const found = await Promise.all(
    faulty.map(async ({ path, line }) => {
      const { code, output } = await runProgram(checking(path));
      return code !== 0 && new RegExp(`\\b${line}\\b`).test(output);
    }),
  );
  const verdicts = await Promise.all(
    faulty.map(async ({ path, bySchema }) =>
      peerChecking === undefined ? true : ((await runProgram(peerChecking(path))).code !== 0) === bySchema,
    ),
  );
  const { ours, peer } = samples;
  return {
    rows: [
      {
        what: `check ${transfers.toLocaleString('en')}`,
        ours,
        peer: peer && { name: 'xmllint --stream --schema', ...peer },
        bars: [
          ...timesFaster(run, ours, peer, 2.5, 4),
          ...memoryAtMost(ours, MEMORY_MB),
          holds('finds a wrong element and a wrong account number, each with its line', found.every(Boolean)),
          ...(peerChecking === undefined
            ? []
            : [holds("xmllint's verdict on the wrong element", verdicts.every(Boolean))]),
        ],
      },
    ],
    notes: missing === undefined ? [] : [`check: peer skipped, ${missing}.`],
  };
}

interface Faulty {
  readonly path: string;
  readonly line: number;
  /** Whether the schema alone says that it is wrong. */
  readonly bySchema: boolean;
}

/** Two copies, each with one fault in the middle: one that the schema sees, and one that only a rule sees. */
function faultyFiles(file: string, folder: string): Faulty[] {
  const text = readFileSync(file, 'utf8');
  const middle = text.indexOf('<CdtTrfTxInf>', text.length / 2);
  return [
    { name: 'element.xml', bySchema: true, find: '<ChrgBr>SLEV</ChrgBr>', put: '<ChrgBr>SOME</ChrgBr>' },
    { name: 'account.xml', bySchema: false, find: '<IBAN>PL', put: '<IBAN>DE' },
  ].map(({ name, bySchema, find, put }) => {
    const at = text.indexOf(find, middle);
    const path = join(folder, name);
    writeFileSync(path, text.slice(0, at) + put + text.slice(at + find.length));
    return { path, bySchema, line: text.slice(0, at).split('\n').length };
  });
}
