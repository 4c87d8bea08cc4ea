import { describe, expect, it } from 'vitest';
import { DueQueue } from '../../src/outbound/due-queue.ts';

describe('a queue of orders', () => {
  it('gives the oldest order for which something is due, whenever it was set', () => {
    const queue = new DueQueue();
    queue.set('C', 0);
    queue.set('B', 500);
    queue.set('A', 2_000);
    expect(queue.first(1_000)).toBe('B');
    expect(queue.first(2_000)).toBe('A');
  });

  it('gives an order until it is set anew, and never one that has nothing left', () => {
    const queue = new DueQueue();
    queue.set('A', 0);
    queue.set('B', 0);
    expect([queue.first(1), queue.first(1)]).toEqual(['A', 'A']);
    queue.set('A', undefined);
    expect(queue.first(1)).toBe('B');
    queue.set('B', 5_000);
    expect(queue.first(1)).toBeUndefined();
    expect(queue.nextMs()).toBe(5_000);
  });

  it('has news when something is due earlier than it has said, once', () => {
    const queue = new DueQueue();
    queue.set('A', 5_000);
    expect([queue.hasNews(), queue.hasNews()]).toEqual([true, false]);
    expect(queue.nextMs()).toBe(5_000);
    queue.set('B', 6_000);
    expect(queue.hasNews()).toBe(false);
    queue.set('C', 4_000);
    expect(queue.hasNews()).toBe(true);
  });

  it('puts many in their order, whatever the order they came in', () => {
    const queue = new DueQueue();
    const names = Array.from({ length: 500 }, (_, index) =>
      ((index * 7_919) % 500).toString().padStart(3, '0'),
    );
    for (const name of names) queue.set(name, 0);
    const taken: string[] = [];
    for (let first = queue.first(0); first !== undefined; first = queue.first(0)) {
      taken.push(first);
      queue.set(first, undefined);
    }
    expect(taken).toEqual([...names].sort());
  });
});
