/** Canonical XML, on cases written by hand from the two recommendations. */
import { describe, expect, it } from 'vitest';
import type { XmlStart } from '../../src/xml/xml-reader.ts';
import { canonicalize } from './canonicalize.ts';

const named = (local: string) => (start: XmlStart) => start.name.local === local;

describe('Canonicalizer', () => {
  it('writes text, attributes and empty elements in their one form', () => {
    const document = `<?xml version="1.0"?><a  b='"&#9;&#10;&#13;&lt;&gt;&amp;'\t><![CDATA[<&>]]>&#13;"'<b /></a >`;
    expect(canonicalize(document, { method: 'exclusive' })).toBe(
      '<a b="&quot;&#x9;&#xA;&#xD;&lt;>&amp;">&lt;&amp;&gt;&#xD;"\'<b></b></a>',
    );
  });

  it('puts attributes in the order of namespace and local name, by code points, and declarations before them', () => {
    const document =
      '<a xmlns:z="urn:1" xmlns:b="urn:2" xmlns="urn:3" b:x="1" z:y="2" z:x="3" \u{10000}="5" \uf900="4" c="0"/>';
    expect(canonicalize(document, { method: 'inclusive' })).toBe(
      '<a xmlns="urn:3" xmlns:b="urn:2" xmlns:z="urn:1" c="0" \uf900="4" \u{10000}="5" z:x="3" z:y="2" b:x="1"></a>',
    );
  });

  it('keeps instructions around the root on lines of their own, and comments only when asked', () => {
    const document = '<!-- 1 -->  <?p  d ?><a><!-- 2 --><?q?></a>\n\n<?r?> <!-- 3 -->';
    expect(canonicalize(document, { method: 'inclusive' })).toBe('<?p d ?>\n<a><?q?></a>\n<?r?>');
    expect(canonicalize(document, { method: 'exclusive', comments: true })).toBe(
      '<!-- 1 -->\n<?p d ?>\n<a><!-- 2 --><?q?></a>\n<?r?>\n<!-- 3 -->',
    );
  });

  it('leaves out superfluous declarations, and writes xmlns="" only where it takes something back', () => {
    const document =
      '<a xmlns:p="urn:p"><b xmlns="" xmlns:p="urn:p"><c xmlns="urn:c"><d xmlns=""><e xmlns=""/></d></c></b></a>';
    expect(canonicalize(document, { method: 'inclusive' })).toBe(
      '<a xmlns:p="urn:p"><b><c xmlns="urn:c"><d xmlns=""><e></e></d></c></b></a>',
    );
    expect(canonicalize(document, { method: 'exclusive' })).toBe(
      '<a><b><c xmlns="urn:c"><d xmlns=""><e></e></d></c></b></a>',
    );
  });

  it('exclusive: declares a prefix where it is visibly used, again in each branch', () => {
    const document =
      '<a xmlns:p="urn:p" xmlns:q="urn:q"><p:b q:x="1"><p:c/></p:b><p:b/><d xml:lang="pl"/></a>';
    expect(canonicalize(document, { method: 'exclusive' })).toBe(
      '<a><p:b xmlns:p="urn:p" xmlns:q="urn:q" q:x="1"><p:c></p:c></p:b><p:b xmlns:p="urn:p"></p:b><d xml:lang="pl"></d></a>',
    );
  });

  it('exclusive: handles the listed prefixes as inclusive does', () => {
    const document =
      '<a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"><b:b xmlns:b="urn:b"><c xmlns="" xmlns:p="urn:2"/></b:b></a>';
    const options = { method: 'exclusive', inclusivePrefixes: ['p', '#default', 'none'] } as const;
    expect(canonicalize(document, { ...options, apex: named('b') })).toBe(
      '<b:b xmlns="urn:d" xmlns:b="urn:b" xmlns:p="urn:p"><c xmlns="" xmlns:p="urn:2"></c></b:b>',
    );
  });

  it('takes only the first element that is asked for, with what it inherits', () => {
    const document =
      '<?p?><a xmlns="urn:d" xmlns:p="urn:p" xml:lang="pl" xml:space="default" x="1"><b xml:lang="en"/><c xml:space="preserve"><p:d/></c><c/></a>';
    expect(canonicalize(document, { method: 'inclusive', apex: named('c') })).toBe(
      '<c xmlns="urn:d" xmlns:p="urn:p" xml:lang="pl" xml:space="preserve"><p:d></p:d></c>',
    );
    expect(canonicalize(document, { method: 'exclusive', apex: named('c') })).toBe(
      '<c xmlns="urn:d" xml:space="preserve"><p:d xmlns:p="urn:p"></p:d></c>',
    );
  });

  it('takes nothing over from elements that ended before the one that is asked for', () => {
    const document = '<a><b xmlns:p="urn:p" xmlns="urn:d" xml:lang="pl"></b><c/></a>';
    expect(canonicalize(document, { method: 'inclusive', apex: named('c') })).toBe('<c></c>');
    const options = { method: 'exclusive', inclusivePrefixes: ['p', ''] } as const;
    expect(canonicalize(document, { ...options, apex: named('c') })).toBe('<c></c>');
  });

  it('leaves out omitted elements with all that is in them', () => {
    const document = '<a>1<s><t/>2<!-- c --><s/></s>3<b xmlns="urn:b"><s xmlns=""/></b></a>';
    expect(canonicalize(document, { method: 'exclusive', comments: true, omit: named('s') })).toBe(
      '<a>13<b xmlns="urn:b"></b></a>',
    );
  });

  it('refuses a relative namespace URI, and an apex that is not there', () => {
    expect(canonicalize('<a>\n<b xmlns="../c"/></a>', { method: 'exclusive' })).toMatchObject({
      rule: 'xml.c14n.relative-namespace',
      line: 2,
    });
    expect(canonicalize('<a/>', { method: 'exclusive', apex: named('b') })).toMatchObject({
      rule: 'xml.c14n.apex',
    });
  });

  it('gives the same bytes for input in single bytes, and for a text longer than its buffer', () => {
    const text = `${'ąć '.repeat(40_000)}&amp;${'x'.repeat(70_000)}`;
    const document = `<a b="1">${'<b/>'.repeat(20_000)}${text}</a>`;
    const expected = `<a b="1">${'<b></b>'.repeat(20_000)}${text}</a>`;
    expect(canonicalize(document, { method: 'exclusive' })).toBe(expected);
    expect(canonicalize(document, { method: 'exclusive' }, 1)).toBe(expected);
  });
});
