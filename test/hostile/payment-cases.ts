// Files in sound form whose content attacks what is paid, or whoever reads about it.

import { changed, type HostileCase } from './hostile-case.ts';

type Row = readonly [name: string, outcome: string, because: string, make: (file: string) => string];

const NEVER_ROUNDED = 'An amount is never rounded, shortened or guessed.';
const STANDS = 'It is a text as good as any other; whoever is shown it sees it written out.';
const ONCE = 'Readers differ in which of two counts.';
const CHECKED = 'The sums are the ERP’s own guard against a file that was changed.';

const remitted = (text: string) => (file: string) => changed(file, 'FV/1/2026', text);
const amount = (text: string) => (file: string) =>
  changed(file, />\d+\.00<\/InstdAmt>/, `>${text}</InstdAmt>`);
const day = (text: string) => (file: string) => changed(file, '>2026-11-24<', `>${text}<`);
const named = (text: string) => (file: string) => changed(file, 'Huta Szkła', text);
const paidTo = (text: string) => (file: string) => changed(file, 'PL27114020040000300201355387', text);
const twice = (element: string) => (file: string) => {
  const [found = ''] = new RegExp(`<${element}[ >].*?</${element}>`, 's').exec(file) ?? [];
  return changed(file, found, found + found);
};

const SIGNED =
  '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>';
