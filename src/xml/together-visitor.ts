/** Lets several visitors hear one reading of a document, each as if it were alone. */
import type { XmlEnd, XmlName, XmlPassing, XmlPosition, XmlStart, XmlVisitor } from './xml-events.ts';

/** Tells them in their order. An element passes where it may pass with all of them. */
export class TogetherVisitor implements Required<XmlVisitor>, XmlPassing {
  readonly passing = this;
  readonly #visitors: readonly Required<XmlVisitor>[];

  constructor(visitors: readonly Required<XmlVisitor>[]) {
    this.#visitors = visitors;
  }

  start(start: XmlStart): void {
    for (const visitor of this.#visitors) visitor.start(start);
  }

  text(bytes: Uint8Array, from: number, to: number, position: XmlPosition, canonical?: boolean): void {
    for (const visitor of this.#visitors) visitor.text(bytes, from, to, position, canonical);
  }

  end(end: XmlEnd): void {
    for (const visitor of this.#visitors) visitor.end(end);
  }

  comment(text: string, from: number, to: number, position: XmlPosition): void {
    for (const visitor of this.#visitors) visitor.comment(text, from, to, position);
  }

  instruction(target: string, data: string, from: number, to: number): void {
    for (const visitor of this.#visitors) visitor.instruction(target, data, from, to);
  }

  release(): void {
    for (const visitor of this.#visitors) visitor.release();
  }

  /** Each of them only ever counts up, so the sum changes whenever one changes. */
  get version(): number {
    let sum = 0;
    for (const { passing } of this.#visitors) sum += passing.version;
    return sum;
  }

  mayPass(name: XmlName, depth: number): boolean {
    return this.#visitors.every(({ passing }) => passing.mayPass(name, depth));
  }

  pass(bytes: Uint8Array, from: number, to: number): void {
    for (const { passing } of this.#visitors) passing.pass(bytes, from, to);
  }
}
