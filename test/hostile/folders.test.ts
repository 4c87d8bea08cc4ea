// Hostile things in an outbox on the real disk: each ends as it should, nothing outside is read, written or removed.

import { afterEach, describe, expect, it } from 'vitest';
import { statusPage } from '../../src/cli/status-page.ts';
import { summaryText } from '../../src/outbound/summary.ts';
import { flatFields } from '../../src/operations/flat-fields.ts';
import { jsonLine, prettyLine } from '../../src/operations/log-line.ts';
import { parseSmallDocument } from '../../src/xml/small-document.ts';
import { folderCases, type FolderEnd } from './folder-cases.ts';
import { DISTURBING } from './hostile-case.ts';
import { createRealOutbox, SECRET, type RealOutbox } from './real-outbox.ts';

let world: RealOutbox | undefined;
afterEach(() => world?.close());

const hasMknod = process.getuid?.() === 0;

describe.skipIf(process.platform === 'win32')('in an outbox', () => {
  it.each(folderCases)('$name: $outcome', { timeout: 60_000 }, async ({ name, outcome, put }) => {
    if (name === 'a device' && !hasMknod) return;
    world = await createRealOutbox();
    await put(world);
    const before = outsideOf(world, await world.everything());
    await world.settle();
    const after = await world.everything();
    expect(outsideOf(world, after)).toEqual(before);
    for (const [path, text] of after)
      if (!path.startsWith(`${world.root}/outside`)) expect(text).not.toContain(SECRET);
    await isAt(world, outcome, after);
    isShownHarmless(world, after);
  });
});

function outsideOf({ root }: RealOutbox, all: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...all].filter(([path]) => path.startsWith(`${root}/outside/`)));
}

async function isAt(
  { root, outbox, office }: RealOutbox,
  outcome: FolderEnd,
  after: ReadonlyMap<string, string>,
): Promise<void> {
  const events = office.log.map(({ event }) => event);
  const paths = [...after.keys()];
  const claimed = events.filter((event) => event === 'order.claimed').length;
  const dropped = paths.filter(
    (path) => path.startsWith(`${outbox}/`) && !path.startsWith(`${outbox}/.working`),
  );
  switch (outcome) {
    case 'refused': {
      expect(events).toContain('order.refused');
      expect(events.filter((event) => event === 'order.closed')).toHaveLength(claimed);
      expect(dropped).toEqual([]);
      expect(paths.filter((path) => /\/inbox\/pain\.002_[^/]*-final\.xml$/.test(path))).toHaveLength(claimed);
      return;
    }
    case 'reported':
      expect(events).toContain('outbox.not-a-file');
      expect(claimed).toBe(0);
      return;
    case 'unseen':
      expect([claimed, events, dropped.length]).toEqual([0, [], 1]);
      return;
    case 'waits':
      expect(events).toContain('outbox.incomplete');
      expect([claimed, dropped.length]).toEqual([0, 1]);
      return;
    case 'too-large':
      expect(events).toContain('outbox.too-large');
      expect(claimed).toBe(0);
      return;
    case 'gone':
      expect([claimed, dropped]).toEqual([0, []]);
      return;
    case 'stuck': {
      const [order] = office.context.book.all();
      expect(order?.stuck?.reason).toMatch(/Move it away\.$/);
      expect(paths.filter((path) => path.startsWith(`${root}/archive/`) && path.endsWith('.xml'))).toEqual(
        [],
      );
      return;
    }
    case 'away':
      expect(events).toContain('folder.away');
      expect(claimed).toBe(0);
  }
}

/** Neither lines nor pages nor the names and texts of our own files hold anything that disturbs. */
function isShownHarmless({ root, office }: RealOutbox, after: ReadonlyMap<string, string>): void {
  const lines = office.log.flatMap(({ event, fields }) => {
    const record = { time: new Date(0), level: 'info' as const, event, fields: flatFields({ ...fields }) };
    return [jsonLine(record), prettyLine(record, false)];
  });
  for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  const orders = office.context.book.all();
  const nothing = {
    held: [],
    paused: [],
    unreachable: [],
    accounts: [],
    undecided: 0,
    waiting: [],
    recent: [],
  };
  const page = statusPage({ ...nothing, open: orders }, 'UTC');
  for (const text of [page, ...orders.map((order) => summaryText(order, 'UTC'))]) {
    expect(text).not.toMatch(DISTURBING);
    expect(text).not.toMatch(/^HELD {4}faked/m);
  }
  for (const [path, text] of after) {
    if (!/^\/(?:inbox|archive)\//.test(path.slice(root.length))) continue;
    expect(path).not.toMatch(/[\p{C}\p{Zl}\p{Zp}<>:"\\|?*]|[. ]$/u);
    if (/\.(?:txt|json)$|pain\.002/.test(path)) expect(text).not.toMatch(DISTURBING);
    if (path.includes('/inbox/pain.002'))
      expect(parseSmallDocument(Buffer.from(text))).toHaveProperty('children');
  }
}
