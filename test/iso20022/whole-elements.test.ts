import { describe, expect, test } from 'vitest';
import type { MessageDefinition } from '../../src/iso20022/definition.ts';
import { DocumentChecker } from '../../src/iso20022/document-checker.ts';
import { camt05300102 } from '../../src/iso20022/messages/camt.053.001.02.ts';
import { pain00100103 } from '../../src/iso20022/messages/pain.001.001.03.ts';
import { pain00100109 } from '../../src/iso20022/messages/pain.001.001.09.ts';
import type { XmlWholeVisitor } from '../../src/xml/xml-events.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';
import { generated } from './support/document-generator.ts';
import { isNode, nodesIn, written, type Node } from './support/document-tree.ts';
import { pain001 } from './support/pain-001-document.ts';
import { Random } from './support/random.ts';

/** Everything that is told of a document, by the checker and by the reader, and how many elements were taken whole. */
function told(
  document: Uint8Array,
  definition: MessageDefinition,
  { whole, pieceBytes, raw }: { whole: boolean; pieceBytes: number; raw: boolean },
): { events: string[]; taken: number } {
  const events: string[] = [];
  let taken = 0;
  const note = (kind: string, path: string, more: object): void => {
    // Paths are long to put together, so not of each.
    const where = events.length % 7 > 0 ? '' : `${checker.currentPath()} ${checker.currentIndex()}`;
    events.push(`${kind} ${path} at ${kind === 'leave' ? '' : where} ${JSON.stringify(more)}`);
  };
  const checker: DocumentChecker = new DocumentChecker(definition, {
    keyOf: (path) => (path.endsWith('Nm') ? -1 : path.length),
    enter: (path, { line, column, offset }, key) => note('enter', path, { line, column, offset, key }),
    leave: (path, { line, column, offset, endOffset }, key) =>
      note('leave', path, { line, column, offset, endOffset, key }),
    value: (path, text, attributes, { line, column, offset }, valid) =>
      note('value', path, { text, attributes, line, column, offset, valid }),
    ...(raw
      ? {
          rawValue: ({ bytes, from, to, attributes, line, column, index }, key) =>
            note('raw', Buffer.from(bytes.slice(from, to)).toString(), {
              attributes,
              line,
              column,
              index,
              key,
            }),
        }
      : {}),
  });
  const visitor: XmlWholeVisitor = {
    start: (start) => checker.start(start),
    text: (bytes, from, to, position) => checker.text(bytes, from, to, position),
    end: (end) => checker.end(end),
    wholes: !whole
      ? undefined
      : {
          get wanted() {
            return checker.wholes.wanted;
          },
          take: (bytes, at, end, cursor) => {
            const next = checker.wholes.take(bytes, at, end, cursor);
            if (next >= 0) taken++;
            return next;
          },
        },
  };
  const reader = new XmlReader(visitor);
  let fault = undefined;
  for (let at = 0; at < document.length && fault === undefined; at += pieceBytes)
    fault = reader.write(document.subarray(at, at + pieceBytes));
  fault ??= reader.end();
  events.push(JSON.stringify([fault, checker.faultCount, checker.faults]));
  return { events, taken };
}

/** Elements that follow one of their name become like it, with other texts. */
function alike(root: Node, random: Random): Node {
  for (const { node } of nodesIn(root)) {
    for (let k = node.children.length - 1; k >= 0; k--) {
      const child = node.children[k];
      if (child === undefined || !isNode(child) || random.percent(80)) continue;
      const copies = Array.from({ length: random.between(1, 3) }, () => structuredClone(child));
      for (const copy of copies) for (const { node: inside } of nodesIn(copy)) reword(inside, random);
      node.children.splice(k, 0, ...copies);
    }
  }
  return root;
}

function reword(node: Node, random: Random): void {
  if (node.children.length !== 1 || typeof node.children[0] !== 'string' || random.percent(70)) return;
  node.children[0] = random.pick([
    'X',
    'Zażółć',
    '12.50',
    '',
    '2026-02-29',
    'PLN',
    'a'.repeat(36),
    '€ 😀',
    'x&y',
  ]);
}

