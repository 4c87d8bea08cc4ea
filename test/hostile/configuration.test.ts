// Hostile configuration files: each is refused with a place and a remedy, soon, and says nothing that disturbs a terminal.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load-settings.ts';
import { visibleWhole } from '../../src/operations/visible-text.ts';
import { configurationCases } from './configuration-cases.ts';
import { CPU_MAX_MS, cpuMs, DISTURBING } from './hostile-case.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goniec-hostile-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a hostile configuration', () => {
  it.each(configurationCases)('$name is refused: $outcome', async ({ bytes, outcome }) => {
    const path = join(folder, 'goniec.yaml');
    await writeFile(path, bytes());
    const spentMs = await cpuMs(async () => {
      const loaded = await loadSettings(path, {}, { isValidCron: async () => true });
      if (loaded.kind === 'loaded') throw new Error('It was taken.');
      const shown = loaded.problems.map(({ line, path: key, message, remedy }) => {
        expect(line).toBeGreaterThan(0);
        expect(remedy).not.toBe('');
        return visibleWhole(`${key} ${message} ${remedy}`);
      });
      expect(shown.join(' ').toLowerCase()).toContain(outcome.toLowerCase());
      for (const line of shown) expect(line).not.toMatch(DISTURBING);
      for (const line of shown) expect(line).not.toMatch(/call stack|\.ts:\d+/);
    });
    expect(spentMs).toBeLessThan(CPU_MAX_MS);
    expect(({} as Record<string, unknown>).state).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('that never ends is read no further than its limit', async () => {
    const loaded = await loadSettings('/dev/zero', {}, { isValidCron: async () => true });
    expect(loaded).toMatchObject({
      kind: 'refused',
      problems: [{ message: expect.stringContaining('larger') as string }],
    });
  });
});
