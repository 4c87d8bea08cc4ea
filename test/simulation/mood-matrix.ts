// Every bank: each mood, by what it does with a repeated and with an unknown id, by what its profile says of that, by the shape of
// the order. Made from tables, so that no combination is forgotten.

import type { AnswerProfile } from '../../src/domain/bank-profile.ts';
import { CODES, REJECTED_PREFIX, type BankTraits, type Mood } from './bank-moods.ts';
import { drop, MINUTE_MS, payments, transfer } from './scenario-parts.ts';
import type { Scenario } from './scenario.ts';

/** What the whole of one order comes to in the end. */
type End = 'settled' | 'rejected' | 'held';

/**
 * Where a message is after the first handing over in this mood, and how it ends without any other trouble. `in doubt`: it is not at the
 * bank and nobody may be sure, so that it goes again where that is proved to be safe, and else waits for a person.
 */
const MOODS: Readonly<Partial<Record<Mood, Fate>>> = {
  answers: { quiet: 'settled' },
  rejects: { quiet: 'rejected' },
  // Faults mean nothing to a profile that does not list them.
  refuses: { quiet: 'in doubt', known: 'rejected' },
  'refuses-all': { quiet: 'in doubt', known: 'rejected' },
  'not-sent': { quiet: 'settled' },
  'loses-request': { quiet: 'in doubt' },
  'loses-answer': { quiet: 'settled' },
  'arrives-late': { quiet: 'settled' },
  'unlisted-fault': { quiet: 'in doubt' },
};

interface Fate {
  readonly quiet: End | 'in doubt';
  /** With a profile that lists its faults. */
  readonly known?: End;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  'one transfer': { transfers: [transfer('A1', '10.00')] },
  'a batch': { transfers: [transfer('B1', '1.00'), transfer('B2', '2.00'), transfer('B3', '3.00')] },
  'two messages': {
    transfers: [transfer('C1', '1.00'), transfer('C2', '2.00'), transfer('C3', '3.00')],
    perMessage: 2,
  },
  'one of two rejected': { transfers: [transfer('D1', '1.00'), transfer(`${REJECTED_PREFIX}D2`, '2.00')] },
};

interface Shape {
  readonly transfers: readonly ReturnType<typeof transfer>[];
  readonly perMessage?: number;
}

const REPEATED: readonly BankTraits['repeatedId'][] = ['refused', 'silently-known', 'executed-again'];
const UNKNOWN: readonly BankTraits['unknownId'][] = ['not-found', 'unlisted-fault', 'rejected'];

export const MATRIX: readonly Scenario[] = Object.entries(SHAPES).flatMap(([name, shape]) =>
  (Object.entries(MOODS) as [Mood, Fate][]).flatMap(([mood, fate]) =>
    REPEATED.flatMap((repeatedId) =>
      UNKNOWN.flatMap((unknownId) =>
        [true, false].map((tested) => cell(name, shape, mood, fate, { repeatedId, unknownId }, tested)),
      ),
    ),
  ),
);

type Bank = Pick<BankTraits, 'repeatedId' | 'unknownId'>;

function cell(name: string, shape: Shape, mood: Mood, fate: Fate, bank: Bank, tested: boolean): Scenario {
  const { repeatedId, unknownId } = bank;
  const profile = tested ? truthAbout(bank) : {};
  return {
    title: `${name}; the bank ${mood}; a repeated id is ${repeatedId}; an unknown id is ${unknownId}; ${tested ? 'tested' : 'untested'}`,
    answers: profile,
    moods: [mood],
    traits: bank,
    ...(shape.perMessage === undefined ? {} : { transfersPerMessageMax: shape.perMessage }),
    events: [drop('order.xml', payments('M1', ...shape.transfers))],
    outcomes: { 'order.xml': outcomes(name, mood, fate, profile, tested) },
  };
}

/** Only what is true of this bank, and all of it. */
function truthAbout({ repeatedId, unknownId }: Bank): Partial<AnswerProfile> {
  return {
    notFound: unknownId === 'not-found' ? [CODES.notFound] : [],
    duplicate: repeatedId === 'refused' ? [CODES.duplicate] : [],
    refusal: [CODES.refusal],
    systemic: [CODES.systemic],
    arrivalBoundMs: MINUTE_MS,
    rejectMeansRejected: unknownId !== 'rejected',
  };
}

/** The quiet end first, then what any crash may make of it. */
function outcomes(
  shape: string,
  mood: Mood,
  { quiet, known }: Fate,
  profile: Partial<AnswerProfile>,
  tested: boolean,
): string[] {
  const mayResend = (profile.notFound ?? []).length + (profile.duplicate ?? []).length > 0;
  const first = tested && known !== undefined ? known : quiet;
  const end = first !== 'in doubt' ? first : mayResend ? 'settled' : 'held';
  const ends: End[] = [end];
  // A crash makes doubt of what was sent, and doubt is settled by sending again or by a person.
  if (mood !== 'answers' && end !== 'settled') ends.push('settled');
  if (!mayResend || mood === 'rejects' || known !== undefined) ends.push('held');
  return [...new Set(ends.map((one) => told(shape, mood, one, tested)))];
}

function told(shape: string, mood: Mood, end: End, tested: boolean): string {
  if (end === 'held') return 'held';
  if (shape === 'two messages' && end === 'rejected')
    // The other message goes on, but not to a bank that refuses us altogether.
    return mood === 'refuses-all' && tested ? 'held' : 'PART';
  if (end === 'rejected') return 'RJCT';
  return shape === 'one of two rejected' ? 'PART' : 'ACSC';
}
