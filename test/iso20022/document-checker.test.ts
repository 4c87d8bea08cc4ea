import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/iso20022/document-checker.ts';
import { DocumentChecker } from '../../src/iso20022/document-checker.ts';
import { pain00100103 } from '../../src/iso20022/messages/pain.001.001.03.ts';
import { pain00100109 } from '../../src/iso20022/messages/pain.001.001.09.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';
import { checked } from './support/checked.ts';
import { pain001, PAIN_001_NAMESPACE } from './support/pain-001-document.ts';

const ROOT = 'CstmrCdtTrfInitn';
const BLOCK = `${ROOT}/PmtInf[1]`;

/** The faults as `rule path`, for a document with some parts replaced. */
function faultsOf(replace: Readonly<Record<string, string>>): string[] {
  return checked(pain001(replace), pain00100103).faults.map(({ rule, path }) => `${rule} ${path}`);
}

function onlyFault(replace: Readonly<Record<string, string>>): Fault {
  const { faults, count } = checked(pain001(replace), pain00100103);
  expect(count).toBe(1);
  const fault = faults[0];
  if (fault === undefined) throw new Error('There is no fault.');
  return fault;
}

describe('a document without faults', () => {
  test('passes, however its bytes are cut into pieces', () => {
    for (const pieceBytes of [1, 2, 3, 7, 64]) {
      expect(checked(pain001(), pain00100103, {}, { pieceBytes })).toEqual({
        valid: true,
        faults: [],
        count: 0,
      });
    }
  });

  test('may use any prefix, comments, instructions and CDATA', () => {
    const replaced = {
      '<MsgId>ORDER-1</MsgId>': `<p:MsgId xmlns:p="${PAIN_001_NAMESPACE}">ORD<!--x--><![CDATA[ER]]>-<?y?>1</p:MsgId>`,
      '<GrpHdr>': '<GrpHdr><!-- header --><?go on?>',
    };
    expect(faultsOf(replaced)).toEqual([]);
  });

  test('may carry the attributes of XML Schema that say where the schema is', () => {
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    expect(faultsOf({ '<Document ': `<Document ${xsi} xsi:schemaLocation="a b" ` })).toEqual([]);
    expect(faultsOf({ '<MsgId>': `<MsgId ${xsi} xsi:noNamespaceSchemaLocation="a">` })).toEqual([]);
  });
});

