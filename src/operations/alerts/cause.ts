// What people are told of: one cause is one thing that needs, or may soon need, a person.

export type CauseKind =
  | 'order-held'
  | 'order-stuck'
  | 'bank-paused'
  | 'bank-unreachable'
  | 'statement-overdue'
  | 'statement-flagged'
  | 'money-contradiction'
  | 'certificate-ends'
  | 'disk-filling'
  | 'folder-away'
  | 'clock-behind'
  | 'stopped';

/** What a person reads; ready to be shown, in one language. */
export interface Words {
  /** One line. */
  readonly title: string;
  /** What happened: which file, which money. */
  readonly text: readonly string[];
  /** What to do, and the commands to copy. */
  readonly todo: readonly string[];
}

export interface Cause {
  /** The same for as long as it is the same cause, whatever is restarted: the kind and what it is about. */
  readonly key: string;
  readonly kind: CauseKind;
  /** The bank whose maintenance makes it expected. */
  readonly bank?: string;
  /** ISO 8601 in UTC; absent where only the first sight of it is known. */
  readonly since?: string;
  /** The single things it is made of; each is told once. */
  readonly items: readonly string[];
  readonly words: Words;
}

/** What was found in one look. */
export interface Seen {
  readonly causes: readonly Cause[];
  /** True for a key that could not be looked at: what is known of it stays as it is. */
  readonly isUnsure: (key: string) => boolean;
}

export function keyOf(kind: CauseKind, about: string): string {
  return `${kind} ${about}`;
}
