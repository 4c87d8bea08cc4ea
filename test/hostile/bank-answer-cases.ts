// Answers of a bank, or of whoever stands in its place, that try to pass for the answer to our question.

import { documentCases } from './document-cases.ts';
import { changed, type HostileCase } from './hostile-case.ts';
import { envelope, faultEnvelope, reportEnvelope } from '../bank/cdc/test-bank.ts';

export const OURS = 'GNC1';
export const ACCOUNT = 'PL60160014620000000000000001';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const REPORT = reportEnvelope(OURS);
const [WRAPPED = ''] = /<c:DomesticTransferResponse.*<\/c:DomesticTransferResponse>/.exec(REPORT) ?? [];
const [DOCUMENT = ''] = /<Document.*<\/Document>/.exec(REPORT) ?? [];
const REJECTED = changed(WRAPPED, 'ACTC', 'RJCT');

type Row = readonly [name: string, because: string, make: () => Uint8Array | string];

const NOT_ONE = 'Which of the two another reader would take is not ours to guess.';
const NOT_OURS = 'It does not say that our message is known, or that it is not.';
const NO_ANSWER = 'It is no answer of the service, so it proves nothing.';
const UNSURE = 'Only what cannot be read in two ways may say what became of money.';

/** None may decide about a message: a submission ends lost, a question without an answer. */
const UNDECIDED: readonly Row[] = [
  ['nothing', NO_ANSWER, () => ''],
  ['blanks', NO_ANSWER, () => '\r\n\r\n'],
  [
    'an error page of a proxy',
    NO_ANSWER,
    () => '<html><head><title>502</title></head><body>Bad gateway</body></html>',
  ],
  ['a page of HTML 5', NO_ANSWER, () => '<!DOCTYPE html><html><body><p>Log in<br></body></html>'],
  ['JSON', NO_ANSWER, () => '{"GrpSts":"ACTC"}'],
  ['a report without an envelope', NO_ANSWER, () => DOCUMENT],
  ['an envelope of another namespace', NO_ANSWER, () => REPORT.replace(SOAP, 'urn:evil')],
  ['an envelope of no namespace', NO_ANSWER, () => `<Envelope><Body>${WRAPPED}</Body></Envelope>`],
  ['an envelope with a body of another namespace', NO_ANSWER, () => `<s:Envelope xmlns:s="${SOAP}"><x:Body xmlns:x="urn:x">${WRAPPED}</x:Body></s:Envelope>`], // prettier-ignore
  ['a report in the header', NO_ANSWER, () => `<s:Envelope xmlns:s="${SOAP}"><s:Header>${WRAPPED}</s:Header><s:Body/></s:Envelope>`], // prettier-ignore
  [
    'a report beside the body',
    NO_ANSWER,
    () => `<s:Envelope xmlns:s="${SOAP}"><s:Body/>${WRAPPED}</s:Envelope>`,
  ],
  ['a report deep in the body', NO_ANSWER, () => envelope(`<a>${WRAPPED}</a>`)],
  ['a report in a comment', NO_ANSWER, () => envelope(`<!-- ${WRAPPED} -->`)],
  ['a report in CDATA', NO_ANSWER, () => envelope(`<w><![CDATA[${DOCUMENT}]]></w>`)],
  ['an envelope in an envelope', NO_ANSWER, () => envelope(`<w>${REPORT}</w>`)],
  ['two envelopes', NOT_ONE, () => REPORT + REPORT],
  ['two bodies', NOT_ONE, () => `<s:Envelope xmlns:s="${SOAP}"><s:Body>${WRAPPED}</s:Body><s:Body>${REJECTED}</s:Body></s:Envelope>`], // prettier-ignore
  ['two answers in one body', NOT_ONE, () => envelope(WRAPPED + REJECTED)],
  ['two documents in one answer', NOT_ONE, () => REPORT.replace(DOCUMENT, DOCUMENT + DOCUMENT)],
  [
    'a report and a fault',
    NOT_ONE,
    () => envelope(`${WRAPPED}<s:Fault><faultcode>s:Server</faultcode></s:Fault>`),
  ],
  [
    'a fault and a report',
    NOT_ONE,
    () => envelope(`<s:Fault><faultcode>s:Server</faultcode></s:Fault>${WRAPPED}`),
  ],
  ['two groups', UNSURE, () => REPORT.replace(/(<OrgnlGrpInfAndSts>.*<\/OrgnlGrpInfAndSts>)/, '$1$1')],
  [
    'two message ids',
    UNSURE,
    () => REPORT.replace('<OrgnlMsgNmId>', '<OrgnlMsgId>OTHER</OrgnlMsgId><OrgnlMsgNmId>'),
  ],
  ['two group statuses', UNSURE, () => reportEnvelope(OURS, '<GrpSts>ACTC</GrpSts><GrpSts>RJCT</GrpSts>')],
  ['a report of another message', NOT_OURS, () => reportEnvelope('GNC2')],
  ['a report of a message whose id begins like ours', NOT_OURS, () => reportEnvelope(`${OURS}0`)],
  ['a report of our id in other letters', NOT_OURS, () => reportEnvelope('gnc1')],
  ['a report of our id with a Cyrillic letter', NOT_OURS, () => reportEnvelope('GN\u04211')],
  ['a report of our id with a zero-width blank', NOT_OURS, () => reportEnvelope('GNC\u200b1')],
  ['a report without a message id', NOT_OURS, () => REPORT.replace(/<OrgnlMsgId>.*?<\/OrgnlMsgId>/, '')],
  ['a report of an empty message id', NOT_OURS, () => reportEnvelope('')],
  ['a message id that holds an element', NOT_OURS, () => reportEnvelope(`${OURS}<x/>2`)],
  ['a fault of a code that is not in the profile', NOT_OURS, () => faultEnvelope('E999')],
  ['a fault about another message', NOT_OURS, () => faultEnvelope('E404', 'GNC2')],
  ['a fault without a report', NOT_OURS, () => envelope('<s:Fault><faultcode>s:Client</faultcode><faultstring>E404</faultstring></s:Fault>')], // prettier-ignore
  [
    'a fault with the code in its text only',
    NOT_OURS,
    () => faultEnvelope('E999').replace('text of', 'E404 E7 E9'),
  ],
  ['an empty fault', NOT_OURS, () => envelope('<s:Fault/>')],
  ['an empty document', NO_ANSWER, () => envelope('<w><Document/></w>')],
  ['a notification in place of a report', NO_ANSWER, () => envelope('<w><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn/></Document></w>')], // prettier-ignore
  ['a report cut short', NO_ANSWER, () => REPORT.slice(0, -20)],
  ['a report with something behind it', NO_ANSWER, () => `${REPORT}x`],
  ['a report in UTF-16', NO_ANSWER, () => Buffer.from(`\ufeff${REPORT}`, 'utf16le')],
  ['a deep answer', NO_ANSWER, () => envelope(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`)],
  ['five thousand faults in one', NOT_OURS, () => faultEnvelope('E999').replace(/(<ErrDesc>.*<\/ErrDesc>)/, (all) => all.repeat(5_000))], // prettier-ignore
];

/** A sound answer, with what the cases for files look for in it. */
export const SOUND = reportEnvelope(
  OURS,
  '<GrpSts>ACTC</GrpSts><StsRsnInf><AddtlInf>FV/1/2026</AddtlInf></StsRsnInf>',
);

/** What spoils a payment file in form spoils an answer as well. */
const ANY_DOCUMENT =
  /^(?:an entity|a billion|a quadratic|NUL (?:in a text|as)|overlong|a stray|a million (?:attr|levels)|a name of a|UTF-7)/;

export const answerCases: readonly HostileCase[] = [
  ...UNDECIDED.map(([name, because, bytes]) => ({ name, because, bytes, outcome: 'undecided' })),
  ...documentCases(() => SOUND)
    .filter(({ name }) => ANY_DOCUMENT.test(name))
    .map((hostile) => ({ ...hostile, outcome: 'undecided' })),
];
