// Several lanes are ready at once and nothing says which goes on first: a port whose every call waits for some turns of chance.

import type { Chance } from './chance.ts';

const TURNS_MAX = 6;

/** The same port, each of its functions delayed by a few microtasks; as it is when there is no chance. */
export function inAnyOrder<Port extends object>(port: Port, chance: Chance | undefined): Port {
  if (chance === undefined) return port;
  return new Proxy(port, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function' || !DELAYED.has(name)) return found;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        for (let turns = chance.below(TURNS_MAX); turns > 0; turns -= 1) await Promise.resolve();
        return Reflect.apply(found, target, args);
      };
    },
  });
}

/** Those that give a promise; streams go on as they are. */
const DELAYED: ReadonlySet<string | symbol> = new Set([
  ...['append', 'last', 'openStreams', 'keys'],
  ...['list', 'stat', 'readWhole', 'write', 'copy', 'move', 'remove', 'makeFolder'],
]);
