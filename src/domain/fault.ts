/** One thing wrong with a document, told so that a person can find it and put it right. */
export interface Fault {
  /** Stable id of the rule that was broken, e.g. `schema.order`; operators search for it and tests name it. */
  readonly rule: string;
  /** Where: element names joined by `/`, without `Document`, `[n]` (from 1) on elements that may repeat. */
  readonly path: string;
  /** Line in the document, from 1. */
  readonly line: number;
  /** Column in that line, from 1. */
  readonly column: number;
  /** The value found, at most 140 characters, control characters made visible; absent where there is none. */
  readonly value?: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly remedy: string;
}
