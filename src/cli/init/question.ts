// One question of `goniec init`: what is asked, what may be answered, and by which option it is answered without a terminal.

import { keyAt } from '../../config/groups.ts';
import { Refusal } from '../../config/keys.ts';
import { fileKeys } from '../../config/schema.ts';

export interface Question {
  /** Name of the option, without dashes: `bank-ca`. */
  readonly option: string;
  readonly text: string;
  /** What Enter means; a question without it must be answered. Empty: nothing. */
  readonly otherwise?: string | undefined;
  /** A right answer, for the sentence that says that one is missing. */
  readonly example: string;
  /** The answer as it is kept, or why it is none. */
  readonly read: (written: string) => string | Refusal | Promise<string | Refusal>;
}

/** The rule of the configuration's loader for that key, such as `companies.name`. */
export function ruleOf(path: string): (written: string) => string | Refusal {
  const key = keyAt(fileKeys, path.split('.'));
  if (key === undefined) throw new Error(`The configuration has no key ${path}.`);
  return (written) => {
    const reading = key.read(written);
    if (reading.kind === 'value') return String(reading.value);
    const [finding] = reading.findings;
    return new Refusal(finding?.message ?? 'is wrong', finding?.remedy ?? 'Look at docs/configuration.md.');
  };
}

/** The same, where nothing may be answered as well. */
export function orNothing(rule: Question['read']): Question['read'] {
  return (written) => (written === '' ? '' : rule(written));
}

/** The first rule that refuses decides. */
export function bothRules(first: Question['read'], second: Question['read']): Question['read'] {
  return async (written) => {
    const read = await first(written);
    return read instanceof Refusal ? read : second(read);
  };
}
