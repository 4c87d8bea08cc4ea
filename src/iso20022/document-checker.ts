// The structural check of a document, driven by a message definition in one streaming pass.

import type { Fault } from '../domain/fault.ts';
import type { XmlEnd, XmlPosition, XmlStart, XmlVisitor } from '../xml/xml-reader.ts';
import { readAttributes } from './attribute-check.ts';
import type { Lack } from './content-end.ts';
import { lacksAtEnd } from './content-end.ts';
import { lacking, nextInOrder, turnOf } from './content-order.ts';
import type { MessageDefinition, SimpleType } from './definition.ts';
import type { ElementListener } from './element-listener.ts';
import { OpenElement } from './open-element.ts';
import { documentPlace, foreignPlace, pathStep, type Place } from './place.ts';
import type { Problem } from './problem.ts';
import { SchemaInstance } from './schema-instance.ts';
import { shownValue } from '../domain/shown-value.ts';
import { schemaValue, valueProblem } from './simple-value.ts';
import * as problems from './structure-problems.ts';
import { ValueBytes } from './value-bytes.ts';
import { mayComeAgain, WholeElements } from './whole-elements.ts';

export type { Fault } from '../domain/fault.ts';
export type { ElementListener } from './element-listener.ts';

/**
 * Checks one document against a message definition while a reader delivers it, and finds all structural faults. Verdicts are
 * those of XML Schema 1.0 on the schema ISO 20022 publishes for the message, but that xsi:type below a wildcard may only name a
 * type of the message. It goes on after a fault: the inside of an unknown element is passed over, an element out of order is
 * reported once and checked like any other. Memory does not grow with the document; of the faults, `faultsMax` are kept and
 * the rest is counted. What is wrong with the XML itself is the reader's to say.
 */
export class DocumentChecker implements XmlVisitor {
  readonly #definition: MessageDefinition;
  readonly #listener: ElementListener;
  readonly #faultsMax: number;
  readonly #faults: Fault[] = [];
  #faultCount = 0;
  readonly #instance: SchemaInstance;
  readonly #document: Place;
  /** The open elements, outermost first, in the first `#depth` of them; the last of those is the present one. */
  readonly #open: OpenElement[] = [];
  #depth = 0;
  #present: OpenElement | undefined;
  /** How many elements are open below the point from which on nothing is looked at; 0 when everything is. */
  #skipped = 0;
  readonly #value = new ValueBytes();
  /** To be given to the reader by whoever stands between it and the checker. */
  readonly wholes: WholeElements;

  constructor(definition: MessageDefinition, listener: ElementListener, faultsMax = 1000) {
    this.#definition = definition;
    this.#listener = listener;
    this.#faultsMax = faultsMax;
    this.#instance = new SchemaInstance(definition.namespace);
    this.#document = documentPlace(definition);
    this.wholes = new WholeElements(listener);
  }

  /** The first faults, in the order in which they were found out. */
  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** How many faults there were, kept or not. */
  get faultCount(): number {
    return this.#faultCount;
  }

  /** Where the document has come to, with `[n]` (from 1) on elements that may repeat; '' outside of it. */
  currentPath(): string {
    const steps = [...this.#open.slice(1, this.#depth), ...this.wholes.path()];
    if (this.#depth === 1 && steps.length === 0) return 'Document';
    return steps.map((element) => pathStep(element.place, element.index)).join('/');
  }

  /** Which one the present element is among those of its name in its parent, from 1. */
  currentIndex(): number {
    return this.wholes.index() ?? this.#present?.index ?? 1;
  }

  start(start: XmlStart): void {
    if (this.#skipped > 0) {
      this.#skipped++;
      return;
    }
    if (start.declarations.length > 0) this.#instance.declare(start);
    const parent = this.#present;
    const place = parent === undefined ? this.#rootPlace(start) : this.#childPlace(parent, start);
    if (place === undefined) this.#skipped = 1;
    else this.#enter(place, parent?.lastIndex ?? 1, start);
    if (parent !== undefined)
      parent.again = place !== undefined && mayComeAgain(place, start) ? place : undefined;
    this.wholes.within = this.#skipped > 0 ? undefined : this.#present;
  }

  text(bytes: Uint8Array, from: number, to: number, position: XmlPosition): void {
    const element = this.#present;
    if (this.#skipped > 0 || element === undefined) return;
    const { content } = element.place;
    if (content === 'value') this.#value.add(bytes, from, to, position);
    else if (content !== 'open' && !element.mixed && !isBlank(bytes, from, to)) {
      element.mixed = true;
      this.#report(problems.strayText(element.place), position, this.currentPath());
    }
  }

  end(end: XmlEnd): void {
    if (this.#skipped > 0) {
      this.#skipped--;
      if (this.#skipped === 0) this.wholes.within = this.#present;
      return;
    }
    const element = this.#present;
    if (element === undefined) return;
    const { place } = element;
    if (place.valueType !== undefined) this.#finishValue(element, place.valueType);
    else for (const lack of lacksAtEnd(element)) this.#reportLack(lack, end);
    this.#depth--;
    this.#present = this.#depth > 0 ? this.#open[this.#depth - 1] : undefined;
    this.wholes.within = this.#present;
    const key = place.key ?? -1;
    if (key >= 0 && this.#isHeard(place)) this.#listener.leave?.(place.path, end, key);
  }

  #rootPlace(start: XmlStart): Place | undefined {
    const { local, namespace } = start.name;
    const expected = this.#definition.namespace;
    if (local === 'Document' && namespace === expected) return this.#document;
    this.#report(
      local === 'Document' ? problems.wrongNamespace(local, namespace, expected) : problems.wrongRoot(local),
      start,
      local,
    );
    return undefined;
  }

  /** The place of a child; undefined when its inside is not looked at. */
  #childPlace(parent: OpenElement, start: XmlStart): Place | undefined {
    const slot = nextInOrder(parent, start.name);
    if (slot < 0) return this.#closerLook(parent, start);
    parent.slot = slot;
    parent.count(slot);
    return parent.place.children[slot];
  }

  #closerLook(parent: OpenElement, start: XmlStart): Place | undefined {
    const { content } = parent.place;
    const { local } = start.name;
    switch (content) {
      case 'sequence':
      case 'choice':
        return this.#definedPlace(parent, start);
      case 'value':
        if (!parent.mixed)
          this.#report(problems.elementInValue(local, parent.place), start, this.currentPath());
        parent.mixed = true;
        return undefined;
      case 'open':
        return this.#wildcardPlace(parent, start);
      case 'any':
      case 'any-unchecked':
        parent.slot++;
        if (parent.slot > 0) this.#report(problems.secondContent(parent.place), start, this.#pathOf(local));
        return parent.slot === 0 && content === 'any' ? this.#wildcardPlace(parent, start) : undefined;
    }
  }

  /** A child by its name, in order or not: what is wrong is reported, and the position moves to where the child belongs. */
  #definedPlace(parent: OpenElement, start: XmlStart): Place | undefined {
    const { local, namespace } = start.name;
    const expected = this.#definition.namespace;
    const turn = turnOf(parent, local);
    const place = turn.kind === 'unknown' ? undefined : parent.place.children[turn.slot];
    if (turn.kind === 'unknown' || place === undefined) {
      this.#report(problems.unknownElement(local, parent.place), start, this.#pathOf(local));
      return undefined;
    }
    const right = namespace === expected;
    const problem = right
      ? problems.turnProblem(turn.kind, place, parent)
      : problems.wrongNamespace(local, namespace, expected);
    if (turn.kind === 'too-early') parent.miss(lacking(parent, turn.slot), start);
    if (turn.kind !== 'too-many' && turn.kind !== 'other-choice') parent.slot = turn.slot;
    parent.count(turn.slot);
    if (problem !== undefined) this.#report(problem, start, this.#pathOf(pathStep(place, parent.lastIndex)));
    if (!right) return undefined;
    place.met(start.name);
    return place;
  }

