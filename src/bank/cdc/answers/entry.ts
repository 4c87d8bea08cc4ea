// Reads one `Ntry` of a camt.052 or camt.053 as the bank's dialect fills it.

import { parseDecimal, type Decimal } from '../../../domain/decimal.ts';
import type { BookedEntry, EntryIdentity } from '../../../domain/entry.ts';
import type { CdcDialect } from '../dialects/dialect.ts';
import { ElementValues } from './element-values.ts';
import { EntryIdentities } from './entry-identities.ts';
import { localDay } from '../../../domain/local-day.ts';

const DETAILS = 'NtryDtls/TxDtls';
const NO_REFERENCES: BookedEntry['references'] = [];

/** Hears the inside of one entry after the other through `values`, and reads each when it has ended. */
export class EntryReader {
  readonly values = new ElementValues(DETAILS);
  readonly #dialect: CdcDialect;
  readonly #identities: EntryIdentities | undefined;
  readonly #slots;
  /** What the day of the entry before was read from: most have the same. */
  #dayText = '';
  #day: string | undefined;

  /** `identified` where entries have to be recognised again; it costs the reading of ids and a digest. */
  constructor(dialect: CdcDialect, identified: boolean) {
    this.#dialect = dialect;
    const slot = (path: string): number => this.values.slotFor(path);
    this.#slots = {
      amount: slot('Amt'),
      currency: slot('Amt/@Ccy'),
      direction: slot('CdtDbtInd'),
      reversal: slot('RvslInd'),
      status: slot('Sts'),
      bookingDay: [slot('BookgDt/Dt'), slot('BookgDt/DtTm')],
      valueDay: [slot('ValDt/Dt'), slot('ValDt/DtTm')],
      number: dialect.dailyNumber === undefined ? undefined : slot(dialect.dailyNumber),
      endToEndId: slot(`${DETAILS}/Refs/EndToEndId`),
      messageId: dialect.messageIdInReferences ? slot(`${DETAILS}/Refs/MsgId`) : undefined,
      amounts: [slot(`${DETAILS}/AmtDtls/TxAmt/Amt`), slot(`${DETAILS}/AmtDtls/InstdAmt/Amt`)],
    };
    this.#identities = identified ? new EntryIdentities(this.values, dialect) : undefined;
  }

  /** `reportDay` stands in for a booking day where an entry has no date of its own. Throws XmlPathError. */
  read(reportDay: string | undefined): BookedEntry {
    const { values } = this;
    const slots = this.#slots;
    const bookingDay = this.#dayAt(slots.bookingDay) ?? this.#dayAt(slots.valueDay) ?? reportDay;
    if (bookingDay === undefined)
      throw values.problem(slots.bookingDay[0] ?? 0, 'is missing, and there is no other date');
    const direction = this.#direction();
    return {
      bookingDay,
      amount: this.#amount(),
      currency: values.required(slots.currency).trim(),
      direction,
      reversal: isTrue(values.optional(slots.reversal)),
      status: values.required(slots.status).trim(),
      number: this.#identities === undefined ? undefined : this.#dailyNumber(),
      references: direction === 'debit' ? this.#references() : NO_REFERENCES,
    };
  }

  /** Of the entry just read. */
  identityOf(entry: BookedEntry): EntryIdentity {
    if (this.#identities === undefined) throw new Error('This reader was made without identities.');
    return this.#identities.best(entry);
  }

  #dayAt(slots: readonly number[]): string | undefined {
    const slot = slots.find((one) => this.values.has(one));
    if (slot === undefined) return undefined;
    const text = this.values.required(slot);
    if (text !== this.#dayText) {
      this.#dayText = text;
      this.#day = localDay(text, this.#dialect.zone);
    }
    if (this.#day === undefined) throw this.values.problem(slot, `holds no date but "${text.trim()}"`);
    return this.#day;
  }

  #amount(): Decimal {
    const text = this.values.required(this.#slots.amount).trim();
    const amount = parseDecimal(text);
    if (amount === undefined) throw this.values.problem(this.#slots.amount, `is not a number but "${text}"`);
    return amount;
  }

  #direction(): 'credit' | 'debit' {
    const code = this.values.required(this.#slots.direction).trim();
    if (code === 'CRDT') return 'credit';
    if (code === 'DBIT') return 'debit';
    throw this.values.problem(this.#slots.direction, `is neither CRDT nor DBIT but "${code}"`);
  }

  /** Of an entry with several details the largest, so that the next query goes on behind all of them. */
  #dailyNumber(): number | undefined {
    if (this.#slots.number === undefined) return undefined;
    let largest: number | undefined;
    for (const text of this.values.all(this.#slots.number)) {
      const digits = text.trim();
      if (/^\d{1,15}$/.test(digits)) largest = Math.max(largest ?? 0, Number(digits));
    }
    return largest;
  }

  #references(): BookedEntry['references'] {
    const { values } = this;
    const { endToEndId, messageId, amounts } = this.#slots;
    const references: BookedEntry['references'][number][] = [];
    for (let group = 0; group < values.groupCount; group += 1) {
      const id = values.optionalIn(endToEndId, group)?.trim();
      const amount = amounts.map((slot) => values.optionalIn(slot, group)).find((text) => text !== undefined);
      references.push({
        endToEndId: id === 'NOTPROVIDED' || id === '' ? undefined : id,
        messageId: messageId === undefined ? undefined : values.optionalIn(messageId, group)?.trim(),
        amount: amount === undefined ? undefined : parseDecimal(amount.trim()),
      });
    }
    return references;
  }
}

function isTrue(text: string | undefined): boolean {
  return text?.trim() === 'true' || text?.trim() === '1';
}
