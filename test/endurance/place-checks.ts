// Whether every file is where it belongs, every end was told once, and nothing half written was ever to be seen.

import { endsOf, type End } from './ends.ts';
import type { Evidence } from './evidence.ts';
import type { PlannedEnd } from './planned-files.ts';

/** Sentences, each beginning with the name of its check; none when all is well. */
export function placeViolations(evidence: Evidence): string[] {
  const ends = endsOf(evidence);
  return [
    ...ends.flatMap(oneEnd),
    ...asPlanned(evidence, ends),
    ...repeats(ends),
    ...inboxFiles(evidence),
    ...archived(evidence, ends),
    ...leftovers(evidence, ends),
    ...atRest(evidence, ends),
    ...evidence.surprises.map((surprise) => `run: ${surprise}`),
  ];
}

function oneEnd({ dropped, told, word }: End): string[] {
  const { name } = dropped.file;
  if (word === 'waits') return told.length === 0 ? [] : [`end: ${name} still waits but was spoken of`];
  const finals = told.filter(({ final }) => final);
  const wrong: string[] = [];
  if (finals.length !== 1) wrong.push(`end: ${name} was told ${finals.length} ends`);
  else if (told.at(-1)?.final !== true) wrong.push(`end: something was told about ${name} after its end`);
  if (new Set(told.map(({ order }) => order)).size > 1) wrong.push(`end: ${name} became more than one order`);
  if (new Set(told.map(({ messageId }) => messageId)).size !== told.length)
    wrong.push(`end: two status files about ${name} share a message id`);
  return wrong;
}

/** Ends that the plan allows whatever a bank does; a refusal that a mood ordered may turn others into `rejected`. */
const ALLOWED: Readonly<Record<PlannedEnd, readonly End['word'][]>> = {
  settled: ['settled', 'repeats'],
  rejected: ['rejected'],
  'partly-settled': ['partly-settled'],
  refused: ['refused'],
  repeats: ['settled', 'repeats'],
  'held-then-sent': ['settled'],
  'held-then-dropped': ['rejected'],
  waits: ['waits'],
};

function asPlanned(evidence: Evidence, ends: readonly End[]): string[] {
  const others = ends.filter(({ dropped, word }) => !ALLOWED[dropped.file.end].includes(word));
  const bySomeRefusal = others.filter(
    ({ dropped, word }) =>
      (['settled', 'repeats', 'held-then-sent', 'partly-settled'].includes(dropped.file.end) &&
        ['rejected', 'partly-settled'].includes(word)) ||
      // The file it is like was rejected as a whole, so it is no duplicate any more.
      (dropped.file.end === 'held-then-dropped' && word === 'settled'),
  );
  const rest = others.filter((end) => !bySomeRefusal.includes(end));
  const wrong = rest.map(
    ({ dropped, word }) => `outcome: ${dropped.file.name} (${dropped.file.end}) ended ${word}`,
  );
  const refusals = bySomeRefusal.filter(({ word }) => word !== 'settled').length;
  return refusals > evidence.refusalsOrdered
    ? [
        ...wrong,
        `outcome: ${refusals} files were rejected, but a bank refused only ${evidence.refusalsOrdered}`,
      ]
    : wrong;
}

/** Of files with the same bytes one is carried out; another one only where the bank rejected that one as a whole. */
function repeats(ends: readonly End[]): string[] {
  const groups = Map.groupBy(
    ends.filter(({ dropped }) => ['settled', 'repeats'].includes(dropped.file.end)),
    ({ dropped }) => dropped.sha256,
  );
  return [...groups.values()].flatMap((group) => {
    const carriedOut = group.filter(({ word }) => !['repeats', 'rejected'].includes(word));
    const names = group.map(({ dropped, word }) => `${dropped.file.name} ${word}`).join(', ');
    if (carriedOut.length > 1) return [`repeats: the same bytes were carried out twice: ${names}`];
    if (group.every(({ word }) => word === 'repeats')) return [`repeats: none was carried out: ${names}`];
    return [];
  });
}

function inboxFiles({ sightings, inbox }: Evidence): string[] {
  const wrong = sightings.flatMap(({ name, whole, sha256 }) => [
    ...(whole ? [] : [`inbox: ${name} was not whole when it was first seen`]),
    ...(new Set(sha256).size > 1 ? [`inbox: ${name} came back with other bytes`] : []),
  ]);
  const seen = new Set(sightings.map(({ name }) => name));
  return [
    ...wrong,
    ...inbox.filter((name) => name.startsWith('.')).map((name) => `inbox: ${name} was left behind`),
    ...inbox
      .filter((name) => !name.startsWith('.') && !seen.has(name))
      .map((name) => `inbox: ${name} was never seen`),
  ];
}

/** Every order lies in the archive once, with the bytes that were dropped and a receipt. */
function archived({ archive, unfinishedArchive }: Evidence, ends: readonly End[]): string[] {
  const wrong = unfinishedArchive.map((path) => `archive: ${path} is unfinished`);
  const sources = Map.groupBy(
    archive.flatMap((order) => order.sources.map((source) => ({ ...source, order }))),
    ({ fileName }) => fileName,
  );
  for (const { dropped, word } of ends) {
    const found = sources.get(dropped.file.name) ?? [];
    const expected = word === 'waits' ? 0 : 1;
    if (found.length !== expected)
      wrong.push(`archive: ${dropped.file.name} (${word}) lies there ${found.length} times`);
    for (const { sha256, order } of found) {
      if (sha256 !== dropped.sha256) wrong.push(`archive: ${order.path} holds other bytes than were dropped`);
      for (const name of ['receipt.json', 'summary.txt'])
        if (!order.names.includes(name)) wrong.push(`archive: ${order.path} has no ${name}`);
    }
  }
  return wrong;
}

/** How far the journal had got, which the outbox keeps. */
const NOTE = /^\.working\/[0-9A-Z]{26}\/reached$/;

function leftovers({ outbox, spool }: Evidence, ends: readonly End[]): string[] {
  const waiting = new Set(
    ends.filter(({ word }) => word === 'waits').map(({ dropped }) => dropped.file.name),
  );
  return [
    ...outbox
      .filter((path) => !waiting.has(path) && !NOTE.test(path))
      .map((path) => `outbox: ${path} was left behind`),
    ...spool.map((path) => `spool: ${path} was left behind`),
  ];
}

/** What Goniec says of itself agrees: nothing is open, held or paused, and the journal is whole. */
function atRest({ status, journalDamage }: Evidence, ends: readonly End[]): string[] {
  const waiting = ends.filter(({ word }) => word === 'waits').map(({ dropped }) => dropped.file.name);
  return [
    ...status.open.map(({ fileName, phase, submissions }) => {
      const phases = submissions.map((submission) =>
        `${submission.phase} ${submission.hold?.code ?? ''}`.trim(),
      );
      return `status: ${fileName} is open (${phase}: ${phases.join(', ')})`;
    }),
    ...status.paused.map(({ bank }) => `status: bank ${bank} is paused`),
    ...status.waiting
      .filter(({ file }) => !waiting.includes(file))
      .map(({ file }) => `status: ${file} waits in the outbox`),
    ...(journalDamage === undefined ? [] : [`journal: ${journalDamage}`]),
  ];
}
