import type { ElementParticle, SimpleType, TypeDefinition } from '../../../src/iso20022/definition.ts';
import type { Node } from './document-tree.ts';
import { isNode, treeOf } from './document-tree.ts';

/** Reads the types out of a schema as ISO 20022 publishes it, in the form our definitions have; throws on what it does not know. */
export function publishedTypes(schema: Uint8Array): Map<string, TypeDefinition> {
  const types = new Map<string, TypeDefinition>();
  for (const node of elementsOf(treeOf(schema).root)) {
    if (node.name === 'simpleType') types.set(attribute(node, 'name'), simpleType(node));
    if (node.name === 'complexType') types.set(attribute(node, 'name'), complexType(node));
  }
  return types;
}

function elementsOf(node: Node): Node[] {
  return node.children.filter(isNode);
}

function only(node: Node): Node {
  const [first, second] = elementsOf(node);
  if (first === undefined || second !== undefined)
    throw new Error(`${node.name} does not hold exactly one element.`);
  return first;
}

function attribute(node: Node, name: string): string {
  return node.attributes.find(([key]) => key === name)?.[1] ?? '';
}

function complexType(node: Node): TypeDefinition {
  const content = only(node);
  if (content.name === 'simpleContent') return valueWithAttributes(only(content));
  const [first] = elementsOf(content);
  if (first?.name === 'any')
    return { kind: 'any', processContents: attribute(only(content), 'processContents') as 'lax' };
  // A sequence that holds only a choice says what the choice says.
  const group = first?.name === 'choice' ? only(content) : content;
  if (group.attributes.length > 0) throw new Error('A group has occurrences.');
  return { kind: group.name as 'sequence' | 'choice', elements: elementsOf(group).map(particle) };
}

function valueWithAttributes(extension: Node): TypeDefinition {
  const attributes = elementsOf(extension).map((use) => ({
    name: attribute(use, 'name'),
    type: attribute(use, 'type'),
    required: attribute(use, 'use') === 'required',
  }));
  return { kind: 'content', base: attribute(extension, 'base'), attributes };
}

function particle(element: Node): ElementParticle {
  if (element.name !== 'element') throw new Error(`There is a ${element.name} among elements.`);
  const [low, high] = [attribute(element, 'minOccurs'), attribute(element, 'maxOccurs')];
  const max = high === 'unbounded' ? Infinity : Number(high === '' ? 1 : high);
  return {
    name: attribute(element, 'name'),
    type: attribute(element, 'type'),
    min: Number(low === '' ? 1 : low),
    max,
  };
}

function simpleType(node: Node): SimpleType {
  const restriction = only(node);
  const facets = elementsOf(restriction).map((facet) => [facet.name, attribute(facet, 'value')] as const);
  const facet = (name: string): string | undefined => facets.find(([key]) => key === name)?.[1];
  const base = attribute(restriction, 'base').replace('xs:', '');
  if (base === 'decimal') {
    return {
      kind: base,
      totalDigits: Number(facet('totalDigits')),
      fractionDigits: Number(facet('fractionDigits')),
      atLeastZero: facet('minInclusive') === '0',
    };
  }
  if (base !== 'string') return { kind: base as 'date' };
  const codes = facets.filter(([name]) => name === 'enumeration').map(([, value]) => value);
  if (codes.length > 0) return { kind: 'code', codes: new Set(codes) };
  const patternText = facet('pattern');
  const lengthMin = Number(facet('minLength') ?? 0);
  const lengthMax = Number(facet('maxLength') ?? Infinity);
  return patternText === undefined
    ? { kind: 'text', lengthMin, lengthMax }
    : { kind: 'text', lengthMin, lengthMax, patternText: shortened(patternText) };
}

/** Our tables write {n,n} as {n} and {0,1} as ?. */
function shortened(pattern: string): string {
  return pattern.replaceAll(/\{(\d+),\1\}/g, '{$1}').replaceAll('{0,1}', '?');
}
