import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, 'support/deliver-large.ts');

interface Told {
  readonly peakMebibytes: number;
  readonly files: number;
  readonly inboxBytes: number;
}

/** In a process of its own with a small heap: what it holds shows in its peak, wherever it is held. */
function delivered(kind: string, entries: number): Told {
  const folder = mkdtempSync(join(tmpdir(), 'goniec-large-'));
  try {
    const heap = ['--max-old-space-size=64', '--max-semi-space-size=2'];
    const told = execFileSync(process.execPath, [...heap, PROGRAM, folder, kind, entries.toString()]);
    return JSON.parse(told.toString('utf8')) as Told;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(['statement', 'history'])('A large %s', (kind) => {
  it('takes no more memory than one of a tenth of it, but for small keys', { timeout: 600_000 }, () => {
    const [small, large] = [delivered(kind, 20_000), delivered(kind, 200_000)];
    // One file, for of a history that comes again nothing is new.
    expect(large.files).toBe(1);
    expect(large.inboxBytes).toBeGreaterThan(180_000_000);
    // The answer has 200 MB; of an entry in a history 12 bytes are held, or up to 64 when it was shown before.
    expect(large.peakMebibytes - small.peakMebibytes).toBeLessThan(30);
  });
});
