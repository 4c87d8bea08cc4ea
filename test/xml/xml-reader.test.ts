/** What the reader tells of well-formed documents. */
import { describe, expect, it } from 'vitest';
import { readXml } from '../../src/xml/read-xml.ts';
import { type XmlName, XmlReader } from '../../src/xml/xml-reader.ts';
import { recordEvents } from './record-events.ts';

describe('XmlReader', () => {
  it('tells elements, text, comments and instructions in document order with their places', () => {
    const { events, fault } = recordEvents('<?xml version="1.0"?>\n<!--c--><a x="1">\n é<b/>t</a>\n<?p d ?>');
    expect(fault).toBeUndefined();
    expect(events).toEqual([
      'comment "c" 22-30',
      'start |a| |x|=1 depth 1 at 2:9 30',
      'text "\\n é"',
      'start |b| depth 2 at 3:3 43',
      'end b at 3:3 43-47',
      'text "t"',
      'end a at 3:8 48-52',
      'instruction p "d " 53-61',
    ]);
  });

  it('counts columns in characters and offsets in bytes, the byte order mark included', () => {
    const { events } = recordEvents('\ufeff<ż ą="€"><b/></ż>');
    expect(events).toEqual([
      'start |ż| |ą|=€ depth 1 at 1:1 3',
      'start |b| depth 2 at 1:10 16',
      'end b at 1:10 16-20',
      'end ż at 1:14 20-25',
    ]);
  });

  it('resolves prefixes at the element that declares them and below, and no further', () => {
    const { events } = recordEvents(
      '<a xmlns="u"><p:b xmlns:p="v" p:x="1" y="2"><c xmlns=""/></p:b><d/></a>',
    );
    expect(events.filter((event) => event.startsWith('start'))).toEqual([
      'start |a|u xmlns:=u depth 1 at 1:1 0',
      'start p|b|v p|x|v=1 |y|=2 xmlns:p=v depth 2 at 1:14 13',
      'start |c| xmlns:= depth 3 at 1:45 44',
      'start |d|u depth 2 at 1:64 63',
    ]);
    expect(recordEvents('<a><p:b xmlns:p="v"/><p:c/></a>').fault?.rule).toBe('xml.namespace.prefix');
    expect(recordEvents('<a><p:b xmlns:p="v"></p:b><p:c/></a>').fault?.rule).toBe('xml.namespace.prefix');
  });

  it('gives the same object for the same name in the same namespace', () => {
    const names: XmlName[] = [];
    const reader = new XmlReader({ start: ({ name }) => names.push(name) });
    reader.write(Buffer.from('<r><a xmlns="u"/><a/><a xmlns="u"/><p:a xmlns:p="u"/></r>'));
    expect(names[1]).toBe(names[3]);
    expect(names[1]).not.toBe(names[2]);
    expect(names[4]).toEqual({ prefix: 'p', local: 'a', namespace: 'u' });
  });

  it('counts the characters of an end tag too', () => {
    expect(recordEvents('<a><ż></ż><b/></a>').events).toContain('start |b| depth 2 at 1:11 12');
  });

  it('turns line ends in comments and instructions into LF', () => {
    expect(recordEvents('<!--1\r\n2\r3--><?p 1\r\n2\r3?><a/>').events.slice(0, 2)).toEqual([
      String.raw`comment "1\n2\n3" 0-13`,
      String.raw`instruction p "1\n2\n3" 13-25`,
    ]);
  });

  it('resolves references in text and attributes', () => {
    const { events } = recordEvents(
      '<a b="&lt;&amp;&quot;&apos;&gt;&#65;&#x1F600;">&lt;&amp;&#x17C;&#13;</a>',
    );
    expect(events[0]).toContain('|b|=<&"\'>A😀 ');
    expect(events[1]).toBe('text "<&ż\\r"');
  });

  it('turns CRLF and CR into LF in text, and white space into blanks in attribute values', () => {
    const { events } = recordEvents('<a b="1\r\n2\r3\t4\n5&#10;&#13;">x\r\ny\rz\r\r\n</a>');
    expect(events[0]).toContain('|b|=1 2 3 4 5\n\r ');
    expect(events[1]).toBe(String.raw`text "x\ny\nz\n\n"`);
    expect(events[2]).toBe('end a at 8:1 37-41');
  });

  it('joins CDATA sections to the text around them', () => {
    expect(recordEvents('<a>1<![CDATA[<&]]]]><![CDATA[>]]>2<![CDATA[]]></a>').events[1]).toBe(
      'text "1<&]]>2"',
    );
    expect(recordEvents('<a><![CDATA[]]]]></a>').events[1]).toBe('text "]]"');
  });

  it('hands on long text without copying it', () => {
    const chunk = Buffer.from(`<a>${'x'.repeat(5000)}</a>`);
    const seen: Uint8Array[] = [];
    new XmlReader({ text: (bytes) => seen.push(bytes) }).write(chunk);
    expect(seen.map((bytes) => Buffer.from(bytes))).toEqual([chunk]);
    expect(seen[0]?.buffer).toBe(chunk.buffer);
  });

  it('lets through what a visitor throws', () => {
    const reader = new XmlReader({
      start: () => {
        throw new Error('visitor');
      },
    });
    expect(() => reader.write(Buffer.from('<a/>'))).toThrow('visitor');
  });

  it('stays at its first fault and tells nothing more', () => {
    const starts: string[] = [];
    const reader = new XmlReader({ start: ({ name }) => starts.push(name.local) });
    const fault = reader.write(Buffer.from('<a><b></a>'));
    expect(fault?.rule).toBe('xml.mismatch');
    expect(reader.write(Buffer.from('<c/>'))).toBe(fault);
    expect(reader.end()).toBe(fault);
    expect(starts).toEqual(['a', 'b']);
  });

  it('reads a whole source, and stops taking from it at a fault', async () => {
    let taken = 0;
    const source = ['<a', '/>', '<', 'b'].map((piece) => Buffer.from(piece));
    function* counted() {
      for (const chunk of source) {
        taken += 1;
        yield chunk;
      }
    }
    expect(await readXml(counted(), {})).toMatchObject({ rule: 'xml.root', offset: 4 });
    expect(taken).toBe(4);
    expect(await readXml([Buffer.from('<a/>')], {})).toBeUndefined();
  });
});