const WRAPPED = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>`;

const ROWS: readonly Row[] = [
  ['an amount of zero', 'rule.amount-zero', 'Nothing would be paid.', amount('0.00')],
  ['a negative amount', 'schema.decimal', NEVER_ROUNDED, amount('-10.00')],
  ['an amount with a sign', 'planned 10.01', 'xs:decimal allows it; the value is exact.', amount('+10.01')],
  ['an amount with a comma', 'schema.decimal', NEVER_ROUNDED, amount('10,00')],
  ['an amount with a thousands blank', 'schema.decimal', NEVER_ROUNDED, amount('1 000.00')],
  ['an amount in scientific form', 'schema.decimal', NEVER_ROUNDED, amount('1e9')],
  ['an amount in hexadecimal form', 'schema.decimal', NEVER_ROUNDED, amount('0x10')],
  ['an infinite amount', 'schema.decimal', NEVER_ROUNDED, amount('INF')],
  ['an amount that is no number', 'schema.decimal', NEVER_ROUNDED, amount('NaN')],
  ['an amount of a hundred digits', 'schema.decimal', NEVER_ROUNDED, amount('9'.repeat(100))],
  ['an amount of a hundred decimals', 'schema.decimal', NEVER_ROUNDED, amount(`1.${'0'.repeat(99)}1`)],
  ['an amount of ten million digits', 'schema.decimal', NEVER_ROUNDED, amount('9'.repeat(10_000_000))],
  ['an amount of two thousand leading zeros', 'rule.amount-zero', 'No amount is so long: it is not read at all.', amount(`${'0'.repeat(2_000)}10.05`)], // prettier-ignore
  ['a tenth of a grosz', 'rule.currency-decimals', NEVER_ROUNDED, amount('10.001')],
  ['Arabic digits', 'schema.decimal', NEVER_ROUNDED, amount('١٠.٠٠')],
  ['digits of full width', 'schema.decimal', NEVER_ROUNDED, amount('１０.００')],
  [
    'a comment inside an amount',
    'planned 10.04',
    'XML says 10.04; a reader that stops at the comment says 1, so comments are not sent.',
    amount('1<!-- -->0.04'),
  ],
  ['an amount in pieces of CDATA', 'planned 10.02', 'XML says that it is 10.02, and the ERP’s bytes go to the bank.', amount('1<![CDATA[0.0]]>2')], // prettier-ignore
  ['an amount in references', 'planned 10.03', 'XML says that it is 10.03.', amount('1&#48;.03')],
  ['a currency nobody knows', 'rule.currency', 'The bank could take it for another.', (file) => changed(file, 'Ccy="PLN"', 'Ccy="XQQ"')], // prettier-ignore
  ['a currency in small letters', 'schema.pattern', 'The standard has capitals.', (file) => changed(file, 'Ccy="PLN"', 'Ccy="pln"')], // prettier-ignore
  [
    'no currency',
    'schema.attribute-missing',
    'An amount without one is none.',
    (file) => changed(file, ' Ccy="PLN"', ''),
  ],
  ['another attribute beside the currency', 'schema.attribute-unknown', ONCE, (file) => changed(file, 'Ccy="PLN"', 'Ccy="PLN" ccy="EUR"')], // prettier-ignore
  ['the 30th of February', 'schema.date', 'There is no such day.', day('2026-02-30')],
  ['the 29th of February of a year without', 'schema.date', 'There is no such day.', day('2027-02-29')],
  ['the year 0000', 'schema.', 'There is no such day.', day('0000-01-01')],
  ['the year 99999', 'rule.date-year', 'No bank has it.', day('99999-01-01')],
  ['a year before our era', 'rule.date-year', 'No bank has it.', day('-2026-11-24')],
  [
    'a day far ahead',
    'rule.date-future',
    'It is a typing mistake, or an attack that waits.',
    day('2099-12-31'),
  ],
  ['a day long past', 'rule.date-past', 'It is an old file.', day('1999-12-31')],
  ['a day with a time zone', 'planned', 'xs:date allows it.', day('2026-11-24Z')],
  ['a day with a zone that there is not', 'schema.date', 'There is no such zone.', day('2026-11-24+25:00')],
  [
    'an account with a wrong check digit',
    'rule.iban',
    'It is another account, or none.',
    paidTo('PL27114020040000300201355378'),
  ],
  [
    'an account with Cyrillic letters',
    'schema.',
    'It looks like the right one.',
    paidTo('РL27114020040000300201355387'),
  ],
  [
    'an account with a zero-width blank',
    'schema.',
    'It looks like the right one.',
    paidTo('PL2711402004\u200b0000300201355387'),
  ],
  [
    'an account with a comment inside',
    'planned',
    'It is the whole account, and comments are not sent.',
    paidTo('PL27<!-- -->114020040000300201355387'),
  ],
  ['a debtor account that is not ours', 'rule.debtor-account', 'Only accounts of the configuration pay.', (file) => changed(file, 'PL61109010140000071219812874', 'PL27114020040000300201355387')], // prettier-ignore
  ['the direction turned in a name', 'planned', STANDS, named('Huta \u202eałkzS\u202c')],
  ['the direction turned in the remittance text', 'planned', STANDS, remitted('FV \u202e6202/1\u202c')],
  ['zero-width characters in the remittance text', 'planned', STANDS, remitted('F\u200bV\u2060/\ufeff1')],
  ['control characters of the second row (C1)', 'planned', STANDS, remitted('FV\u009b31m')],
  ['lines in the remittance text', 'planned', STANDS, remitted('FV&#10;HELD  faked.xml')],
  ['markup of HTML in a name', 'planned', STANDS, named('&lt;script&gt;alert(1)&lt;/script&gt;')],
  ['a formula of a spreadsheet in a name', 'planned', STANDS, named('=HYPERLINK("http://x")')],
  ['a format string in the remittance text', 'planned', STANDS, remitted('%s%n%x ${jndi:ldap://x} {{7*7}}')],
  ['a path in the end-to-end id', 'planned', STANDS, (file) => changed(file, /<EndToEndId>.*?</, '<EndToEndId>../../etc/passwd<')], // prettier-ignore
  [
    'a remittance text of 141 characters',
    'schema.length',
    'It would be cut somewhere on its way.',
    remitted('x'.repeat(141)),
  ],
  [
    '140 characters of which each takes four bytes',
    'planned',
    'Lengths are counted in characters.',
    remitted('😀'.repeat(140)),
  ],
  ['an empty remittance text', 'schema.length', 'The schema wants a character at least.', remitted('')],
  ['a message id of 36 characters', 'schema.length', 'A shortened id is another id.', (file) => changed(file, /<MsgId>.*?</, `<MsgId>${'M'.repeat(36)}<`)], // prettier-ignore
  ['an empty message id', 'schema.length', 'Without an id a repetition can not be seen.', (file) => changed(file, /<MsgId>.*?</, '<MsgId><')], // prettier-ignore
  ['a count that is too low', 'rule.count', CHECKED, (file) => changed(file, '<NbOfTxs>1<', '<NbOfTxs>0<')],
  ['a count that is too high', 'rule.count', CHECKED, (file) => changed(file, '<NbOfTxs>1<', '<NbOfTxs>2<')],
  ['a control sum that is wrong', 'rule.control-sum', CHECKED, (file) => changed(file, '</NbOfTxs>', '</NbOfTxs><CtrlSum>1.00</CtrlSum>')], // prettier-ignore
  ['two message ids', 'schema.too-many', ONCE, twice('MsgId')],
  ['two group headers', 'schema.', ONCE, twice('GrpHdr')],
  ['two amounts', 'schema.', ONCE, twice('Amt')],
  ['two beneficiary accounts', 'schema.', ONCE, twice('CdtrAcct')],
  ['two beneficiaries', 'schema.', ONCE, twice('Cdtr')],
  ['two debtor accounts', 'schema.', ONCE, twice('DbtrAcct')],
  ['a transfer twice in one file', 'rule.', 'The counts say one.', twice('CdtTrfTxInf')],
  ['a block before the group header', 'schema.', 'The order is part of the message.', (file) => { const [block = ''] = /<PmtInf>.*<\/PmtInf>/s.exec(file) ?? []; return changed(changed(file, block, ''), '<GrpHdr>', `${block}<GrpHdr>`); }], // prettier-ignore
  ['the beneficiary before the amount', 'schema.order', 'The order is part of the message.', (file) => { const [part = ''] = /<Cdtr>.*?<\/Cdtr>/s.exec(file) ?? []; return changed(changed(file, part, ''), '<Amt>', `${part}<Amt>`); }], // prettier-ignore
  ['a signature inside a transfer', 'schema.', 'It signs nothing, and could stop or fool whoever verifies ours.', (file) => changed(file, '<RmtInf>', `${SIGNED}<RmtInf>`)], // prettier-ignore
  ['a signature behind the payments', 'schema.', 'It signs nothing.', (file) => changed(file, '</CstmrCdtTrfInitn>', `${SIGNED}</CstmrCdtTrfInitn>`)], // prettier-ignore
  ['a signature as escaped text', 'planned', STANDS, remitted('&lt;ds:Signature Id="sig-1"/&gt;')],
  ['an envelope around nothing inside a transfer', 'schema.', 'It could be taken for that of our message.', (file) => changed(file, '<RmtInf>', `${WRAPPED}<RmtInf>`)], // prettier-ignore
  ['the id of our own signature on an element', 'schema.attribute-unknown', 'An id that stands there twice lets a signature cover something else.', (file) => changed(file, '<GrpHdr>', '<GrpHdr Id="sig-1">')], // prettier-ignore
  ['an envelope as the document', 'document.unknown', 'An ERP writes no bank message.', (file) => `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${file}</s:Body></s:Envelope>`], // prettier-ignore
  ['elements of the schema in another case', 'schema.unknown-element', 'XML knows the difference.', (file) => file.replaceAll('GrpHdr', 'grphdr')], // prettier-ignore
  ['supplementary data of any kind', 'schema.', 'What nobody here understands is not sent.', (file) => changed(file, '</CstmrCdtTrfInitn>', '<SplmtryData><Envlp><x/></Envlp></SplmtryData></CstmrCdtTrfInitn>')], // prettier-ignore
];

/** Of a sound payment file each; a planned file must hold something of its own, or it is a repetition. */
export function paymentCases(file: () => string): HostileCase[] {
  return ROWS.map(([name, outcome, because, make]) => ({
    name,
    outcome,
    because,
    bytes: () => make(file()),
  }));
}
