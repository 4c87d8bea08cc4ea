// What a bank may do with one transfer beyond the matrix: several moods one after the other, a status service that lags, a profile
// that knows less than there is to know.

import type { AnswerProfile } from '../../src/domain/bank-profile.ts';
import { CODES } from './bank-moods.ts';
import { drop, MINUTE_MS, payments, TESTED, transfer } from './scenario-parts.ts';
import type { Scenario } from './scenario.ts';

const HOUR_MS = 60 * MINUTE_MS;

/** Only "not found" and the bound are known: the bank may execute a repeated id again. */
const KNOWS_NOT_FOUND: Partial<AnswerProfile> = { notFound: [CODES.notFound], arrivalBoundMs: MINUTE_MS };
/** Only that a repeated id is refused is known. */
const REFUSES_REPEATED: Partial<AnswerProfile> = { duplicate: [CODES.duplicate] };

function mood(
  title: string,
  details: Omit<Scenario, 'title' | 'events' | 'outcomes'>,
  ...outcomes: readonly string[]
): Scenario {
  const events = [drop('one.xml', payments('M1', transfer('A1', '10.00')))];
  return { title, ...details, events, outcomes: { 'one.xml': outcomes } };
}

export const SPECIAL_MOODS: readonly Scenario[] = [
  mood(
    'an untested bank whose status service is late and calls rejected what it does not know yet',
    { moods: ['answers'], traits: { unknownId: 'rejected', statusLagMs: 40_000 } },
    'ACSC',
    'held',
  ),
  mood(
    'the answer is lost at a bank that refuses repeated ids, is late and calls rejected what it does not know yet',
    {
      answers: REFUSES_REPEATED,
      moods: ['loses-answer'],
      traits: { unknownId: 'rejected', statusLagMs: 60_000 },
    },
    'ACSC',
    'held',
  ),
  mood('the bank can not be reached twice', { answers: TESTED, moods: ['not-sent', 'not-sent'] }, 'ACSC'),
  mood('the answer is lost at a tested bank', { answers: TESTED, moods: ['loses-answer'] }, 'ACSC'),
  mood(
    'the request is lost at a bank known for "not found" that executes repeated ids again',
    { answers: KNOWS_NOT_FOUND, moods: ['loses-request'], traits: { repeatedId: 'executed-again' } },
    'ACSC',
  ),
  mood(
    'the message arrives late at a bank known for "not found" that executes repeated ids again',
    { answers: KNOWS_NOT_FOUND, moods: ['arrives-late'], traits: { repeatedId: 'executed-again' } },
    'ACSC',
  ),
  mood(
    'two messages after each other arrive late at a bank known for "not found"',
    {
      answers: KNOWS_NOT_FOUND,
      moods: ['loses-request', 'arrives-late'],
      traits: { repeatedId: 'executed-again' },
    },
    'ACSC',
  ),
  mood(
    'the answer is lost at a bank known for "not found" whose status service lags',
    {
      answers: KNOWS_NOT_FOUND,
      moods: ['loses-answer'],
      traits: { repeatedId: 'executed-again', statusLagMs: 40_000 },
    },
    'ACSC',
  ),
  mood(
    'the request is lost at a bank that only is known to refuse repeated ids and calls unknown ones rejected',
    { answers: REFUSES_REPEATED, moods: ['loses-request'], traits: { unknownId: 'rejected' } },
    'ACSC',
  ),
  mood(
    'the message arrives late at a bank that only is known to refuse repeated ids',
    { answers: REFUSES_REPEATED, moods: ['arrives-late'], traits: { unknownId: 'unlisted-fault' } },
    'ACSC',
  ),
  mood(
    'the request is lost twice at a bank that takes repeated ids silently',
    {
      answers: REFUSES_REPEATED,
      moods: ['loses-request', 'loses-answer'],
      traits: { repeatedId: 'silently-known', unknownId: 'unlisted-fault' },
    },
    'ACSC',
  ),
  mood(
    'the bank loses every message',
    { answers: TESTED, moods: Array.from({ length: 12 }, () => 'loses-request') },
    'held',
    'ACSC',
  ),
  mood(
    'the bank confirms a message and denies it ever after',
    { answers: TESTED, moods: ['forgets'] },
    'held',
    'ACSC',
  ),
  mood(
    'the bank confirms a message and says nothing clear of it for days',
    { moods: ['forgets'], askEveryMaxMs: 6 * HOUR_MS, scanEveryMs: HOUR_MS, horizonMs: 10 * 24 * HOUR_MS },
    'held',
    'ACSC',
  ),
  mood(
    'a booked entry proves what the answer did not',
    {
      moods: ['loses-answer'],
      traits: { unknownId: 'unlisted-fault', statusLagMs: 3_600_000 },
      kinds: ['history'],
      wakeEveryMs: MINUTE_MS,
    },
    'ACSC',
    'held',
  ),
  mood(
    'news come while the first word about the file can not be written, and the ERP takes every file away at once',
    {
      moods: ['loses-answer'],
      erpTakes: true,
      traits: { executeAfterMs: 1_000, latencyMs: 100, statusLagMs: 3_600_000 },
      kinds: ['history'],
      wakeEveryMs: 2_000,
    },
    'ACSC',
    'held',
  ),
];