describe('the order of elements', () => {
  test('an unknown element is reported and passed over with all that is in it', () => {
    const fault = onlyFault({ '<PmtMtd>': '<Foo><Bar/>text<PmtMtd>?</PmtMtd></Foo><PmtMtd>' });
    expect(fault).toMatchObject({
      rule: 'schema.unknown-element',
      path: `${BLOCK}/Foo`,
      line: 13,
      column: 7,
    });
    expect(fault.message).toBe('PmtInf has no element Foo.');
  });

  test('a missing element is reported where it should have been', () => {
    const fault = onlyFault({ '<PmtMtd>TRF</PmtMtd>\n': '' });
    expect(fault).toMatchObject({ rule: 'schema.missing', path: `${BLOCK}/PmtMtd`, line: 13, column: 13 });
  });

  test('a missing element is reported at its place also when its neighbours were met before', () => {
    const fault = onlyFault({ '<PmtId><EndToEndId>E2E-2</EndToEndId></PmtId>': '' });
    expect(fault).toMatchObject({
      rule: 'schema.missing',
      path: `${BLOCK}/CdtTrfTxInf[2]/PmtId`,
      line: 26,
      column: 9,
    });
  });

  test('each missing element is reported, at the end tag when nothing follows', () => {
    expect(
      faultsOf({
        '<PmtId><EndToEndId>E2E-2</EndToEndId></PmtId>': '<PmtId/>',
        '<MsgId>ORDER-1</MsgId>': '',
        '<NbOfTxs>2</NbOfTxs>': '',
      }),
    ).toEqual([
      `schema.missing ${ROOT}/GrpHdr/MsgId`,
      `schema.missing ${ROOT}/GrpHdr/NbOfTxs`,
      `schema.missing ${BLOCK}/CdtTrfTxInf[2]/PmtId/EndToEndId`,
    ]);
  });

  test('an element that comes too late is reported once, not also as missing', () => {
    const fault = onlyFault({ '<PmtMtd>TRF</PmtMtd>': '', '<Dbtr>': '<PmtMtd>TRF</PmtMtd><Dbtr>' });
    expect(fault).toMatchObject({ rule: 'schema.order', path: `${BLOCK}/PmtMtd` });
    expect(fault.message).toBe('PmtMtd stands after ReqdExctnDt, but belongs before it.');
  });

  test('an element that comes too early costs one fault, not one for each element it jumped', () => {
    const last = '<DbtrAgt><FinInstnId><BIC>WBKPPLPP</BIC></FinInstnId></DbtrAgt>';
    expect(faultsOf({ [last]: '', '<PmtInfId>': `${last}<PmtInfId>` })).toEqual([
      `schema.order ${BLOCK}/PmtInfId`,
    ]);
  });

  test('the inside of an element out of order is checked', () => {
    const replaced = { '<PmtMtd>TRF</PmtMtd>': '', '<Dbtr>': '<PmtMtd>CASH</PmtMtd><Dbtr>' };
    expect(faultsOf(replaced)).toEqual([`schema.order ${BLOCK}/PmtMtd`, `schema.code ${BLOCK}/PmtMtd`]);
  });

  test('one too many is reported with its number', () => {
    const fault = onlyFault({ '<PmtMtd>': '<PmtInfId>AGAIN</PmtInfId><PmtMtd>' });
    expect(fault).toMatchObject({ rule: 'schema.too-many', path: `${BLOCK}/PmtInfId[2]` });
    const authstn = '<Authstn><Cd>AUTH</Cd></Authstn>';
    expect(faultsOf({ '<NbOfTxs>': `${authstn}${authstn}<NbOfTxs>` })).toEqual([]);
    expect(faultsOf({ '<NbOfTxs>': `${authstn}${authstn}${authstn}<NbOfTxs>` })).toEqual([
      `schema.too-many ${ROOT}/GrpHdr/Authstn[3]`,
    ]);
  });

  test('a choice takes exactly one of its elements', () => {
    const id = '<IBAN>PL61109010140000071219812874</IBAN>';
    expect(faultsOf({ [id]: `${id}<Othr><Id>1</Id></Othr>` })).toEqual([
      `schema.choice ${BLOCK}/DbtrAcct/Id/Othr`,
    ]);
    expect(faultsOf({ [id]: `${id}${id}` })).toEqual([`schema.too-many ${BLOCK}/DbtrAcct/Id/IBAN[2]`]);
    expect(onlyFault({ [id]: '' })).toMatchObject({
      rule: 'schema.missing',
      path: `${BLOCK}/DbtrAcct/Id`,
      remedy: 'Add one of IBAN, Othr.',
    });
  });

  test('a wrong namespace is reported once for a whole subtree, and the element counts as present', () => {
    expect(faultsOf({ '<Dbtr>': '<Dbtr xmlns="urn:other">' })).toEqual([`schema.namespace ${BLOCK}/Dbtr`]);
    expect(faultsOf({ [`xmlns="${PAIN_001_NAMESPACE}"`]: 'xmlns="urn:other"' })).toEqual([
      'schema.namespace Document',
    ]);
  });

  test('another root element is reported and nothing else', () => {
    expect(checked('<Foo><Bar/></Foo>', pain00100103).faults).toMatchObject([
      { rule: 'schema.root', path: 'Foo', line: 1, column: 1 },
    ]);
  });
});

