// What has another name or another nesting in pain.001.001.03 than in pain.001.001.09, and loses nothing by the change.
// Source: the ISO 20022 schemas of both versions. All else is the same in both, or has no place in version 3.

/** `rename` gives the element another name; `unwrap` leaves its tags out and keeps what is inside. */
export type Change = { readonly kind: 'rename'; readonly to: string } | { readonly kind: 'unwrap' };

/** The change for an element, from its name and those of the elements around it, innermost first. */
export function changeFor(
  name: string,
  around: readonly [string | undefined, string | undefined],
): Change | undefined {
  const [parent = '', grandparent = ''] = around;
  return CHANGES.get(`${grandparent}/${parent}/${name}`) ?? CHANGES.get(`${parent}/${name}`);
}

const UNWRAP: Change = { kind: 'unwrap' };

const CHANGES: ReadonlyMap<string, Change> = new Map([
  ['FinInstnId/BICFI', rename('BIC')],
  ['OrgId/AnyBIC', rename('BICOrBEI')],
  // A choice of a day or an instant became the day itself. An instant stays where it is and is refused there.
  ['ReqdExctnDt/Dt', UNWRAP],
  // A choice of a code or a private id became the code itself.
  ['AdrTp/Cd', UNWRAP],
  ['CdtTrfTxInf/Tax/AdmstnZone', rename('AdmstnZn')],
  // One location with its details became the details themselves; a second one has no place.
  ['RltdRmtInf/RmtLctnDtls', UNWRAP],
  ['RmtLctnDtls/Mtd', rename('RmtLctnMtd')],
  ['RmtLctnDtls/ElctrncAdr', rename('RmtLctnElctrncAdr')],
  ['RmtLctnDtls/PstlAdr', rename('RmtLctnPstlAdr')],
  // An amount with a type became the amount alone; a type has no place.
  ['RfrdDocAmt/DscntApldAmt', UNWRAP],
  ['RfrdDocAmt/DscntApldAmt/Amt', rename('DscntApldAmt')],
  ['RfrdDocAmt/TaxAmt', UNWRAP],
  ['RfrdDocAmt/TaxAmt/Amt', rename('TaxAmt')],
]);

function rename(to: string): Change {
  return { kind: 'rename', to };
}
