import type { MessageDefinition } from '../../../src/iso20022/definition.ts';
import type { ElementListener, Fault } from '../../../src/iso20022/document-checker.ts';
import { DocumentChecker } from '../../../src/iso20022/document-checker.ts';
import { definitionFor } from '../../../src/iso20022/messages/registry.ts';
import { XmlReader } from '../../../src/xml/xml-reader.ts';

/** What became of a document: valid when neither the reader nor the checker found anything. */
export interface Checked {
  readonly valid: boolean;
  readonly faults: readonly Fault[];
  readonly count: number;
}

/** Reads and checks a whole document; the bytes come in pieces of the given size. */
export function checked(
  document: string | Uint8Array,
  definition: MessageDefinition,
  listener: ElementListener = {},
  options: { readonly faultsMax?: number; readonly pieceBytes?: number } = {},
): Checked {
  const checker = new DocumentChecker(definition, listener, options.faultsMax);
  const reader = new XmlReader(checker);
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  const piece = options.pieceBytes ?? bytes.length + 1;
  let broken = false;
  for (let from = 0; from < bytes.length && !broken; from += piece) {
    broken = reader.write(bytes.subarray(from, from + piece)) !== undefined;
  }
  if (!broken) broken = reader.end() !== undefined;
  return { valid: !broken && checker.faultCount === 0, faults: checker.faults, count: checker.faultCount };
}

/** The path of every place of a definition, '' for Document. */
export function* placesOf(
  definition: MessageDefinition,
  typeName = 'Document',
  path = '',
): Generator<string> {
  yield path;
  const type = definition.types.get(typeName);
  if (type === undefined || !('elements' in type)) return;
  for (const child of type.elements) {
    yield* placesOf(definition, child.type, path === '' ? child.name : `${path}/${child.name}`);
  }
}

/** The definition of a message by its name; throws where there is none. */
export function definitionOf(message: string): MessageDefinition {
  const definition = definitionFor(`urn:iso:std:iso:20022:tech:xsd:${message}`);
  if (definition === undefined) throw new Error(`There is no definition of ${message}.`);
  return definition;
}
