import { expect, it } from 'vitest';
import { overdueDays } from '../../../src/cli/alerts/alert-facts.ts';
import { NEW_ACCOUNT, type StatementKnown } from '../../../src/domain/account-life.ts';
import type { AlertSettings } from '../../../src/config/settings.ts';

const HOUR = 3_600_000;
const alerts = { statementOverdueAfterMs: 12 * HOUR } as AlertSettings;

/** Local time in Warsaw, in winter; the 19th is a Thursday. */
function overdue(
  local: string,
  ...known: readonly (readonly [string, StatementKnown['outcome']])[]
): string[] {
  const statements = new Map(
    known.map(([day, outcome]) => [
      day,
      { day, outcome, opening: undefined, closing: undefined, document: false },
    ]),
  );
  const nowMs = Date.parse(`${local}:00+01:00`);
  return overdueDays({ ...NEW_ACCOUNT, statements }, '2026-11-19', nowMs, {
    timeZone: 'Europe/Warsaw',
    alerts,
  });
}

it.each([
  ['2026-11-20T11:59', []],
  ['2026-11-20T12:00', ['2026-11-19']],
  ['2026-11-22T12:00', ['2026-11-19']],
  ['2026-11-23T12:00', ['2026-11-19', '2026-11-20']],
  ['2026-11-24T12:00', ['2026-11-19', '2026-11-20', '2026-11-23']],
])('at %s statements are overdue for %j, never for a weekend', (local, days) => {
  expect(overdue(local)).toEqual(days);
});

it('is no matter of a day whose statement is here, or of which the bank says that it has none', () => {
  expect(overdue('2026-11-23T12:00', ['2026-11-19', 'delivered'], ['2026-11-20', 'none'])).toEqual([]);
});
