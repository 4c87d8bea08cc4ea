// How an entry is recognised again: by the best stable id of the bank's own that its dialect knows, else by its content.

import { hash } from 'node:crypto';
import { decimalsNeeded, formatDecimal, type Decimal } from '../../../domain/decimal.ts';
import type { BookedEntry, EntryIdentity } from '../../../domain/entry.ts';
import type { CdcDialect } from '../dialects/dialect.ts';
import type { ElementValues } from './element-values.ts';

type Facts = Pick<BookedEntry, 'amount' | 'currency' | 'direction' | 'reversal'>;

export class EntryIdentities {
  readonly #values: ElementValues;
  /** The stable ones, best first: of the others none says by itself that two entries are one. */
  readonly #rungs: readonly { readonly rung: string; readonly slot: number; readonly inDetails: boolean }[];
  readonly #content: readonly number[];

  constructor(values: ElementValues, dialect: CdcDialect) {
    this.#values = values;
    this.#rungs = dialect.identities
      .filter(({ stable }) => stable)
      .map(({ rung, path }) => ({
        rung,
        slot: values.slotFor(path),
        inDetails: path.startsWith('NtryDtls/'),
      }));
    this.#content = CONTENT_PATHS.map((path) => values.slotFor(path));
  }

  best(facts: Facts): EntryIdentity {
    const movement = movementOf(facts);
    for (const { rung, slot, inDetails } of this.#rungs) {
      const value = this.#joined(slot, inDetails);
      // A bank may give a fee, or a return, the id of the operation it belongs to: the movement keeps them apart.
      if (value !== undefined) return { rung, value: `${value} ${movement}`, stable: true };
    }
    return { rung: 'content', value: this.#contentOf(movement), stable: false };
  }

  /** The values of a slot joined; undefined when one of several details has none, for then they do not name the whole entry. */
  #joined(slot: number, inDetails: boolean): string | undefined {
    const values = this.#values.all(slot);
    if (values.length === 0 || values.length !== (inDetails ? this.#values.groupCount : 1)) return undefined;
    const trimmed = values.map((value) => value.trim());
    if (trimmed.includes('')) return undefined;
    const joined = trimmed.join(' ');
    return joined.length <= VALUE_LENGTH_MAX ? joined : sha256(joined);
  }

  /** Only what a bank does not write differently in a report and in a statement: no positions, names or codes. */
  #contentOf(movement: string): string {
    const texts = this.#content.map((slot) => this.#values.all(slot).map((text) => text.replace(/\s+/g, '')));
    return sha256(JSON.stringify([movement, ...texts]));
  }
}

const CONTENT_PATHS = ['NtryDtls/TxDtls/Refs/EndToEndId', 'NtryDtls/TxDtls/RmtInf/Ustrd'];

/** A batch of hundreds has a long list of ids; what is compared is one short word. */
const VALUE_LENGTH_MAX = 80;

function movementOf({ direction, reversal, amount, currency }: Facts): string {
  return `${direction}${reversal ? ' reversal' : ''} ${plain(amount)} ${currency}`;
}

/** 12.50 and 12.5 are one amount. */
function plain(amount: Decimal): string {
  const scale = decimalsNeeded(amount);
  if (scale === amount.scale) return formatDecimal(amount);
  return formatDecimal({ coefficient: amount.coefficient / 10n ** BigInt(amount.scale - scale), scale });
}

function sha256(text: string): string {
  return hash('sha256', text);
}
