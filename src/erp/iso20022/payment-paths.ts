// Where things stand in a pain.001, and which of its values are heard at all.

export const GROUP = 'CstmrCdtTrfInitn/GrpHdr';
export const BLOCK = 'CstmrCdtTrfInitn/PmtInf';
export const TRANSFER = `${BLOCK}/CdtTrfTxInf`;

/** How a place that is heard is treated; `key` is its number. */
export interface PlaceUse {
  readonly key: number;
  readonly path: string;
  /** A name, a part of an address or remittance information, whose characters a bank may restrict. */
  readonly isText: boolean;
  /** It may stand there several times, each time counting. */
  readonly repeats: boolean;
  /** It stands inside structured remittance information, where the elements around it may repeat as well. */
  readonly isStructured: boolean;
  /** One of the references in there that stand for a free text. */
  readonly isReference: boolean;
}

/** The number of a place, counted from 0; -1 for one that nobody asks for. */
export function placeKey(path: string): number {
  const known = keys.get(path);
  if (known !== undefined) return known;
  const isReference = REFERENCE.test(path);
  const isText = isReference || TEXT.test(path);
  if (!isText && !ASKED.test(path)) return -1;
  const repeats = path.endsWith('/AdrLine') || path.endsWith('/RmtInf/Ustrd');
  const key = uses.length;
  uses.push({ key, path, isText, repeats, isStructured: path.includes('/RmtInf/Strd/'), isReference });
  keys.set(path, key);
  return key;
}

/** How the place with this key is treated. */
export function placeUse(key: number): PlaceUse {
  const use = uses[key];
  if (use === undefined) throw new Error(`No place has the key ${key}.`);
  return use;
}

const uses: PlaceUse[] = [];
const keys = new Map<string, number>();

const TEXT =
  /\/(?:Nm|Dept|SubDept|StrtNm|BldgNb|BldgNm|Flr|PstBx|Room|PstCd|TwnNm|TwnLctnNm|DstrctNm|CtrySubDvsn|AdrLine|Ustrd|InstrInf|InstrForDbtrAgt)$/;
const REFERENCE = /\/RmtInf\/Strd\/(?:CdtrRefInf\/Ref|RfrdDocInf\/Nb|AddtlRmtInf)$/;

/** What facts are made of, beside texts and references; and the parts themselves. */
const ASKED = new RegExp(
  [
    '/GrpHdr(?:/(?:MsgId|CreDtTm|NbOfTxs|CtrlSum))?$',
    '/PmtInf(?:/(?:PmtInfId|PmtMtd|NbOfTxs|CtrlSum|ReqdExctnDt(?:/Dt|/DtTm)?|ChrgBr|Dbtr/PstlAdr(?:/Ctry)?))?$',
    '/CdtTrfTxInf(?:/(?:PmtId/(?:InstrId|EndToEndId)|Amt/(?:InstdAmt|EqvtAmt/Amt)|Cdtr/PstlAdr(?:/Ctry)?))?$',
    '/DbtrAcct/(?:Ccy|Id/(?:IBAN|Othr/Id))$',
    '/CdtrAcct/Id/(?:IBAN|Othr/Id)$',
    '/CdtrAgt/FinInstnId/(?:BIC|BICFI|ClrSysMmbId/MmbId)$',
    '/PmtTpInf(?:/(?:SvcLvl|LclInstrm|CtgyPurp)/(?:Cd|Prtry))?$',
  ].join('|'),
);
