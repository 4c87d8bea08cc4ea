// Collects the texts at a few paths of one element, again and again: an entry has forty elements, and few of them matter.

import type { ElementListener, RawValue, WholeElement } from '../../../iso20022/element-listener.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import { ShortStrings } from '../../../xml/short-strings.ts';
import type { XmlName, XmlStart } from '../../../xml/xml-reader.ts';
import { XmlPathError } from '../../../xml/xml-path.ts';
import { wantedTextsOf, type WantedStep, type WantedTexts } from './wanted-texts.ts';

type Step = { -readonly [Key in keyof WantedStep]: WantedStep[Key] } & {
  readonly children: Map<string, Step>;
};

/** Where the paths begin in a message: below an entry of a report. */
const ENTRY_PATH = /^[^/]+\/[^/]+\/Ntry(?:\/(.+))?$/;

interface Slot {
  readonly path: string;
  readonly texts: string[];
  /** In which group each text stands, from 0. */
  readonly groups: number[];
  /** An element stood where text only may stand. */
  isMixed: boolean;
}

/**
 * Takes the reader's events of the inside of one element at a time. A path is element names below it joined by `/`, its last
 * step may be `@` and an attribute. Elements of other namespaces than that of the element itself are passed over.
 */
export class ElementValues {
  readonly #root = newStep();
  readonly #slots: Slot[] = [];
  /** Those that the present element has put something into; most elements do so with few. */
  readonly #filled: Slot[] = [];
  readonly #open: Step[] = [];
  /** Days, currencies and codes are the same a million times over. */
  readonly #strings = new ShortStrings();
  #at = this.#root;
  #skipped = 0;
  #text = '';
  #namespace = '';
  #name = '';
  #line = 0;
  #groupCount = 0;
  /**
   * Hears of the document checker what is in an element that is recognised whole, between `beginWhole` and `endWhole`. What the
   * checker tells otherwise has come through `start`, `text` and `end`.
   */
  readonly wholes: ElementListener = {
    keyOf: (path) => this.#keyOf(path),
    enter: (_path, _at, key) => this.#enterWhole(key),
    rawValue: (value, key) => this.#takeWhole(value, key),
    whole: (element) => this.#lookInto(element),
  };
  readonly #keyed: Step[] = [];
  #isWhole = false;
  /** The present element, where its texts are read as they are asked for; its bytes are valid until the next begins. */
  #whole: WholeElement | undefined;
  #wanted = NO_TEXTS;
  readonly #wantedOf = new WeakMap<WholeElement['parts'], WantedTexts>();

  /** `group` is the path of the elements by which texts are told apart. */
  constructor(group: string) {
    this.#stepAt(group).isGroup = true;
  }

  /** The number by which the texts at this path are asked for. */
  slotFor(path: string): number {
    const known = this.#slots.findIndex((slot) => slot.path === path);
    if (known >= 0) return known;
    const number = this.#slots.push({ path, texts: [], groups: [], isMixed: false }) - 1;
    const [elements = '', attribute] = path.split(/\/?@/);
    const step = this.#stepAt(elements);
    if (attribute === undefined) step.slot = number;
    else step.attribute = { name: attribute, slot: number };
    return number;
  }

  /** The element begins; what was collected of the one before is forgotten. */
  begin(name: XmlName, line: number): void {
    this.#namespace = name.namespace;
    this.#name = name.local;
    this.#line = line;
    this.#groupCount = 0;
    this.#whole = undefined;
    for (const slot of this.#filled) {
      slot.isMixed = false;
      slot.texts.length = 0;
      slot.groups.length = 0;
    }
    this.#filled.length = 0;
  }

  /** The same for one that `wholes` hears. */
  beginWhole(name: XmlName, line: number): void {
    this.begin(name, line);
    this.#isWhole = true;
  }

  endWhole(): void {
    this.#isWhole = false;
  }

  start({ name, attributes }: XmlStart): void {
    if (this.#skipped > 0) {
      this.#skipped += 1;
      return;
    }
    const at = this.#at;
    if (at.slot >= 0) this.#mix(at.slot);
    const step = at.children.get(name.local);
    if (step === undefined || name.namespace !== this.#namespace) {
      this.#skipped = 1;
      return;
    }
    this.#open.push(at);
    this.#at = step;
    this.#text = '';
    if (step.isGroup) this.#groupCount += 1;
    if (step.attribute === undefined) return;
    for (const attribute of attributes)
      if (attribute.name.local === step.attribute.name && attribute.name.namespace === '')
        this.#keep(step.attribute.slot, attribute.value);
  }

