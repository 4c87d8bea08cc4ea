// Sentences for what is wrong with a file as a whole, before any rule about its content.

import type { Fault } from '../../domain/fault.ts';
import type { XmlFault, XmlStart } from '../../xml/xml-reader.ts';

/** A document of a kind that is not taken from an ERP. */
export function unknownDocument(root: XmlStart, supported: readonly string[]): Fault {
  const { local, namespace } = root.name;
  const where = namespace === '' ? 'in no namespace' : `in the namespace ${namespace}`;
  return {
    rule: 'document.unknown',
    path: local,
    line: root.line,
    column: root.column,
    value: namespace.slice(0, 140),
    message: `The document starts with ${local} ${where}, which is no message that Goniec takes.`,
    remedy: `Send one of ${supported.join(', ')}, with its name in the namespace of Document (urn:iso:std:iso:20022:tech:xsd:...).`,
  };
}

/** A document that is no XML, or that has no end. */
export function xmlFault(fault: XmlFault, path: string, complete: boolean): Fault {
  const { rule, line, column, message } = fault;
  return { rule, path, line, column, message, remedy: complete ? remedyFor(rule) : INCOMPLETE };
}

const INCOMPLETE = 'Write the file to its end; best under another name that is changed when it is done.';

function remedyFor(rule: string): string {
  if (rule === 'xml.encoding')
    return 'Write the file in the encoding that its first line declares, best UTF-8.';
  if (rule === 'xml.dtd') return 'Leave the document type declaration out.';
  if (rule === 'xml.entity') return 'Write &amp; for & and &lt; for <, or the character itself.';
  if (rule.startsWith('xml.limit.')) return 'Correct the file; a payment message is never like this.';
  return 'Correct the file so that it is well-formed XML; other programs show the same place.';
}
