import { expect, it } from 'vitest';
import { counted } from '../../src/domain/counted.ts';

it('has one of a thing in the singular, and none or several in the plural', () => {
  expect([0, 1, 2].map((count) => counted(count, 'fault'))).toEqual(['0 faults', '1 fault', '2 faults']);
  expect(counted(3, 'company', 'companies')).toBe('3 companies');
});
