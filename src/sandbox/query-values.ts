// Hears a query: its values by path, which is all a query holds.

import type { ElementListener } from '../iso20022/element-listener.ts';

export class QueryValues implements ElementListener {
  readonly #values = new Map<string, string[]>();

  value(path: string, text: string): void {
    const known = this.#values.get(path);
    if (known === undefined) this.#values.set(path, [text]);
    else known.push(text);
  }

  /** The value at a path below `Document`; undefined where there is none. */
  one(path: string): string | undefined {
    return this.#values.get(path)?.[0];
  }

  /** All values at a path. */
  all(path: string): readonly string[] {
    return this.#values.get(path) ?? [];
  }

  /** The account number below a path ending in `EQ`, in whatever form it was asked. */
  account(path: string): string | undefined {
    const forms = ['IBAN', 'BBAN', 'UPIC', 'DmstAcct/Id', 'PrtryAcct/Id'];
    return forms.map((form) => this.one(`${path}/${form}`)).find((number) => number !== undefined);
  }
}
