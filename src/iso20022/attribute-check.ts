// Checks the attributes of one element.

import { escapeAttribute } from '../xml/escape.ts';
import type { XmlAttribute, XmlStart } from '../xml/xml-reader.ts';
import type { KnownAttribute, Place } from './place.ts';
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
  const known = isAlone && only.name.namespace === '' ? knownAttribute(place, only.value) : undefined;
  if (known !== undefined) return known.found;
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
  if (isAlone && isValid && only.name.namespace === '') remember(place, only.value, found);
  return found;
}

function knownAttribute(place: Place, value: string): KnownAttribute | undefined {
  for (const known of place.knownAttributes) if (known.value === value) return known;
  return undefined;
}

/** Currencies are few; of values that are all different the last ones are as good as any. */
function remember(place: Place, value: string, found: Readonly<Record<string, string>>): void {
  const { knownAttributes } = place;
  if (!PRINTABLE_ASCII.test(value)) return;
  if (knownAttributes.length === KNOWN_MAX) knownAttributes.shift();
  const name = place.attributes[0]?.name ?? '';
  const written = Uint8Array.from(Buffer.from(` ${name}="${escapeAttribute(value)}">`));
  knownAttributes.push({ value, found, written });
}

const KNOWN_MAX = 8;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

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
