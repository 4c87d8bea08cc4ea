// All message definitions, found by namespace or name.

import type { MessageDefinition } from '../definition.ts';
import { camt05200102 } from './camt.052.001.02.ts';
import { camt05300102 } from './camt.053.001.02.ts';
import { camt06000103 } from './camt.060.001.03.ts';
import { camt06000105 } from './camt.060.001.05.ts';
import { pain00100103 } from './pain.001.001.03.ts';
import { pain00100109 } from './pain.001.001.09.ts';
import { pain00200103 } from './pain.002.001.03.ts';

/** Finds the definition of the message whose elements stand in this namespace; undefined where we have none. */
export function definitionFor(namespace: string): MessageDefinition | undefined {
  return byNamespace.get(namespace);
}

const definitions: readonly MessageDefinition[] = [
  pain00100103,
  pain00100109,
  pain00200103,
  camt05200102,
  camt05300102,
  camt06000103,
  camt06000105,
];

const byNamespace = new Map(definitions.map((definition) => [definition.namespace, definition]));

/** The messages that have a definition, by name, e.g. for a sentence that says what is supported. */
export const supportedMessages: readonly string[] = definitions.map((definition) => definition.name);
