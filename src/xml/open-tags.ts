/** The elements that are open, innermost last. */
import type { NameEntry } from './names.ts';
import type { XmlName } from './xml-events.ts';

export interface OpenTag {
  entry: NameEntry;
  name: XmlName;
  /** Of its start tag. */
  line: number;
  /** The visitor was not told of it. */
  passed: boolean;
}

/** A stack whose places are used again. */
export class OpenTags {
  depth = 0;
  readonly #tags: OpenTag[] = [];

  push(entry: NameEntry, name: XmlName, line: number, passed: boolean): void {
    const tag = this.#tags[this.depth];
    this.depth += 1;
    if (tag === undefined) {
      this.#tags.push({ entry, name, line, passed });
      return;
    }
    if (tag.entry !== entry) tag.entry = entry;
    if (tag.name !== name) tag.name = name;
    tag.line = line;
    tag.passed = passed;
  }

  pop(): void {
    this.depth -= 1;
  }

  /** Valid until the next `push`. */
  innermost(): Readonly<OpenTag> | undefined {
    return this.depth === 0 ? undefined : this.#tags[this.depth - 1];
  }
}