describe('text and attributes', () => {
  test('text between elements is reported once per element', () => {
    const fault = onlyFault({ '<GrpHdr>': '<GrpHdr>stray', '<NbOfTxs>': 'again<NbOfTxs>' });
    expect(fault).toMatchObject({ rule: 'schema.text', path: `${ROOT}/GrpHdr`, line: 4, column: 13 });
    expect(faultsOf({ '<GrpHdr>': '<GrpHdr>&#32;<![CDATA[ ]]>' })).toEqual([]);
    expect(faultsOf({ '<GrpHdr>': '<GrpHdr>\u00a0' })).toEqual([`schema.text ${ROOT}/GrpHdr`]);
  });

  test('an element in a value is reported, and the rest of the value is not', () => {
    expect(faultsOf({ '<MsgId>ORDER-1': '<MsgId><b>x</b><b/>' })).toEqual([
      `schema.element-in-value ${ROOT}/GrpHdr/MsgId`,
    ]);
  });

  test('a missing, an unknown and a wrong attribute are reported', () => {
    const amount = `${BLOCK}/CdtTrfTxInf[1]/Amt/InstdAmt`;
    expect(faultsOf({ ' Ccy="PLN">100': '>100' })).toEqual([`schema.attribute-missing ${amount}/@Ccy`]);
    expect(faultsOf({ ' Ccy="PLN">100': ' Ccy="pln" Foo="1">100' })).toEqual([
      `schema.pattern ${amount}/@Ccy`,
      `schema.attribute-unknown ${amount}/@Foo`,
    ]);
    expect(faultsOf({ '<MsgId>': '<MsgId xml:lang="pl">' })).toEqual([
      `schema.attribute-unknown ${ROOT}/GrpHdr/MsgId/@xml:lang`,
    ]);
    expect(faultsOf({ '<Document ': '<Document version="3" ' })).toEqual([
      'schema.attribute-unknown Document/@version',
    ]);
  });

  test('xsi:type may only repeat the type an element has, and xsi:nil may not stand anywhere', () => {
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    const path = `schema.attribute-unknown ${ROOT}/GrpHdr/MsgId`;
    expect(faultsOf({ '<MsgId>': `<MsgId ${xsi} xsi:type="Max35Text">` })).toEqual([]);
    expect(faultsOf({ '<MsgId>': `<MsgId ${xsi} xsi:type="Max34Text">` })).toEqual([`${path}/@xsi:type`]);
    expect(faultsOf({ '<MsgId>': `<MsgId ${xsi} xmlns:o="urn:other" xsi:type="o:Max35Text">` })).toEqual([
      `${path}/@xsi:type`,
    ]);
    expect(faultsOf({ '<MsgId>': `<MsgId ${xsi} xsi:nil="false">` })).toEqual([`${path}/@xsi:nil`]);
    expect(faultsOf({ '<MsgId>': `<MsgId ${xsi} xsi:other="1">` })).toEqual([`${path}/@xsi:other`]);
  });
});

describe('a fault', () => {
  test('names place, value, what is wrong and what to do', () => {
    expect(onlyFault({ 'PLN">50.25': 'PLN">50,25' })).toEqual({
      rule: 'schema.decimal',
      path: `${BLOCK}/CdtTrfTxInf[2]/Amt/InstdAmt`,
      line: 26,
      column: 34,
      value: '50,25',
      message: 'The value is not a decimal number.',
      remedy: 'Write digits with at most one decimal point, without blanks or separators.',
    });
  });

  test('shows at most 140 characters of a value', () => {
    expect(onlyFault({ 'ORDER-1': 'x'.repeat(500) }).value).toBe('x'.repeat(140));
  });

  test('has the place of the element when the value is empty', () => {
    expect(onlyFault({ '<MsgId>ORDER-1</MsgId>': '<MsgId/>' })).toMatchObject({
      rule: 'schema.length',
      line: 5,
      column: 7,
      value: '',
    });
  });

  test('is counted but not kept beyond the bound', () => {
    const { faults, count } = checked(
      pain001({ 'ORDER-1': '', TRF: 'X', WBKPPLPP: 'x' }),
      pain00100103,
      {},
      { faultsMax: 2 },
    );
    expect([faults.length, count]).toEqual([2, 3]);
  });
});

describe('the listener', () => {
  test('hears each known element once, values with their attributes, and not what is unknown', () => {
    const heard: string[] = [];
    checked(pain001({ '<PmtMtd>': '<Foo><MsgId>x</MsgId></Foo><PmtMtd>' }), pain00100103, {
      enter: (path) => heard.push(`> ${path}`),
      value: (path, text, attributes, at, valid) =>
        heard.push(`= ${path} ${text} ${JSON.stringify(attributes)} ${at.line} ${valid}`),
      leave: (path) => heard.push(`< ${path}`),
    });
    expect(heard.slice(0, 6)).toEqual([
      '> ',
      `> ${ROOT}`,
      `> ${ROOT}/GrpHdr`,
      `> ${ROOT}/GrpHdr/MsgId`,
      `= ${ROOT}/GrpHdr/MsgId ORDER-1 {} 5 true`,
      `< ${ROOT}/GrpHdr/MsgId`,
    ]);
    expect(heard).toContain(`= ${ROOT}/PmtInf/CdtTrfTxInf/Amt/InstdAmt 50.25 {"Ccy":"PLN"} 26 true`);
    expect(heard.filter((line) => line.includes('Foo') || line.endsWith('PmtInf/MsgId'))).toEqual([]);
    expect(heard.at(-1)).toBe('< ');
  });

  test('hears that a value is not valid, for its own sake or that of an attribute', () => {
    const valid = (replace: Readonly<Record<string, string>>, name: string): boolean[] => {
      const heard: boolean[] = [];
      checked(pain001(replace), pain00100103, {
        value: (path, _text, _attributes, _at, ok) => path.endsWith(name) && heard.push(ok),
      });
      return heard;
    };
    expect(valid({ 'PLN">100.00': 'PLN">-1' }, 'InstdAmt')).toEqual([false, true]);
    expect(valid({ 'Ccy="PLN">100.00': 'Ccy="?">100.00' }, 'InstdAmt')).toEqual([false, true]);
    expect(valid({ 'Ccy="PLN">100.00': 'Ccy="PLN"><x/>100.00' }, 'InstdAmt')).toEqual([false, true]);
  });

  test('gets values without the white space that does not count', () => {
    const heard: string[] = [];
    checked(pain001({ '>100.00<': '>\n 100.00\t<', '>First<': '> First <' }), pain00100103, {
      value: (_path, text) => heard.push(text),
    });
    expect(heard).toContain('100.00');
    expect(heard).toContain(' First ');
  });

  test('gets values whole when they come in pieces, also within a character of several bytes', () => {
    const heard: string[] = [];
    checked(
      pain001({ First: 'Zaż&#243;łć <![CDATA[&]]>😀' }),
      pain00100103,
      { value: (_path, text) => heard.push(text) },
      { pieceBytes: 1 },
    );
    expect(heard).toContain('Zażółć &😀');
  });

  test('gets the same string object for the same place', () => {
    const paths = new Map<string, number>();
    checked(pain001(), pain00100103, { enter: (path) => paths.set(path, (paths.get(path) ?? 0) + 1) });
    expect(paths.get(`${ROOT}/PmtInf/CdtTrfTxInf/PmtId/EndToEndId`)).toBe(2);
  });
});

