import type { ElementParticle, MessageDefinition, SimpleType } from '../../../src/iso20022/definition.ts';
import type { Node } from './document-tree.ts';
import type { Random } from './random.ts';
import { validValue } from './valid-value.ts';

/** How rich a generated document is. */
export interface Richness {
  /** Percent of the optional elements that are there. */
  readonly optional: number;
  /** Counts the visits to each choice by path, so that over several documents it takes its alternatives in turn; else by chance. */
  readonly turns?: Map<string, number>;
}

/** Writes a valid document of a definition, by chance that can be repeated. */
export function generated(definition: MessageDefinition, richness: Richness, random: Random): Node {
  return node('Document', 'Document', '');

  function node(name: string, typeName: string, above: string): Node {
    const path = `${above}/${name}`;
    const type = definition.types.get(typeName);
    if (type === undefined) throw new Error(`There is no type ${typeName}.`);
    switch (type.kind) {
      case 'sequence':
        return { name, attributes: [], children: type.elements.flatMap((child) => repeated(child, path)) };
      case 'choice': {
        const chosen = type.elements[alternative(path) % type.elements.length];
        return { name, attributes: [], children: chosen === undefined ? [] : repeated(chosen, path) };
      }
      case 'content':
        return {
          name,
          attributes: type.attributes.map((use) => [use.name, validValue(simple(use.type), random)]),
          children: [validValue(simple(type.base), random)],
        };
      case 'any':
        return { name, attributes: [], children: [anything(random)] };
      default:
        return { name, attributes: [], children: [validValue(type, random)] };
    }
  }

  function alternative(path: string): number {
    if (richness.turns === undefined) return random.below(100);
    const turn = richness.turns.get(path) ?? 0;
    richness.turns.set(path, turn + 1);
    return turn;
  }

  function repeated(child: ElementParticle, path: string): Node[] {
    const wanted = child.min > 0 || random.percent(richness.optional);
    // Deep down, or with everything in it, one of each is enough, or documents grow without end.
    const single = path.split('/').length > 5 || richness.optional === 100;
    const most = single ? 1 : Math.min(child.max, random.pick([1, 1, 1, 2, 10]));
    const count = wanted ? Math.max(child.min, most) : 0;
    return Array.from({ length: count }, () => node(child.name, child.type, path));
  }

  function simple(name: string): SimpleType {
    const type = definition.types.get(name);
    if (type === undefined || 'elements' in type || type.kind === 'content' || type.kind === 'any') {
      throw new Error(`${name} is no simple type.`);
    }
    return type;
  }
}

/** Content for a wildcard that no definition knows. */
function anything(random: Random): Node {
  const namespace = random.pick(['urn:example:other', 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.99']);
  return {
    name: 'Extra',
    namespace,
    attributes: [['any', 'thing']],
    children: ['text', { name: 'Nm', attributes: [], children: [] }],
  };
}
