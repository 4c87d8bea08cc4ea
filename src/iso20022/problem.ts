/** What is wrong at a place, before the place is known: the part of a Fault that a rule decides. */
export interface Problem {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}
