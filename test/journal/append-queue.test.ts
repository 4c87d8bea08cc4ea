import { describe, expect, it } from 'vitest';
import { createAppendQueue } from '../../src/journal/append-queue.ts';
import { JournalFailure, type JournalRecord } from '../../src/journal/journal.ts';
import { prepareRecord, type PreparedRecord } from '../../src/journal/write-records.ts';
import { claimed } from '../contract/claimed.ts';

describe('the append queue', () => {
  it('commits together what came while a commit was under way', async () => {
    const groups: number[] = [];
    const gate = Promise.withResolvers<undefined>();
    const queue = createAppendQueue(async (records) => {
      groups.push(records.length);
      if (groups.length === 1) await gate.promise;
      return written(records);
    });
    const first = queue.append([prepared('A')]);
    await turn();
    const rest = [queue.append([prepared('B'), prepared('C')]), queue.append([prepared('D')])];
    gate.resolve(undefined);
    expect((await first).map(({ stream }) => stream)).toEqual(['order/A']);
    expect((await Promise.all(rest)).map((records) => records.map(({ stream }) => stream))).toEqual([
      ['order/B', 'order/C'],
      ['order/D'],
    ]);
    expect(groups).toEqual([1, 3]);
  });

  it('rejects all it holds and all that comes after one failure', async () => {
    const gate = Promise.withResolvers<never>();
    let commits = 0;
    const queue = createAppendQueue(async (records) =>
      ++commits === 1 ? await gate.promise : written(records),
    );
    const first = queue.append([prepared('A')]);
    await turn();
    const second = queue.append([prepared('B')]);
    gate.reject(new Error('EIO'));
    const results = await Promise.allSettled([first, second]);
    for (const result of results) {
      expect(result.status === 'rejected' && result.reason instanceof JournalFailure).toBe(true);
    }
    await expect(queue.append([prepared('C')])).rejects.toThrow('EIO');
    expect(commits).toBe(1);
  });

  it('finishes what was taken before it closes', async () => {
    let commits = 0;
    const queue = createAppendQueue(async (records) => {
      await turn();
      commits++;
      return written(records);
    });
    const taken = queue.append([prepared('A')]);
    await queue.close();
    expect([commits, (await taken).length]).toEqual([1, 1]);
  });
});

function prepared(order: string): PreparedRecord {
  return prepareRecord(claimed(order));
}

function written(records: readonly PreparedRecord[]): readonly JournalRecord[] {
  return records.map(({ stream, event }, index) => ({ sequence: index + 1, stream, at: '', event }));
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
