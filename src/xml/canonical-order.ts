/** The order of attributes in canonical XML (Canonical XML 1.0 section 2.2): by code points, not by UTF-16 units. */
import type { XmlAttribute } from './xml-events.ts';

/** By namespace URI, then by local name; without a namespace first. */
export function compareAttributes(a: XmlAttribute, b: XmlAttribute): number {
  return (
    compareCodePoints(a.name.namespace, b.name.namespace) || compareCodePoints(a.name.local, b.name.local)
  );
}

/** Negative when a comes first, 0 when they are equal. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Halves of a pair stand for code points beyond U+FFFF, so they come after every other unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}
