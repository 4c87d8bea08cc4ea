// Where things stand in a pain.001, and which of its values are texts that a bank may restrict.

export const GROUP = 'CstmrCdtTrfInitn/GrpHdr';
export const BLOCK = 'CstmrCdtTrfInitn/PmtInf';
export const TRANSFER = `${BLOCK}/CdtTrfTxInf`;

/** How the value at a place is kept. */
export interface ValueUse {
  /** A name, a part of an address or remittance information. */
  readonly isText: boolean;
  /** It may stand there several times, each time counting. */
  readonly repeats: boolean;
  /** A reference inside structured remittance information. */
  readonly isReference: boolean;
}

/** Looks a path up; the answer is kept, since a file asks for the same few paths over and over. */
export function valueUse(path: string): ValueUse {
  const known = uses.get(path);
  if (known !== undefined) return known;
  const use = {
    isText: TEXT.test(path) || REFERENCE.test(path),
    repeats: path.endsWith('/AdrLine') || path.includes('/RmtInf/'),
    isReference: REFERENCE.test(path),
  };
  uses.set(path, use);
  return use;
}

const uses = new Map<string, ValueUse>();

const TEXT =
  /\/(?:Nm|Dept|SubDept|StrtNm|BldgNb|BldgNm|Flr|PstBx|Room|PstCd|TwnNm|TwnLctnNm|DstrctNm|CtrySubDvsn|AdrLine|Ustrd|InstrInf|InstrForDbtrAgt)$/;
const REFERENCE = /\/RmtInf\/Strd\/(?:CdtrRefInf\/Ref|RfrdDocInf\/Nb|AddtlRmtInf)$/;
