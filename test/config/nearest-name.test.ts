import { expect, test } from 'vitest';
import { nearestName } from '../../src/config/nearest-name.ts';

test.each([
  ['levle', 'level'],
  ['Level', 'level'],
  ['outbx', 'outbox'],
  ['checkEveryMs', 'checkEvery'],
  ['zzz', undefined],
  ['x', undefined],
])('%s is taken for %s', (written, meant) => {
  expect(nearestName(written, ['level', 'outbox', 'inbox', 'checkEvery', 'checks'])).toBe(meant);
});
