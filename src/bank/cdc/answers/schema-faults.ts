// What a schema has against a bank's document, in sentences.

import type { DocumentChecker } from '../../../iso20022/document-checker.ts';

/** How many faults of one document are worth telling. */
export const FAULTS_MAX = 20;

/** Each kept fault with its place and line; the last sentence counts those that were not kept. */
export function describeFaults(checker: DocumentChecker, lineShift = 0): readonly string[] {
  const told = checker.faults.map(
    (fault) => `${fault.path} (line ${fault.line + lineShift}): ${fault.message}`,
  );
  const more = checker.faultCount - checker.faults.length;
  return more === 0 ? told : [...told, `${more} more faults are not listed.`];
}
