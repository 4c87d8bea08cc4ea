/** Strict access to small documents: what must be there once is there once, or the reading stops with the path in the message. */
import type { XmlNode } from './small-document.ts';

/**
 * A document is not as its reader requires. Thrown so that reading a message stays one expression; whoever parses a
 * bank's answer catches it at the adapter's boundary and makes an unreadable answer of it.
 */
export class XmlPathError extends Error {
  /** Where it was looked for, such as `Document/CstmrPmtStsRpt/GrpHdr/MsgId`. */
  readonly path: string;
  /** The line of the element from which it was looked for. */
  readonly line: number;

  constructor(from: XmlNode, path: string, problem: string) {
    const whole = path === '' ? from.name : `${from.name}/${path}`;
    super(`${whole} (line ${from.line}) ${problem}.`);
    this.name = 'XmlPathError';
    this.path = whole;
    this.line = from.line;
  }
}

/** The one element at this path of local names, in the namespace of `node`; throws XmlPathError when there is none or more than one. */
export function one(node: XmlNode, path: string): XmlNode {
  const found = opt(node, path);
  if (found === undefined) throw new XmlPathError(node, path, 'is missing');
  return found;
}

/** The element at this path, or undefined; throws XmlPathError when there is more than one. */
export function opt(node: XmlNode, path: string): XmlNode | undefined {
  const [found, ...more] = each(node, path);
  if (more.length > 0)
    throw new XmlPathError(node, path, `stands there ${more.length + 1} times instead of once`);
  return found;
}

/** All elements at this path, in document order. */
export function each(node: XmlNode, path: string): readonly XmlNode[] {
  let found: readonly XmlNode[] = [node];
  for (const step of path.split('/')) {
    found = found.flatMap((at) =>
      at.children.filter((child) => child.name === step && child.namespace === node.namespace),
    );
  }
  return found;
}

/** The text of the one element at this path; throws like `one`, and when there are elements in it. Blanks around it are kept. */
export function textOf(node: XmlNode, path: string): string {
  return onlyText(one(node, path), node, path);
}

/** The text of the element at this path, or undefined; throws like `opt`, and when there are elements in it. */
export function optTextOf(node: XmlNode, path: string): string | undefined {
  const found = opt(node, path);
  return found === undefined ? undefined : onlyText(found, node, path);
}

/** The attribute of this key (see XmlNode) at `node` itself; throws XmlPathError when it is missing. */
export function attributeOf(node: XmlNode, key: string): string {
  const value = node.attributes.get(key);
  if (value === undefined) throw new XmlPathError(node, `@${key}`, 'is missing');
  return value;
}

function onlyText(found: XmlNode, from: XmlNode, path: string): string {
  if (found.children.length > 0) throw new XmlPathError(from, path, 'holds elements instead of text only');
  return found.text;
}
