// Checks the attributes of one element.

import type { XmlAttribute, XmlStart } from '../xml/xml-reader.ts';
import type { Place } from './place.ts';
import type { Problem } from './problem.ts';
import type { SchemaInstance } from './schema-instance.ts';
import { XSI_NAMESPACE } from './schema-instance.ts';
import { valueProblem } from './simple-value.ts';
import { missingAttribute, unknownAttribute } from './structure-problems.ts';

/** Told about each thing wrong with an attribute, under its name as far as the definition goes. */
export type AttributeReport = (problem: Problem, name: string, value?: string) => void;

/** Checks the attributes of an element and gives those that its definition has, by name. */
export function readAttributes(
  place: Place,
  start: XmlStart,
  instance: SchemaInstance,
  report: AttributeReport,
): Readonly<Record<string, string>> {
  const [only, second] = start.attributes;
  const isAlone = only !== undefined && second === undefined && place.attributes[0]?.name === only.name.local;
  const last = place.lastAttributes;
  if (isAlone && only.value === last?.value && only.name.namespace === '') return last.found;
  const found: Record<string, string> = {};
  let isValid = true;
  for (const attribute of start.attributes) {
    const { name, value } = attribute;
    const problem = attributeProblem(place, attribute, start, instance);
    isValid &&= problem === undefined;
    if (problem !== undefined)
      report(problem, name.prefix === '' ? name.local : `${name.prefix}:${name.local}`, value);
    if (definitionOf(place, attribute) !== undefined) found[name.local] = value;
  }
  for (const { name, required } of place.attributes) {
    if (!required || found[name] !== undefined) continue;
    isValid = false;
    report(missingAttribute(name, place), name);
  }
  if (isAlone && isValid && only.name.namespace === '') place.lastAttributes = { value: only.value, found };
  return found;
}

function attributeProblem(
  place: Place,
  attribute: XmlAttribute,
  start: XmlStart,
  instance: SchemaInstance,
): Problem | undefined {
  if (attribute.name.namespace === XSI_NAMESPACE) return instance.problem(attribute, start, place);
  const definition = definitionOf(place, attribute);
  if (definition === undefined) return unknownAttribute(attribute.name.local, place);
  return valueProblem(definition.type, attribute.value);
}

function definitionOf(place: Place, attribute: XmlAttribute): Place['attributes'][number] | undefined {
  if (attribute.name.namespace !== '') return undefined;
  return place.attributes.find((known) => known.name === attribute.name.local);
}
