import { describe, expect, it } from 'vitest';
import { joinedBase } from '../../src/xml/joined-base.ts';
import { canonicalize } from './canonicalize.ts';

describe('the xml:base of a part of a document', () => {
  it.each([
    ['http://a.example/b/c', '../../f/g', 'http://a.example/f/g'],
    ['http://a.example', 'b', 'http://a.example/b'],
    ['http://a.example/b?q', '', 'http://a.example/b?q'],
    ['http://a.example/b', '//c.example/d', 'http://c.example/d'],
    ['http://a.example/b', 'urn:x', 'urn:x'],
    ['d/', '../../f/g', '../f/g'],
    ['../e', '../../f/g', '../../../f/g'],
    ['..', 'a', '../a'],
    ['/h/i', './j/.', '/h/j/'],
    ['d/', '../', ''],
  ])('%s with %s in it is %s', (base, reference, joined) => {
    expect(joinedBase(base, reference)).toBe(joined);
  });

  it('is joined in Canonical XML 1.1, which takes over no xml:id and nothing else either', () => {
    const document =
      '<r xml:base="a/b" xml:id="r" xml:lang="pl" xml:other="1"><s xml:base="c/"><t xml:base="../d" xml:space="default"/></s></r>';
    const form = (method: 'inclusive' | 'inclusive-1.1', local: string) =>
      canonicalize(document, { method, apex: ({ name }) => name.local === local });
    expect(form('inclusive-1.1', 't')).toBe('<t xml:base="a/d" xml:lang="pl" xml:space="default"></t>');
    expect(form('inclusive', 't')).toBe(
      '<t xml:base="../d" xml:id="r" xml:lang="pl" xml:other="1" xml:space="default"></t>',
    );
    expect(form('inclusive-1.1', 'r')).toBe(form('inclusive', 'r'));
  });

  it('is left out in Canonical XML 1.1 where nothing is left of it', () => {
    const document = '<r xml:base="d/"><s xml:base="../"/></r>';
    const apex = ({ name }: { name: { local: string } }) => name.local === 's';
    expect(canonicalize(document, { method: 'inclusive-1.1', apex })).toBe('<s></s>');
  });
});
