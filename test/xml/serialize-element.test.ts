/** Elements copied from a document that is read into one that is composed. */
import { describe, expect, it } from 'vitest';
import { ElementCopy } from '../../src/xml/serialize-element.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';

/** Copies the first element called Ntry. */
function copy(document: string, namespace: string): string {
  let current: ElementCopy | undefined;
  let done: ElementCopy | undefined;
  const reader = new XmlReader({
    start(start) {
      if (done === undefined && start.name.local === 'Ntry') current ??= new ElementCopy(namespace);
      current?.start(start);
    },
    text: (bytes, from, to) => current?.text(bytes, from, to),
    end() {
      current?.end();
      if (current?.complete !== true) return;
      done = current;
      current = undefined;
    },
  });
  expect(reader.write(Buffer.from(document)) ?? reader.end()).toBeUndefined();
  return done?.toBytes().toString('utf8') ?? '';
}

describe('ElementCopy', () => {
  it('writes elements of the surrounding namespace without prefix and declaration, whatever the source has', () => {
    const expected = '<Ntry><Amt Ccy="PLN">1 &lt; 2</Amt>\n <X></X></Ntry>';
    expect(
      copy('<D xmlns="u"><Ntry><Amt Ccy="PLN">1 &lt; 2</Amt>\n <X/></Ntry><Ntry>2</Ntry></D>', 'u'),
    ).toBe(expected);
    expect(
      copy(
        '<p:D xmlns:p="u"><p:Ntry><p:Amt Ccy=\'PLN\'>1 <![CDATA[<]]> 2</p:Amt><!-- c -->\r\n <p:X/></p:Ntry></p:D>',
        'u',
      ),
    ).toBe(expected);
  });

  it('declares foreign namespaces where they are used', () => {
    const document =
      '<D xmlns="u" xmlns:f="urn:f" xmlns:g="urn:g"><Ntry g:a="&quot;" xml:lang="pl"><f:A><f:B/><C/></f:A><f:A/><E xmlns="urn:e"><F/><G xmlns="u"/></E><H xmlns=""/></Ntry></D>';
    expect(copy(document, 'u')).toBe(
      '<Ntry xmlns:g="urn:g" g:a="&quot;" xml:lang="pl"><f:A xmlns:f="urn:f"><f:B></f:B><C></C></f:A><f:A xmlns:f="urn:f"></f:A>' +
        '<E xmlns="urn:e"><F></F><G xmlns="u"></G></E><H xmlns=""></H></Ntry>',
    );
  });

  it('keeps an element of another namespace than the surrounding one in its own', () => {
    expect(copy('<p:Ntry xmlns:p="u" p:a="1"><p:B/></p:Ntry>', 'w')).toBe(
      '<p:Ntry xmlns:p="u" p:a="1"><p:B></p:B></p:Ntry>',
    );
    expect(copy('<p:Ntry xmlns:p="u" p:a="1"/>', 'u')).toBe('<Ntry xmlns:p="u" p:a="1"></Ntry>');
  });

  it('refuses to give an element that has not ended', () => {
    expect(() => new ElementCopy('u').toBytes()).toThrow('not ended');
  });
});
