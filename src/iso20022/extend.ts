// Adds the one element a bank has beyond the ISO definition, without copying the definition.

import type { ElementParticle, MessageDefinition } from './definition.ts';

/** One element that a bank adds to a type, right after one that ISO has there. */
export interface ElementExtension {
  readonly type: string;
  readonly after: string;
  readonly element: ElementParticle;
}

/**
 * Makes a definition like the given one with one more element: a bank's dialect as the one difference it is.
 * Throws an Error where one of the types or the element before it does not exist: that would be our bug.
 */
export function withElement(definition: MessageDefinition, extension: ElementExtension): MessageDefinition {
  const extended = definition.types.get(extension.type);
  if (extended === undefined || !('elements' in extended))
    throw new Error(`There is no type ${extension.type} with elements.`);
  const at = extended.elements.findIndex((element) => element.name === extension.after);
  if (at < 0) throw new Error(`${extension.type} has no element ${extension.after}.`);
  if (!definition.types.has(extension.element.type))
    throw new Error(`There is no type ${extension.element.type}.`);
  const elements = extended.elements.toSpliced(at + 1, 0, extension.element);
  return { ...definition, types: new Map(definition.types).set(extension.type, { ...extended, elements }) };
}
