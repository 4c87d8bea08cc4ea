import type { MessageDefinition } from '../../../src/iso20022/definition.ts';
import { generated } from './document-generator.ts';
import type { Node } from './document-tree.ts';
import { isNode, nodesIn, written } from './document-tree.ts';
import { ATTRIBUTES, LENGTHS, VALUES } from './edge-values.ts';
import { Random } from './random.ts';
import { textOfLength } from './valid-value.ts';

/** So many documents, each bent in one way; made from these trees, or from generated ones. */
export function mutants(
  definition: MessageDefinition,
  count: number,
  seed: number,
  trees?: readonly Node[],
): string[] {
  const random = new Random(seed);
  const documents: string[] = [];
  while (documents.length < count) {
    const tree =
      trees === undefined
        ? generated(definition, { optional: random.pick([0, 10, 30, 60]) }, random)
        : structuredClone(random.pick(trees));
    if (mutate(tree, definition, random) !== undefined) documents.push(written(tree, definition.namespace));
  }
  return documents;
}

/** Bends a tree in one way, in place, and says how; undefined when this way does not fit the tree. */
function mutate(root: Node, definition: MessageDefinition, random: Random): string | undefined {
  const places = [...nodesIn(root)];
  const { node, parent } = random.pick(places);
  const [name, mutation] = random.pick(Object.entries(mutations));
  const done = mutation({ root, node, parent, definition, random });
  return done ? `${name} at ${node.name}` : undefined;
}

interface Target {
  readonly root: Node;
  readonly node: Node;
  readonly parent: Node | undefined;
  readonly definition: MessageDefinition;
  readonly random: Random;
}

const mutations: Readonly<Record<string, (target: Target) => boolean>> = {
  delete: ({ node, parent }) => splice(parent, node, 1, []),
  duplicate: ({ node, parent }) => splice(parent, node, 0, [structuredClone(node)]),
  swap: ({ node, parent, random }) => {
    const siblings = parent?.children.filter(isNode) ?? [];
    const other = siblings.length < 2 ? node : random.pick(siblings);
    if (parent === undefined || other === node) return false;
    const [from, to] = [parent.children.indexOf(node), parent.children.indexOf(other)];
    parent.children[from] = other;
    parent.children[to] = node;
    return true;
  },
  move: ({ node, parent, random }) => {
    if (!splice(parent, node, 1, [])) return false;
    parent?.children.splice(random.between(0, parent.children.length), 0, node);
    return true;
  },
  rename: ({ node, definition, random }) => {
    node.name = random.pick([...namesIn(definition), 'Unknown', `${node.name}s`, node.name.toLowerCase()]);
    return true;
  },
  insert: ({ node, definition, random }) => {
    const child: Node = { name: random.pick(namesIn(definition)), attributes: [], children: ['1'] };
    node.children.splice(random.between(0, node.children.length), 0, child);
    return true;
  },
  'insert a defined element': ({ root, node, random }) => {
    const copy = structuredClone(random.pick([...nodesIn(root)]).node);
    node.children.splice(random.between(0, node.children.length), 0, copy);
    return true;
  },
  empty: ({ node }) => {
    node.children = [];
    return true;
  },
  'change text': ({ node, random }) => {
    if (node.children.some(isNode)) return false;
    node.children = [random.percent(50) ? random.pick(VALUES) : textOfLength(random.pick(LENGTHS), random)];
    return true;
  },
  'nudge text': ({ node, random }) => {
    const text = node.children.find((child) => typeof child === 'string');
    if (text === undefined || node.children.length > 1) return false;
    // By characters, because half a surrogate pair is none.
    const letters = Array.from(text);
    const nudge = random.pick(['', '0', 'a', 'Z', ' ', '.', '-', 'ł', '\n']);
    letters.splice(random.between(0, letters.length), random.below(2), nudge);
    node.children = [letters.join('')];
    return true;
  },
  'text between': ({ node, random }) => {
    const text = random.pick([
      'stray',
      ' ',
      '\n\t',
      '0',
      { raw: '<!--aside-->' },
      { raw: '<?aside?>' },
      '\u00a0',
    ]);
    node.children.splice(random.between(0, node.children.length), 0, text);
    return true;
  },
  'add attribute': ({ node, random }) => {
    const [key, value] = random.pick(ATTRIBUTES);
    node.attributes = [...node.attributes.filter(([name]) => name !== key), [key, value]];
    return true;
  },
  'add attribute to the root': ({ root, random }) => {
    root.attributes = [[...random.pick(ATTRIBUTES)]];
    return true;
  },
  'type of XML Schema': ({ node, parent, definition, random }) => {
    const own = typeOf(node, parent, definition);
    const name = random.percent(60) && own !== undefined ? own : random.pick([...definition.types.keys()]);
    node.attributes.push(['xsi:type', random.pick([name, `m:${name}`, `xsi:${name}`, `nowhere:${name}`])]);
    return true;
  },
  'drop attribute': ({ node }) => node.attributes.pop() !== undefined,
  'change attribute': ({ node, random }) => {
    const attribute = node.attributes[0];
    if (attribute === undefined) return false;
    attribute[1] = random.pick(['PLN', 'pln', 'PL', 'PLNX', '', ' PLN', 'ZŁO', 'XXX']);
    return true;
  },
  'change namespace': ({ node, definition, random }) => {
    const namespace = random.pick(['urn:example', `${definition.namespace}9`, definition.namespace]);
    if (random.percent(50)) node.namespace = namespace;
    else node.attributes = [['xmlns', random.pick([namespace, ''])], ...node.attributes];
    return true;
  },
  'fill the envelope': ({ root, random }) => {
    const envelope = [...nodesIn(root)].find(({ node }) => node.name === 'Envlp')?.node;
    if (envelope === undefined) return false;
    const inside = structuredClone(root);
    if (random.percent(50)) random.pick([...nodesIn(inside)]).node.children.pop();
    const wrapped: Node = {
      name: 'Any',
      namespace: 'urn:example',
      attributes: [],
      children: [inside, 'text'],
    };
    envelope.children = [random.percent(50) ? inside : wrapped];
    return true;
  },
};

function splice(parent: Node | undefined, node: Node, count: number, added: Node[]): boolean {
  parent?.children.splice(parent.children.indexOf(node), count, ...added);
  return parent !== undefined;
}

function namesIn(definition: MessageDefinition): string[] {
  return [...definition.types.values()].flatMap((type) =>
    'elements' in type ? type.elements.map(({ name }) => name) : [],
  );
}

/** The name of a type that the element has, judging by its name and its parent's; a guess where names are ambiguous. */
function typeOf(node: Node, parent: Node | undefined, definition: MessageDefinition): string | undefined {
  if (parent === undefined) return 'Document';
  const siblings = parent.children.filter(isNode).map(({ name }) => name);
  for (const type of definition.types.values()) {
    if (!('elements' in type)) continue;
    const names = new Set(type.elements.map(({ name }) => name));
    if (siblings.every((name) => names.has(name)))
      return type.elements.find(({ name }) => name === node.name)?.type;
  }
  return undefined;
}