  text(bytes: Uint8Array, from: number, to: number): void {
    if (this.#skipped > 0 || this.#at.slot < 0) return;
    const piece = this.#strings.get(bytes, from, to);
    this.#text = this.#text === '' ? piece : this.#text + piece;
  }

  end(): void {
    if (this.#skipped > 0) {
      this.#skipped -= 1;
      return;
    }
    const { slot } = this.#at;
    if (slot >= 0) this.#keep(slot, this.#text);
    this.#at = this.#open.pop() ?? this.#root;
  }

  get groupCount(): number {
    return this.#groupCount;
  }

  has(slot: number): boolean {
    return this.#countOf(slot) > 0;
  }

  /** All texts of a slot, in document order. */
  all(slot: number): readonly string[] {
    if (this.#whole === undefined) return this.#slotOf(slot).texts;
    return Array.from({ length: this.#countOf(slot) }, (_, index) => this.#textAt(slot, index));
  }

  /** The only text of a slot; undefined when there is none. Throws XmlPathError when there are more, or elements in it. */
  optional(slot: number): string | undefined {
    if (this.#isMixed(slot)) throw this.problem(slot, 'holds elements instead of text only');
    const count = this.#countOf(slot);
    if (count > 1) throw this.problem(slot, `stands there ${count} times instead of once`);
    return count === 0 ? undefined : this.#textAt(slot, 0);
  }

  /** The only text of a slot; throws XmlPathError when it is not there once. */
  required(slot: number): string {
    const text = this.optional(slot);
    if (text === undefined) throw this.problem(slot, 'is missing');
    return text;
  }

  /** Like `optional`, within one group. */
  optionalIn(slot: number, group: number): string | undefined {
    let found: number | undefined;
    const count = this.#countOf(slot);
    for (let index = 0; index < count; index += 1) {
      if (this.#groupAt(slot, index) !== group) continue;
      if (found !== undefined) throw this.problem(slot, 'stands there more than once');
      found = index;
    }
    if (found === undefined) return undefined;
    if (this.#isMixed(slot)) throw this.problem(slot, 'holds elements instead of text only');
    return this.#textAt(slot, found);
  }

  problem(slot: number, text: string): XmlPathError {
    const { path } = this.#slotOf(slot);
    const node: XmlNode = {
      name: this.#name,
      namespace: this.#namespace,
      attributes: new Map(),
      children: [],
      text: '',
      line: this.#line,
    };
    return new XmlPathError(node, path, text);
  }

  /** The number of a step, whose texts or number are wanted, among those that may be told. */
  #keyOf(path: string): number {
    const [entry, below] = ENTRY_PATH.exec(path) ?? [];
    let step: Step | undefined = entry === undefined ? undefined : this.#root;
    for (const name of below?.split('/') ?? []) step = step?.children.get(name);
    if (step === undefined) return -1;
    // The element itself is told of, because only then it is offered whole.
    const isWanted = step === this.#root || step.slot >= 0 || step.attribute !== undefined || step.isGroup;
    return isWanted ? this.#keyed.push(step) - 1 : -1;
  }

  #enterWhole(key: number): void {
    if (this.#isWhole && this.#keyed[key]?.isGroup === true) this.#groupCount += 1;
  }

  #takeWhole({ bytes, from, to, attributes }: RawValue, key: number): void {
    const step = this.#keyed[key];
    if (!this.#isWhole || step === undefined) return;
    if (step.attribute !== undefined) {
      const value = attributes[step.attribute.name];
      if (value !== undefined) this.#keep(step.attribute.slot, value);
    }
    if (step.slot >= 0) this.#keep(step.slot, this.#strings.get(bytes, from, to));
  }

  #lookInto(element: WholeElement): boolean {
    const { parts } = element;
    if (parts !== this.#wanted.parts) {
      this.#wanted = this.#wantedOf.get(parts) ?? wantedTextsOf(parts, this.#keyed, this.#slots.length);
      this.#wantedOf.set(parts, this.#wanted);
    }
    this.#whole = element;
    this.#groupCount = this.#wanted.groupCount;
    return true;
  }

  #countOf(slot: number): number {
    return (this.#whole === undefined ? this.#slotOf(slot).texts : (this.#wanted.bySlot[slot] ?? [])).length;
  }

  #textAt(slot: number, index: number): string {
    const whole = this.#whole;
    if (whole === undefined) return this.#slotOf(slot).texts[index] ?? '';
    const wanted = this.#wanted.bySlot[slot]?.[index];
    if (wanted === undefined) return '';
    const { part, attribute } = wanted;
    return attribute ?? this.#strings.get(whole.bytes, whole.valueFrom(part), whole.valueTo(part));
  }

  #groupAt(slot: number, index: number): number | undefined {
    if (this.#whole === undefined) return this.#slotOf(slot).groups[index];
    return this.#wanted.bySlot[slot]?.[index]?.group;
  }

  /** What is taken whole has only text where its definition has values. */
  #isMixed(slot: number): boolean {
    return this.#whole === undefined && this.#slotOf(slot).isMixed;
  }

  #mix(number: number): void {
    const slot = this.#slotOf(number);
    if (slot.texts.length === 0 && !slot.isMixed) this.#filled.push(slot);
    slot.isMixed = true;
  }

  #keep(number: number, text: string): void {
    const slot = this.#slotOf(number);
    if (slot.texts.length === 0 && !slot.isMixed) this.#filled.push(slot);
    slot.texts.push(text);
    slot.groups.push(this.#groupCount - 1);
  }

  #slotOf(number: number): Slot {
    const slot = this.#slots[number];
    if (slot === undefined) throw new Error(`There is no slot ${number}.`);
    return slot;
  }

  #stepAt(path: string): Step {
    let step = this.#root;
    for (const name of path.split('/')) {
      const next = step.children.get(name) ?? newStep();
      step.children.set(name, next);
      step = next;
    }
    return step;
  }
}

function newStep(): Step {
  return { children: new Map(), slot: -1, attribute: undefined, isGroup: false };
}

const NO_TEXTS: WantedTexts = { parts: [], groupCount: 0, bySlot: [] };
