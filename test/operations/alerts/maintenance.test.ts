import { expect, it } from 'vitest';
import type { Cause } from '../../../src/operations/alerts/cause.ts';
import { maintenanceOf, type MaintenanceWindow } from '../../../src/operations/alerts/maintenance.ts';

const words = { title: '', text: [], todo: [] };
const SILENT: Cause = {
  key: 'bank-unreachable North',
  kind: 'bank-unreachable',
  bank: 'North',
  items: [],
  words,
};
const HOUR = 3_600_000;
const night: MaintenanceWindow = { bank: 'North', from: '22:00', to: '02:00' };

/** Local time in Warsaw, in winter. */
function when(local: string, window: MaintenanceWindow, cause = SILENT): true | number {
  return maintenanceOf(cause, [window], Date.parse(`${local}:00+01:00`), 'Europe/Warsaw');
}

it.each([
  ['2026-11-24T21:59', night, 19 * HOUR + 59 * 60_000],
  ['2026-11-24T22:00', night, true],
  ['2026-11-25T01:59', night, true],
  ['2026-11-25T02:00', night, 0],
  ['2026-11-25T05:00', night, 3 * HOUR],
  ['2026-11-28T23:00', { ...night, days: 'sat,sun' }, true],
  ['2026-11-30T01:00', { ...night, days: 'sat,sun' }, true],
  ['2026-11-30T23:00', { ...night, days: 'sat,sun' }, 21 * HOUR],
  ['2026-12-05T23:00', { ...night, date: '2026-12-05' }, true],
  ['2026-12-04T23:00', { ...night, date: '2026-12-05' }, Infinity],
  ['2026-11-24T23:00', { ...night, bank: 'South' }, Infinity],
] as const)('at %s the window %j gives %s', (local, window, expected) => {
  expect(when(local, window)).toBe(expected);
});

it('never silences what a bank does not cause by being away', () => {
  expect(when('2026-11-24T23:00', night, { ...SILENT, kind: 'bank-paused' })).toBe(Infinity);
});
