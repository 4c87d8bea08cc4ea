// Reads a SOAP fault: the codes and texts of its error report (tsmt.016.001.03), or what SOAP itself says.

import type { XmlNode } from '../../../xml/small-document.ts';
import { each, one, opt, optTextOf, textOf } from '../../../xml/xml-path.ts';
import type { StatusReason } from '../../../domain/order-event.ts';
import type { Unreadable } from '../../channel.ts';
import { readingOf } from './unreadable.ts';

export interface ServiceFault {
  /** The message the fault says it is about. */
  readonly refersTo: string | undefined;
  /** One for each error of the report; empty when the fault carries no report. */
  readonly reasons: readonly StatusReason[];
  /** All of it in one line for a person. */
  readonly text: string;
}

/** `fault` is the document of the `Fault` element; the report is looked for anywhere in it. */
export function readServiceFault(fault: Uint8Array): ServiceFault | Unreadable {
  return readingOf(fault, serviceFaultOf);
}

/** The same of the `Fault` element itself; throws XmlPathError. */
export function serviceFaultOf(root: XmlNode): ServiceFault {
  const report = descendant(root, 'ErrRpt');
  const reasons = report === undefined ? [] : each(report, 'ErrDesc').map(reasonOf);
  const refersTo = report === undefined ? undefined : optTextOf(report, 'RjctdMsgRef/Id')?.trim();
  const told = reasons.map(({ code, texts }) => [code, ...texts].join(' ')).join('; ');
  return { refersTo, reasons, text: told === '' ? leavesOf(root).join(' ') : told };
}

function reasonOf(error: XmlNode): StatusReason {
  const elements = each(error, 'Elmt').map((element) => leavesOf(element).join(' '));
  return {
    code: textOf(error, 'RuleId').trim(),
    texts: [optTextOf(error, 'RuleDesc')?.trim() ?? '', ...elements].filter((text) => text !== ''),
  };
}

/** An error inside an otherwise good answer: `OprlErr`, `BizErr` (camt.004, rpts.005). */
export function readErrorElement(error: XmlNode): { readonly code: string; readonly text: string } {
  const cause = one(error, 'Err');
  const code = opt(cause, 'Cd') ?? one(cause, 'Prtry');
  return { code: code.text.trim(), text: optTextOf(error, 'Desc')?.trim() ?? '' };
}

/** Faults mix namespaces, so only the name counts. */
function descendant(node: XmlNode, name: string): XmlNode | undefined {
  if (node.name === name) return node;
  for (const child of node.children) {
    const found = descendant(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function leavesOf(node: XmlNode): string[] {
  if (node.children.length > 0) return node.children.flatMap(leavesOf);
  const text = node.text.trim();
  return text === '' ? [] : [text];
}