const FRAGMENTS = [
  ...['<!--c-->', '&amp;', '&', ' ', '\n  ', '\r\n', '\t', 'ż', '<', '>', ']]>', '<?i?>', '<![CDATA[x]]>'],
  ...[
    'm:',
    'x:',
    ' xmlns:m="urn:x"',
    ' xmlns="urn:x"',
    ' a="1"',
    '<PmtId>',
    '</Nm>',
    '/',
    '"',
    'PLN',
    'EUR',
    '7',
  ],
].map((fragment) => Buffer.from(fragment));
const NO_UTF8 = [[0xff], [0xc5], [0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xef, 0xbf, 0xbf]].map((bytes) =>
  Buffer.from(bytes),
);

function damaged(document: Buffer, random: Random): Buffer {
  let bytes = document;
  for (let k = random.below(4); k > 0; k--) {
    const at = random.below(bytes.length);
    const put = random.pick(random.percent(90) ? FRAGMENTS : NO_UTF8);
    bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + random.pick([0, 0, 0, 1, 5]))]);
  }
  return bytes;
}

/** Some laid out in lines, some with a prefix on all names from some point on. */
function documentOf(definition: MessageDefinition, random: Random): Buffer {
  const tree = alike(generated(definition, { optional: random.pick([0, 10, 20]) }, random), random);
  let text = written(tree, definition.namespace);
  if (random.percent(60)) text = text.replaceAll('><', random.pick(['>\n  <', '>\n<', '>\r\n\t<', '> <']));
  if (random.percent(20)) {
    const from = text.indexOf('<', text.indexOf('<Document') + 1 + random.below(text.length / 2));
    const to = random.percent(50) ? text.lastIndexOf('</Document>') : text.length;
    const prefixed = text.slice(from, to).replace(/<(\/?)(?=[A-Z])(?!Document)/g, '<$1m:');
    text = text.slice(0, from) + prefixed + text.slice(to);
  }
  return Buffer.from(text);
}

describe('elements that are taken whole', () => {
  test.each([pain00100103, pain00100109, camt05300102])(
    'are told of, and found at fault, as if they had been read tag by tag ($name)',
    (definition) => {
      const random = new Random(7);
      let taken = 0;
      for (let run = 0; run < 60; run++) {
        const document = damaged(documentOf(definition, random), random);
        const pieceBytes = random.pick([1 << 20, 1 << 20, 5000, 700]);
        const raw = random.percent(50);
        const whole = told(document, definition, { whole: true, pieceBytes, raw });
        const tagByTag = told(document, definition, { whole: false, pieceBytes, raw });
        expect(whole.events.join('\n')).toBe(tagByTag.events.join('\n'));
        taken += whole.taken;
      }
      expect(taken).toBeGreaterThan(20);
    },
  );

  test('need a prefix to mean what it meant around those before them', () => {
    const [block = ''] = /<PmtInf>[^]*<\/PmtInf>/.exec(pain001()) ?? [];
    const prefixed = (text: string, prefix: string): string =>
      text.replace(/<(\/?)(?=[A-Z])/g, `<$1${prefix}:`);
    const first = prefixed(block, 'm');
    // Like the one that was recognised, and not like the one before it, that was read tag by tag.
    const transfer = first.match(/<m:CdtTrfTxInf>[^]*?<\/m:CdtTrfTxInf>/g)?.at(-1) ?? '';
    const other = prefixed(block, 'n')
      .replace('<n:PmtInf>', '<n:PmtInf xmlns:m="urn:other">')
      .replace('</n:PmtInf>', `${transfer}</n:PmtInf>`);
    const namespace = pain00100103.namespace;
    const text = pain001()
      .replace('<Document ', `<Document xmlns:m="${namespace}" xmlns:n="${namespace}" `)
      .replace(block, first + first + other);
    const document = Buffer.from(text);
    const whole = told(document, pain00100103, { whole: true, pieceBytes: 1 << 20, raw: false });
    const tagByTag = told(document, pain00100103, { whole: false, pieceBytes: 1 << 20, raw: false });
    expect(whole.taken).toBeGreaterThan(0);
    expect(whole.events).toEqual(tagByTag.events);
    expect(whole.events.at(-1)).toContain('schema.namespace');
  });

  test('are not all there is: most of an ordinary file of payments is taken so', () => {
    const [transfer = ''] = /<CdtTrfTxInf>[^]*?<\/CdtTrfTxInf>\s*/.exec(pain001()) ?? [];
    const document = Buffer.from(pain001().replace(transfer, transfer.repeat(100)));
    expect(told(document, pain00100103, { whole: true, pieceBytes: 1 << 20, raw: true }).taken).toBe(100);
  });
});