  /** Below a wildcard a whole document of this message is known, and an element that names its type; anything else is free. */
  #wildcardPlace(parent: OpenElement, start: XmlStart): Place {
    const { local, namespace } = start.name;
    const path = `${parent.place.path}/${local}`;
    parent.lastIndex = 1;
    if (local === 'Document' && namespace === this.#definition.namespace)
      return documentPlace(this.#definition, path);
    const type = this.#instance.typeNamed(start);
    if (type === undefined || this.#definition.types.has(type))
      return foreignPlace(this.#definition, local, type ?? '', path);
    this.#report(problems.unknownType(local), start, this.#pathOf(local));
    return foreignPlace(this.#definition, local, '', path);
  }

  #enter(place: Place, index: number, start: XmlStart): void {
    const element = (this.#open[this.#depth] ??= new OpenElement(place));
    element.reset(place, index, start);
    this.#present = element;
    this.#depth++;
    if (place.content !== 'open' && (start.attributes.length > 0 || place.attributes.length > 0)) {
      element.attributes = readAttributes(place, start, this.#instance, (problem, name, value) => {
        element.valid = false;
        this.#report(problem, start, `${this.currentPath()}/@${name}`, value);
      });
    }
    const key = (place.key ??= this.#listener.keyOf?.(place.path) ?? 0);
    if (key >= 0 && this.#isHeard(place)) this.#listener.enter?.(place.path, start, key);
  }

  /** Whether start and end of an element are told. */
  #isHeard({ valueType }: Place): boolean {
    return valueType === undefined || this.#listener.rawValue === undefined;
  }

  #finishValue(element: OpenElement, type: SimpleType): void {
    const { place } = element;
    const value = this.#value;
    const isCertain = !element.mixed && place.isCertain?.(value.bytes, value.from, value.to) === true;
    if (!isCertain) this.#judge(element, type);
    if ((place.key ?? -1) >= 0) this.#tell(element);
    value.clear();
  }

  /** Looks at a value as a string, which is needed only of few. */
  #judge(element: OpenElement, type: SimpleType): void {
    const value = this.#value;
    const text = schemaValue(type, value.text());
    // With an element in it, which was reported, the text is not what the writer meant.
    const problem = element.mixed ? undefined : valueProblem(type, text);
    if (problem !== undefined) this.#report(problem, value.at(element), this.currentPath(), text);
    element.valid &&= !element.mixed && problem === undefined;
    value.become(text);
  }

  #tell(element: OpenElement): void {
    const { place, attributes } = element;
    const value = this.#value;
    if (this.#listener.rawValue !== undefined) {
      value.describe(element);
      this.#listener.rawValue(value, place.key ?? 0);
    } else this.#listener.value?.(place.path, value.text(), attributes, value.at(element), element.valid);
  }

  #reportLack({ problem, child, at }: Lack, end: XmlEnd): void {
    this.#report(problem, at ?? end, child === undefined ? this.currentPath() : this.#pathOf(child));
  }

  #report(problem: Problem, at: XmlPosition, path: string, value?: string): void {
    this.#faultCount++;
    if (this.#faults.length >= this.#faultsMax) return;
    const { rule, message, remedy } = problem;
    const fault = { rule, path, line: at.line, column: at.column, message, remedy };
    this.#faults.push(value === undefined ? fault : { ...fault, value: shownValue(value) });
  }

  /** The path with indexes of something inside the present element. */
  #pathOf(child: string): string {
    return this.#depth === 1 ? child : `${this.currentPath()}/${child}`;
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}
