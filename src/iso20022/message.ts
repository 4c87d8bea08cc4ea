// The shape of a message definition module.

import type { MessageDefinition, TypeDefinition, TypeTable } from './definition.ts';

/** What a message is made of: its name, the element below `Document` with its type, and the tables its types stand in. */
export interface MessageParts {
  readonly name: string;
  readonly root: string;
  readonly type: string;
  readonly tables: readonly TypeTable[];
}

/**
 * Puts a message definition together from tables; the namespace follows from the name.
 * Of the tables it takes the types the message uses, so that it has exactly those of the published schema. Throws an Error where
 * two tables define one type, or a type is named that no table has: both would be our bug.
 */
export function message(parts: MessageParts): MessageDefinition {
  const known = joined(parts);
  const root = { name: parts.root, type: parts.type, min: 1, max: 1 };
  const types = new Map<string, TypeDefinition>();
  const take = (name: string, type: TypeDefinition): void => {
    types.set(name, type);
    for (const used of namesIn(type)) {
      const definition = known.get(used);
      if (definition === undefined) throw new Error(`${parts.name}: type ${used} stands in no table.`);
      if (!types.has(used)) take(used, definition);
    }
  };
  take('Document', { kind: 'sequence', elements: [root] });
  return { name: parts.name, namespace: `urn:iso:std:iso:20022:tech:xsd:${parts.name}`, types };
}

function joined({ name, tables }: MessageParts): TypeTable {
  const types = new Map<string, TypeDefinition>();
  for (const [typeName, type] of tables.flatMap((table) => [...table])) {
    if (types.has(typeName)) throw new Error(`${name}: type ${typeName} stands in two tables.`);
    types.set(typeName, type);
  }
  return types;
}

/** The types a type refers to. */
function namesIn(type: TypeDefinition): string[] {
  if (type.kind === 'content') return [type.base, ...type.attributes.map((attribute) => attribute.type)];
  return 'elements' in type ? type.elements.map((element) => element.type) : [];
}