test('the current path has the number of each element that may repeat', () => {
  const seen: string[] = [];
  const checker = new DocumentChecker(pain00100103, { value: () => seen.push(checker.currentPath()) });
  const reader = new XmlReader(checker);
  expect(checker.currentPath()).toBe('');
  reader.write(Buffer.from(pain001()));
  reader.end();
  expect(seen).toContain(`${ROOT}/GrpHdr/MsgId`);
  expect(seen).toContain(`${BLOCK}/CdtTrfTxInf[2]/PmtId/EndToEndId`);
  expect(checker.currentPath()).toBe('');
});

describe('below a wildcard', () => {
  const namespace = pain00100109.namespace;
  const outer = (inside: string): string =>
    `<Document xmlns="${namespace}"><CstmrCdtTrfInitn><SplmtryData><Envlp>${inside}</Envlp></SplmtryData></CstmrCdtTrfInitn></Document>`;
  const inEnvelope = (inside: string): string[] =>
    checked(outer(inside), pain00100109)
      .faults.filter(({ path }) => path.includes('Envlp'))
      .map(({ rule, path }) => `${rule} ${path}`);
  const ENVELOPE = `${ROOT}/SplmtryData[1]/Envlp`;

  test('exactly one element of any name may stand, with anything in it', () => {
    expect(inEnvelope('<o:X xmlns:o="urn:other" a="1">text<o:Y/><Nm/></o:X>')).toEqual([]);
    expect(inEnvelope('')).toEqual([`schema.missing ${ENVELOPE}`]);
    expect(inEnvelope('<a/><b/>')).toEqual([`schema.too-many ${ENVELOPE}/b`]);
    expect(inEnvelope('text<a/>')).toEqual([`schema.text ${ENVELOPE}`]);
  });

  test('a whole document of the same message is checked, however deep it stands, and not told to the listener', () => {
    const expected = [
      `schema.missing ${ENVELOPE}/a/Document/${ROOT}/GrpHdr`,
      `schema.missing ${ENVELOPE}/a/Document/${ROOT}/PmtInf`,
    ];
    expect(inEnvelope(`<a><Document><${ROOT}/></Document></a>`)).toEqual(expected);
    const heard: string[] = [];
    checked(outer(`<a><Document><${ROOT}/></Document></a>`), pain00100109, {
      enter: (path) => heard.push(path),
    });
    expect(heard.at(-1)).toBe(`${ROOT}/SplmtryData/Envlp`);
  });

  test('an element that names a type of the message is checked against it', () => {
    const typed = (type: string, text: string): string =>
      `<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${text}</a>`;
    expect(inEnvelope(typed('Max4Text', 'four'))).toEqual([]);
    expect(inEnvelope(typed('Max4Text', 'seven'))).toEqual([`schema.length ${ENVELOPE}/a`]);
    expect(inEnvelope(typed('Nonsense', 'x'))).toEqual([`schema.attribute-unknown ${ENVELOPE}/a`]);
  });
});
