/** Documents we compose. */
import { describe, expect, it } from 'vitest';
import { XmlWriter } from '../../src/xml/xml-writer.ts';

const LEAVE = (): void => undefined;

describe('XmlWriter', () => {
  it('gives a document in as many pieces as it is taken in, with the same bytes as in one', () => {
    const write = (take: (writer: XmlWriter) => void): string => {
      const writer = new XmlWriter('Document', 'urn:x', { declaration: false });
      const taken: Buffer[] = [];
      const note = (): void => {
        take(writer);
        if (take !== LEAVE) taken.push(writer.take());
      };
      for (const text of ['Ż', '2', '']) {
        note();
        writer.open('A');
        note();
        writer.leaf('B', text);
        note();
        writer.close();
      }
      return Buffer.concat([...taken, writer.toBytes()]).toString();
    };
    expect(write((writer) => expect(writer.heldCharacters).toBeLessThan(40))).toBe(write(LEAVE));
  });

  it('writes a document that people can read, with paths for what is around an element', () => {
    const writer = new XmlWriter('Document', 'urn:x', { attributes: { 'xmlns:p': 'urn:p' } });
    writer
      .open('Rpt')
      .leaf('GrpHdr/MsgId', 'A')
      .optional('CreDtTm', undefined)
      .optional('Amt', '1.00', { Ccy: 'PLN' });
    writer.open('Id/Othr').leaf('Id', '').close().open('Empty').close().close();
    expect(writer.toString()).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:x" xmlns:p="urn:p">
  <Rpt>
    <GrpHdr>
      <MsgId>A</MsgId>
    </GrpHdr>
    <Amt Ccy="PLN">1.00</Amt>
    <Id>
      <Othr>
        <Id></Id>
      </Othr>
    </Id>
    <Empty></Empty>
  </Rpt>
</Document>`,
    );
  });

  it('writes without line breaks and declaration when asked', () => {
    const writer = new XmlWriter('a', '', { pretty: false, declaration: false });
    expect(writer.open('b').leaf('c', '1').close().toString()).toBe('<a><b><c>1</c></b></a>');
  });

  it('escapes text and attributes, and replaces what XML does not allow', () => {
    const writer = new XmlWriter('a', '', { pretty: false, declaration: false });
    writer.leaf('b', '<&>"\'\r\n\t\u0000\ud800\ufffe😀ż', { c: '<&>"\'\r\n\t\u0001' });
    expect(writer.toString()).toBe(
      '<a><b c="&lt;&amp;>&quot;\'&#xD;&#xA;&#x9;\ufffd">&lt;&amp;&gt;"\'&#xD;\n\t\ufffd\ufffd\ufffd😀ż</b></a>',
    );
  });

  it('splices bytes in as they are', () => {
    const writer = new XmlWriter('a', '', { declaration: false });
    expect(writer.raw(Buffer.from('<b>ż</b>')).leaf('c', '1').toBytes()).toEqual(
      Buffer.from('<a>\n  <b>ż</b>\n  <c>1</c>\n</a>'),
    );
  });

  it('gives the same bytes when asked twice', () => {
    const writer = new XmlWriter('a', '');
    expect(writer.toBytes()).toEqual(writer.toBytes());
  });

  it('throws at what a caller must not do', () => {
    expect(() => new XmlWriter('a b', '')).toThrow("'a b' is not a name");
    expect(() => new XmlWriter('a', '').leaf('b/', '')).toThrow("'' is not a name");
    expect(() => new XmlWriter('a', '').leaf('b', '', { 'x y': '' })).toThrow("'x y' is not a name");
    expect(() => new XmlWriter('a', '').open('b/c').toBytes()).toThrow('Not closed: b/c');
    expect(() => new XmlWriter('a', '').close().close()).toThrow('no element to close');
    expect(() => new XmlWriter('a', '').close().open('b')).toThrow('root element is closed');
    expect(() => new XmlWriter('a', '').close().raw(Buffer.from('x'))).toThrow('Outside the root');
  });
});
