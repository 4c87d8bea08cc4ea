import { describe, expect, it } from 'vitest';
import type { OrderEvent, Release } from '../../src/domain/order-event.ts';
import { allowedReleases, releaseFault } from '../../src/domain/release.ts';
import { IllegalMove, type Submission } from '../../src/domain/submission.ts';
import {
  CLAIMED,
  cleared,
  held,
  lost,
  orderAfter,
  planned,
  prepared,
  released,
  RESTORED,
  started,
  status,
} from './sketches.ts';

const RELEASES: readonly Release[] = ['resend', 'settled', 'rejected', 'dropped'];
const NEVER_SENT = ['resend', 'dropped'];
const PERHAPS_SENT = ['resend', 'settled', 'rejected'];
const SENT = ['settled', 'rejected'];
const PREPARED = [CLAIMED, planned(), prepared()];
const DOUBT = [...PREPARED, started(), lost()];
const SUBMITTED = [...PREPARED, started(), status('ACSP')];
const DUPLICATE = { ...planned(), hold: { code: 'same-payments', evidence: 'look' } } as const;

/** Every way to be held, and all that a person may decide then. */
const TABLE: Readonly<Record<string, { readonly after: readonly OrderEvent[]; readonly may: string[] }>> = {
  'a duplicate that was never prepared': { after: [CLAIMED, DUPLICATE], may: NEVER_SENT },
  'met by a fault of ours while planned': { after: [CLAIMED, planned(), held('our-fault')], may: NEVER_SENT },
  'met by a fault of ours while prepared': { after: [...PREPARED, held('our-fault')], may: NEVER_SENT },
  'too late to be sent': { after: [...PREPARED, held('execution-date-passed')], may: NEVER_SENT },
  'without an answer': { after: [...DOUBT, held('in-doubt-unanswered')], may: PERHAPS_SENT },
  'prepared to be sent again': { after: [...DOUBT, cleared(), held('our-fault')], may: PERHAPS_SENT },
  'not final in time': { after: [...SUBMITTED, held('not-final-in-time')], may: SENT },
  'confirmed, then denied': { after: [...SUBMITTED, held('confirmed-then-denied')], may: SENT },
  'planned when an older journal was put back': {
    after: [CLAIMED, planned(), RESTORED],
    may: PERHAPS_SENT,
  },
  'prepared when an older journal was put back': { after: [...PREPARED, RESTORED], may: PERHAPS_SENT },
  'a duplicate when an older journal was put back': {
    after: [CLAIMED, DUPLICATE, RESTORED],
    may: PERHAPS_SENT,
  },
  'not final in time when an older journal was put back': {
    after: [...SUBMITTED, held('not-final-in-time'), RESTORED],
    may: SENT,
  },
  'released and stopped again after an older journal was put back': {
    after: [CLAIMED, planned(), RESTORED, released('resend'), held('our-fault')],
    may: PERHAPS_SENT,
  },
};

describe.each(Object.entries(TABLE))('a message that is %s', (_, { after, may }) => {
  it.each(RELEASES)('may be released as %s only if the table allows it', (as) => {
    const fault = releaseFault(only(after), as, 'seen in the e-bank');
    if (may.includes(as)) {
      expect(fault).toBeUndefined();
      expect(only([...after, released(as)]).release?.as).toBe(as);
    } else {
      expect(fault).toContain(`only ${may.join(' or ')} is possible`);
      expect(() => only([...after, released(as)])).toThrow(IllegalMove);
    }
  });

  it('is not decided about without a reason', () => {
    for (const as of may as Release[]) expect(releaseFault(only(after), as, ' ')).toContain('reason');
  });
});

describe('what is not held', () => {
  it('waits for no decision', () => {
    for (const events of [PREPARED, DOUBT, SUBMITTED]) {
      expect(allowedReleases(only(events))).toEqual([]);
      expect(releaseFault(only(events), 'resend', 'why')).toContain('is not held');
    }
  });
});

function only(events: readonly OrderEvent[]): Submission {
  const [submission] = orderAfter(...events).submissions;
  if (submission === undefined) throw new Error('The order has no submission.');
  return submission;
}
