// Writes the number of an account in the one of the two forms that fits it.

import { isIban } from '../../domain/iban.ts';
import type { XmlWriter } from '../../xml/xml-writer.ts';

/** `Id` with an IBAN, or with the number as another identification when it is none. */
export function writeAccountId(writer: XmlWriter, account: string): void {
  writer.leaf(isIban(account) ? 'Id/IBAN' : 'Id/Othr/Id', account);
}
