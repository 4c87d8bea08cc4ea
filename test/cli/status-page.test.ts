import { describe, expect, it } from 'vitest';
import type { Overview } from '../../src/cli/overview.ts';
import { statusPage } from '../../src/cli/status-page.ts';

const QUIET: Overview = {
  held: [],
  open: [],
  recent: [],
  paused: [],
  waiting: [],
  unreachable: [],
  undecided: 0,
  accounts: [],
};

describe('The status page', () => {
  it('begins with what is open when nobody is needed', () => {
    expect(statusPage(QUIET, 'Europe/Warsaw').split('\n')[0]).toBe('Open orders: 0');
  });

  it('begins with what needs a person, each with what to do', () => {
    const paused = { bank: 'North', since: '2026-11-23T09:00:00.000Z', code: 'E301', text: 'Bad signature' };
    const page = statusPage(
      { ...QUIET, paused: [paused], unreachable: ['The outbox of A is not there.'], undecided: 2 },
      'Europe/Warsaw',
    );
    expect(page.split('\n').slice(0, 4)).toEqual([
      'PAUSED  North, since 2026-11-23 10:00:00: it refuses our signature, certificate or authority (E301 Bad signature). Nothing is sent to it.',
      '        Put that right, then:  goniec resume North --reason "..."',
      'GONE    The outbox of A is not there.',
      'WAITS   2 decisions left for the daemon, which puts on record what was decided when it runs.',
    ]);
  });
});
