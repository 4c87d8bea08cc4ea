// Ways through the schema: from a group to its keys, from a path to what is declared there.

import { z } from 'zod';
import type { KeyPath } from './config-problem.ts';

/** The keys of a group, or of the groups of a list; undefined for anything else. */
export function keysOf(schema: z.core.$ZodType | undefined): z.core.$ZodShape | undefined {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray) return keysOf(inner.element);
  return inner instanceof z.ZodObject ? inner.shape : undefined;
}

/** What is declared at the path; undefined where nothing is. */
export function schemaAt(schema: z.core.$ZodType, path: KeyPath): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>(
    (found, step) => (typeof step === 'number' ? found : keysOf(found)?.[step]),
    schema,
  );
}

/** True for a list of groups. */
export function isListOfGroups(schema: z.core.$ZodType): boolean {
  return unwrapped(schema) instanceof z.ZodArray && keysOf(schema) !== undefined;
}

/** Without what says that it may be left out. */
function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault)
    return unwrapped(schema.def.innerType);
  if (schema instanceof z.ZodPipe && schema.def.in instanceof z.ZodTransform)
    return unwrapped(schema.def.out);
  return schema;
}
