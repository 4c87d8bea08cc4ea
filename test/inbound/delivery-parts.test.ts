import { expect, it } from 'vitest';
import { DIGEST_BYTES } from '../../src/inbound/digest-counts.ts';
import { createEffects } from '../files/simulated-effects.ts';
import { createDesk, shownIn, type AccountDesk } from './support/account-desk.ts';

const DAY = '2026-11-24';
/** Three parts, of which the last is not full. */
const TEXTS = Array.from({ length: 45_000 }, (_, index) => `T${index}`);

async function busyDesk(): Promise<AccountDesk> {
  const desk = await createDesk();
  desk.bank.booksOurs = true;
  desk.bank.entries.set(DAY, [...TEXTS]);
  return desk;
}

/** The numbers of the transfers on record as booked, in order. */
async function bookedTransfers(desk: AccountDesk): Promise<number[]> {
  const records = await desk.journal.read((await desk.book()).stream);
  return records.flatMap(({ event }) =>
    event.type === 'transfers-booked' ? event.transfers.map(({ transfer }) => transfer) : [],
  );
}

/** How many entries are on record as shown. */
async function digestCount(desk: AccountDesk): Promise<number> {
  let count = 0;
  for (const stream of await desk.journal.openStreams('shown/'))
    for (const { event } of await desk.journal.read(stream))
      if (event.type === 'entries-shown') count += Buffer.from(event.digests, 'base64').length / DIGEST_BYTES;
  return count;
}

it('A large delivery leaves parts on record that no crash between them loses or repeats', async () => {
  const quiet = await busyDesk();
  const effects = createEffects();
  await quiet.pass(['history'], effects);
  const commits = effects.tried.flatMap((what, index) => (what.startsWith('commit') ? [index + 1] : []));
  let crashesBetween = 0;
  for (const number of commits.slice(-5)) {
    const desk = await busyDesk();
    const crash = createEffects((at) => (at === number ? 'crash-after' : 'happens'));
    await desk.pass(['history'], crash).catch(() => undefined);
    if (((await desk.book()).state.pending?.advanced ?? 0) > 0) crashesBetween += 1;
    await desk.pass(['history']);
    expect(shownIn(desk.inbox().values())).toEqual(TEXTS);
    expect(await digestCount(desk)).toBe(TEXTS.length);
    expect(await bookedTransfers(desk)).toEqual(
      TEXTS.flatMap((_, index) => (index % 1_000 === 0 ? [index] : [])),
    );
  }
  expect(crashesBetween).toBeGreaterThan(0);
}, 120_000);
