// Writes the same tree in the many ways that XML allows, by chance that can be repeated.

import { isNode, type Node } from '../../iso20022/support/document-tree.ts';
import type { Random } from '../../iso20022/support/random.ts';

const PREFIXES = ['', 'p', 'q', 'Zz', 'ż'];
const SPACES = [' ', ' ', ' ', '\n\t', '\r\n  ', '\t'];
const MISC = ['<!-- c -->', '<!---->', '<?go?>', '<?go  on ?>', '<!--\r\nż-->'];
const ATTRIBUTES = [
  ['a', 'x'],
  ['b', ' two\n words '],
  ['é', `"'<>&\t`],
  ['p:a', 'x'],
  ['q:a', 'ż'],
  ['xml:lang', 'pl'],
  ['xml:space', 'preserve'],
] as const;

/**
 * A document: prefixes moved and declared anew deep down, attributes in any order and quotes, references, CDATA, comments,
 * instructions, line ends of all kinds. The prefixes p and q are always declared. `mark` gives more attributes of an
 * element, written out, and whether it may have others than these.
 */
export function writtenOtherwise(
  root: Node,
  namespace: string,
  random: Random,
  mark: (depth: number) => string = () => '',
): string {
  const head = random.pick(['', '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\r\n']);
  const scope = new Map([['', '']]);
  const body = element(root, scope, 1);
  return `${head}${misc(20)}${body}${misc(20)}`;

  function element(node: Node, around: ReadonlyMap<string, string>, depth: number): string {
    const scope = new Map(around);
    const declared = new Map<string, string>();
    const declare = (prefix: string, uri: string): void => {
      declared.set(prefix, uri);
      scope.set(prefix, uri);
    };
    if (depth === 1) for (const prefix of ['p', 'q']) declare(prefix, `urn:${prefix}`);
    if (random.percent(5)) declare(random.pick(['p', 'q']), random.pick(['urn:p', 'urn:q', namespace]));
    if (random.percent(3)) declare('unused', `urn:${random.below(3)}`);
    const fitting = [...scope].filter(([, uri]) => uri === namespace).map(([prefix]) => prefix);
    let prefix = random.pick(fitting.length > 0 ? fitting : PREFIXES);
    if (fitting.length === 0 || random.percent(4)) {
      prefix = random.pick(PREFIXES.filter((one) => !declared.has(one)));
      declare(prefix, namespace);
    }
    const name = prefix === '' ? node.name : `${prefix}:${node.name}`;
    const attributes = [
      ...[...declared].map(([own, uri]) => attribute(own === '' ? 'xmlns' : `xmlns:${own}`, uri, false)),
      ...node.attributes.map(([own, value]) => attribute(own, value, true)),
      ...strangers(scope),
      mark(depth),
    ].filter((one) => one !== '');
    shuffle(attributes);
    const content = node.children
      .map((child) => (isNode(child) ? element(child, scope, depth + 1) : characters(textOf(child))))
      .map((child) => child + misc(3) + (random.percent(30) ? random.pick(SPACES) : ''))
      .join('');
    const space = (share: number): string => (random.percent(share) ? random.pick(SPACES) : '');
    const open = [name, ...attributes].join(random.pick(SPACES)) + space(5);
    return content === '' && random.percent(50) ? `<${open}/>` : `<${open}>${content}</${name}${space(5)}>`;
  }

  /** Two prefixes must not make one attribute of two. */
  function strangers(scope: ReadonlyMap<string, string>): string[] {
    if (random.percent(85)) return [];
    const different = scope.get('p') !== scope.get('q');
    return ATTRIBUTES.filter(([own]) => random.percent(30) && (different || own !== 'q:a')).map(
      ([own, value]) => attribute(own, value, true),
    );
  }

  function attribute(name: string, value: string, free: boolean): string {
    const quote = random.pick(['"', "'"]);
    const written = [...value].map((letter) => {
      if (letter === quote || letter === '<' || letter === '&') return reference(letter);
      return free && random.percent(5) ? reference(letter) : letter;
    });
    return `${name}${random.pick(['=', '=', ' =\n'])}${quote}${written.join('')}${quote}`;
  }

  function characters(text: string): string {
    if (text !== '' && random.percent(10)) {
      const cut = random.below(text.length + 1);
      if (!text.includes(']]>') && /^[^]$|[^\ud800-\udbff]$/.test(text.slice(0, cut) || 'x'))
        return characters(text.slice(0, cut)) + `<![CDATA[${text.slice(cut)}]]>`;
    }
    return [...text]
      .map((letter) =>
        letter === '<' || letter === '&' || letter === '>' || random.percent(4) ? reference(letter) : letter,
      )
      .join('');
  }

  function reference(letter: string): string {
    const named = { '<': '&lt;', '&': '&amp;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }[letter];
    const code = letter.codePointAt(0) ?? 0;
    return random.pick([named ?? `&#${code};`, `&#x${code.toString(16)};`, `&#${code};`]);
  }

  function misc(share: number): string {
    return random.percent(share) ? random.pick(MISC) : '';
  }

  function shuffle(items: string[]): void {
    for (let k = items.length - 1; k > 0; k--) {
      const other = random.below(k + 1);
      [items[k], items[other]] = [items[other] ?? '', items[k] ?? ''];
    }
  }
}

function textOf(item: string | { readonly raw: string }): string {
  return typeof item === 'string' ? item : '';
}
