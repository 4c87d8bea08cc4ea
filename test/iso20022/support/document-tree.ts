import { XmlReader } from '../../../src/xml/xml-reader.ts';

/** A document as a tree that tests can bend: unlike anything in the product, it is held in memory as a whole. */
export interface Node {
  name: string;
  /** Where it differs from the document's. */
  namespace?: string;
  attributes: [string, string][];
  children: (Node | Raw | string)[];
}

/** Markup written as it is. */
export interface Raw {
  readonly raw: string;
}

export function isNode(item: Node | Raw | string): item is Node {
  return typeof item !== 'string' && 'name' in item;
}

/** All elements below and including this one, with their parents. */
export function* nodesIn(root: Node, parent?: Node): Generator<{ node: Node; parent: Node | undefined }> {
  yield { node: root, parent };
  for (const child of root.children) if (isNode(child)) yield* nodesIn(child, root);
}

/** Writes a tree as a document in a default namespace. */
export function written(root: Node, namespace: string): string {
  const xsi = 'http://www.w3.org/2001/XMLSchema-instance';
  const attributes: [string, string][] = [
    ['xmlns', namespace],
    ['xmlns:xsi', xsi],
    ['xmlns:m', namespace],
    ...root.attributes,
  ];
  const seen = new Map(attributes);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element({ ...root, attributes: [...seen] })}\n`;
}

function element(node: Node): string {
  const name = node.namespace === undefined ? node.name : `x:${node.name}`;
  const declared: [string, string][] = node.namespace === undefined ? [] : [['xmlns:x', node.namespace]];
  const attributes = [...declared, ...node.attributes]
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');
  return `<${name}${attributes}>${node.children.map(content).join('')}</${name}>`;
}

function content(item: Node | Raw | string): string {
  if (isNode(item)) return element(item);
  return typeof item === 'string' ? escaped(item) : item.raw;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

/** Reads a document into a tree; prefixes and comments are lost. Throws when it is not well-formed. */
export function treeOf(document: Uint8Array): { root: Node; namespace: string } {
  const open: Node[] = [];
  let root: Node | undefined;
  let namespace = '';
  const reader = new XmlReader({
    start: ({ name, attributes }) => {
      const kept = attributes.filter((attribute) => attribute.name.prefix === '');
      const node: Node = {
        name: name.local,
        attributes: kept.map(({ name: { local }, value }) => [local, value]),
        children: [],
      };
      if (root === undefined) namespace = name.namespace;
      root ??= node;
      open.at(-1)?.children.push(node);
      open.push(node);
    },
    text: (bytes, from, to) =>
      open.at(-1)?.children.push(Buffer.from(bytes.subarray(from, to)).toString('utf8')),
    end: () => open.pop(),
  });
  const fault = reader.write(document) ?? reader.end();
  if (fault !== undefined || root === undefined) throw new Error(fault?.message ?? 'The document is empty.');
  return { root, namespace };
}

/** The paths of all elements, as the definition writes them; content of wildcards left out. */
export function pathsIn(trees: readonly Node[]): Set<string> {
  const paths = new Set<string>();
  for (const tree of trees) {
    const pathOf = new Map<Node | undefined, string>([[undefined, '']]);
    for (const { node, parent } of nodesIn(tree)) {
      const above = pathOf.get(parent);
      if (above === undefined || node.namespace !== undefined) continue;
      const path = parent === undefined ? '' : above === '' ? node.name : `${above}/${node.name}`;
      pathOf.set(node, path);
      paths.add(path);
    }
  }
  return paths;
}
