// What the schema has against the content, in words a person can act on.

import type { z } from 'zod';
import type { Finding, KeyPath } from './config-problem.ts';
import { nearestName } from './nearest-name.ts';
import { keysOf, schemaAt } from './schema-walk.ts';

/** One finding per issue and per unknown key; the issues must have been made with `reportInput`. */
export function schemaFindings(schema: z.ZodType, issues: readonly z.core.$ZodIssue[]): Finding[] {
  return issues.flatMap((issue): Finding[] => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    switch (issue.code) {
      case 'custom':
        return [{ path, message: issue.message, remedy: String(issue.params?.remedy) }];
      case 'unrecognized_keys':
        return issue.keys.map((key) => unknownKey(schema, path, key));
      case 'invalid_type':
        return [wrongShape(path, issue)];
      case 'too_small':
        return [{ path, message: 'is empty', remedy: 'Add at least one.' }];
      default:
        return [{ path, message: issue.message, remedy: 'See docs/configuration.md.' }];
    }
  });
}

function unknownKey(schema: z.ZodType, path: KeyPath, key: string): Finding {
  const known = Object.keys(keysOf(schemaAt(schema, path)) ?? {});
  const near = nearestName(key, known);
  return {
    path: [...path, key],
    message: 'is not a key that is known here',
    remedy: near === undefined ? `Take it out. Known are: ${known.join(', ')}.` : `Did you mean "${near}"?`,
  };
}

function wrongShape(path: KeyPath, issue: z.core.$ZodIssueInvalidType): Finding {
  if (issue.expected === 'array') {
    return issue.input === undefined
      ? {
          path,
          message: 'is missing',
          remedy: 'Add it, each entry on a line of its own that starts with "- ".',
        }
      : { path, message: 'must be a list', remedy: 'Start each entry on a line of its own with "- ".' };
  }
  const message = path.length === 0 ? 'The file must be a group of keys.' : 'must be a group of keys';
  return {
    path,
    message,
    remedy: 'Write its keys below it, each on a line of its own, indented.',
  };
}
