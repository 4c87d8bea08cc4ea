// Files are read beside each other, but what becomes of them is decided as if they came one by one: a file that is checked must
// see the plan of every earlier one that is alike, or both would be paid.

/** What a file is recognised by; two with nothing in common can not be taken for each other. */
export type Prints = ReadonlySet<string>;

interface Turn {
  prints: Prints | undefined;
  readonly over: Promise<undefined>;
  readonly end: (nothing: undefined) => void;
  readonly known: Promise<undefined>;
  readonly tell: (nothing: undefined) => void;
}

export class PlanningTurns {
  /** By order id, oldest begun first. */
  readonly #turns = new Map<string, Turn>();

  /** Runs the check of an order; what it records must be durable when it resolves. */
  async during<Result>(order: string, check: () => Promise<Result>): Promise<Result> {
    const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
    const { promise: known, resolve: tell } = Promise.withResolvers<undefined>();
    this.#turns.set(order, { prints: undefined, over, end, known, tell });
    try {
      return await check();
    } finally {
      this.#turns.delete(order);
      tell(undefined);
      end(undefined);
    }
  }

  /**
   * To be called within `during` before anything is looked up. When it resolves, every check that began before is either over
   * or of a file without any of these prints, and whoever began later waits for this one.
   */
  async take(order: string, prints: Prints): Promise<void> {
    const mine = this.#turns.get(order);
    if (mine === undefined) return;
    const earlier: Turn[] = [];
    for (const [id, turn] of this.#turns) {
      if (id === order) break;
      earlier.push(turn);
    }
    for (const turn of earlier) await turn.known;
    mine.prints = prints;
    mine.tell(undefined);
    for (const turn of earlier)
      if (turn.prints !== undefined && haveCommon(turn.prints, prints)) await turn.over;
  }
}

function haveCommon(a: Prints, b: Prints): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const print of few) if (many.has(print)) return true;
  return false;
}
