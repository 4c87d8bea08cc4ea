// What a deliberate mistake is: a small change of one source file, by which the product would break its promise.

/** Text that stands exactly once in the file, and what a careless hand would have put there. */
export type Edit = readonly [right: string, wrong: string];

export interface Mistake {
  readonly name: string;
  /** Why it is wrong, in one sentence. */
  readonly wrong: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly edits: readonly Edit[];
  readonly caughtBy: Proof;
}

/**
 * The checks of the sweep of which at least one must speak up, or a test file that must fail where the sweep can not see. `first`
 * is the scenario that the sweep begins with, where only a few crashes of it show the mistake.
 */
export type Proof =
  { readonly checks: readonly string[]; readonly first?: string } | { readonly test: string };

/** The file with the mistake in it; throws when the file has changed so that the mistake can no longer be made. */
export function mistaken(mistake: Mistake, source: string): string {
  return mistake.edits.reduce((text, [right, wrong]) => {
    const found = text.split(right).length - 1;
    if (found !== 1)
      throw new Error(
        `the patch no longer applies: mistake "${mistake.name}" wants this once in ${mistake.file}, and it is there ${found} times:\n${right}`,
      );
    return text.replace(right, () => wrong);
  }, source);
}
