// A head file in memory: what was written and not flushed is lost, torn or kept when the power goes.

import type { HeadDisk } from '../../src/journal/journal-volume.ts';
import type { Effects } from '../files/simulated-effects.ts';

/** What becomes of a write that was not flushed. */
export type Survival = 'lost' | 'torn' | 'kept';

export interface SimulatedHead {
  /** The file as one life of a process uses it. */
  disk(effects: Effects): HeadDisk;
  losePower(survival?: Survival): void;
  /** What a process would read. */
  visible(): Uint8Array | undefined;
  /** How many writes a loss of power would undo now. */
  unflushed(): number;
  /** What lies on the disk, for tests that damage it. */
  content: Uint8Array | undefined;
}

interface Write {
  readonly bytes: Uint8Array;
  readonly position: number;
}

export function createSimulatedHead(): SimulatedHead {
  let unflushed: Write[] = [];
  const head: SimulatedHead = {
    content: undefined,
    losePower(survival = 'torn') {
      const reached = survival === 'lost' ? 0 : survival === 'torn' ? 0.5 : 1;
      head.content = written(head.content, unflushed, reached);
      unflushed = [];
    },
    visible: () => written(head.content, unflushed, 1),
    unflushed: () => unflushed.length,
    disk: (effects) => ({
      async read() {
        effects.requireAlive();
        return written(head.content, unflushed, 1);
      },
      async create(bytes) {
        effects.perform('create head', () => {
          head.content = bytes.slice();
          unflushed = [];
        });
      },
      async open() {
        effects.requireAlive();
        return {
          async write(bytes, position) {
            effects.perform('write head slot', () => unflushed.push({ bytes: bytes.slice(), position }));
          },
          async flush() {
            effects.perform('flush head', () => {
              head.content = written(head.content, unflushed, 1);
              unflushed = [];
            });
          },
          close: async () => undefined,
        };
      },
    }),
  };
  return head;
}

/** `content` with the first part of each write in place. */
function written(
  content: Uint8Array | undefined,
  writes: readonly Write[],
  reached: number,
): Uint8Array | undefined {
  if (content === undefined) return undefined;
  const bytes = content.slice();
  for (const write of writes)
    bytes.set(write.bytes.subarray(0, Math.floor(write.bytes.length * reached)), write.position);
  return bytes;
}
