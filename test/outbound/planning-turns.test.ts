import { describe, expect, it } from 'vitest';
import { PlanningTurns } from '../../src/outbound/planning-turns.ts';

/** Lets everything go on that can. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** A check that takes its turn with these prints when told to, and ends when told to. */
function check(turns: PlanningTurns, order: string, prints: readonly string[], log: string[]) {
  const [read, recorded] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const done = turns.during(order, async () => {
    await read.promise;
    await turns.take(order, new Set(prints));
    log.push(`${order} looks`);
    await recorded.promise;
    log.push(`${order} planned`);
  });
  return {
    read: () => read.resolve(undefined),
    record: () => recorded.resolve(undefined),
    fail: recorded.reject,
    done,
  };
}

describe('files that are checked beside each other', () => {
  it('see the plan of an earlier one with the same print, and need not wait for any other', async () => {
    const [turns, log] = [new PlanningTurns(), [] as string[]];
    const a = check(turns, 'A', ['bytes 1', 'id X'], log);
    const b = check(turns, 'B', ['bytes 2', 'id X'], log);
    const c = check(turns, 'C', ['bytes 3', 'id Y'], log);
    for (const one of [c, b, a]) one.read();
    await settle();
    expect(log).toEqual(['A looks', 'C looks']);
    a.record();
    await settle();
    expect(log).toEqual(['A looks', 'C looks', 'A planned', 'B looks']);
  });

  it('wait until it is known what the earlier ones are', async () => {
    const [turns, log] = [new PlanningTurns(), [] as string[]];
    const a = check(turns, 'A', ['bytes 1'], log);
    const b = check(turns, 'B', ['bytes 2'], log);
    b.read();
    await settle();
    expect(log).toEqual([]);
    a.read();
    await settle();
    expect(log).toEqual(['A looks', 'B looks']);
  });

  it('go on when an earlier check fails', async () => {
    const [turns, log] = [new PlanningTurns(), [] as string[]];
    const a = check(turns, 'A', ['bytes 1'], log);
    const b = check(turns, 'B', ['bytes 1'], log);
    a.read();
    b.read();
    await settle();
    a.fail(new Error('no disk'));
    await expect(a.done).rejects.toThrow('no disk');
    await settle();
    expect(log).toEqual(['A looks', 'B looks']);
  });
});
