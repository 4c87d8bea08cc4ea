// How an entry is recognised again: the bank's own ids as its dialect ranks them, and last its content.

import { createHash } from 'node:crypto';
import { decimalsNeeded, formatDecimal, type Decimal } from '../../../domain/decimal.ts';
import type { BookedEntry } from '../../../domain/entry.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import { each } from '../../../xml/xml-path.ts';
import type { CdcDialect } from '../dialects/dialect.ts';

type Facts = Pick<BookedEntry, 'amount' | 'currency' | 'direction' | 'reversal' | 'bookingDay'>;

/** Best first; `content` is always the last. */
export function identitiesOf(entry: XmlNode, facts: Facts, dialect: CdcDialect): BookedEntry['identities'] {
  const movement = movementOf(facts);
  const rungs = dialect.identities.flatMap(({ rung, path, stable }) => {
    const value = joinedAt(entry, path);
    // A bank may give a fee, or a return, the id of the operation it belongs to: the movement keeps them apart.
    return value === undefined ? [] : [{ rung, value: `${value} ${movement}`, stable }];
  });
  return [...rungs, { rung: 'content', value: contentOf(entry, movement), stable: false }];
}

/** The values at a path joined; undefined when one of several details has none, for then they do not name the whole entry. */
function joinedAt(entry: XmlNode, path: string): string | undefined {
  const steps = path.split('/');
  const values = each(entry, path).map((node) => node.text.trim());
  const expected = steps[0] === 'NtryDtls' ? each(entry, 'NtryDtls/TxDtls').length : 1;
  if (values.length === 0 || values.length !== expected || values.includes('')) return undefined;
  const joined = values.join(' ');
  return joined.length <= VALUE_LENGTH_MAX ? joined : sha256(joined);
}

/** A batch of hundreds has a long list of ids; the journal needs one short word. */
const VALUE_LENGTH_MAX = 80;

function movementOf({ direction, reversal, amount, currency }: Facts): string {
  return [direction, ...(reversal ? ['reversal'] : []), plain(amount), currency].join(' ');
}

/** 12.50 and 12.5 are one amount. */
function plain(amount: Decimal): string {
  const scale = decimalsNeeded(amount);
  return formatDecimal({ coefficient: amount.coefficient / 10n ** BigInt(amount.scale - scale), scale });
}

/** Only what a bank does not write differently in a report and in a statement: no positions, names or codes. */
function contentOf(entry: XmlNode, movement: string): string {
  const texts = CONTENT_PATHS.map((path) => each(entry, path).map((node) => node.text.replace(/\s+/g, '')));
  return sha256(JSON.stringify([movement, ...texts]));
}

const CONTENT_PATHS = ['NtryDtls/TxDtls/Refs/EndToEndId', 'NtryDtls/TxDtls/RmtInf/Ustrd'];

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
