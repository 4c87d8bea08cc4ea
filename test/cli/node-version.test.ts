import { expect, it } from 'vitest';
import { tooOldNode } from '../../src/cli/node-version.ts';

it('An older Node is refused in a sentence, ours and newer ones are taken', () => {
  expect(tooOldNode('18.20.4')).toContain('this is Node 18.20.4');
  expect(tooOldNode('24.0.0')).toBeUndefined();
  expect(tooOldNode('100.1.0')).toBeUndefined();
  expect(tooOldNode(process.versions.node)).toBeUndefined();
});
