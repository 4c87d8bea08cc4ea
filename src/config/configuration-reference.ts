// docs/configuration.md, written from the schema: what a person reads is what the loader checks.

import type { z } from 'zod';
import { keyFacts, type KeyFacts } from './keys.ts';
import { PROCESS_VARIABLES } from './process-settings.ts';
import { isListOfGroups, keysOf } from './schema-walk.ts';
import { fileSchema } from './schema.ts';

const INTRODUCTION = `# Configuration

Goniec reads one YAML file, \`config/goniec.yaml\` unless told otherwise. It is checked whole before anything starts, and all
problems are told at once with their lines. A key that is not listed here is refused.

- Relative paths are relative to the folder of the configuration file.
- Durations are a whole number and \`ms\`, \`s\`, \`m\`, \`h\` or \`d\`: \`500ms\`, \`15m\`.
- Sizes are a whole number and \`B\`, \`KB\`, \`MB\`, \`GB\` (thousands) or \`KiB\`, \`MiB\`, \`GiB\` (1024s).
- Secrets are only referred to: \`{ env: NAME }\` is a variable of the environment, \`{ file: path }\` a file that holds nothing else.
- Schedules are cron expressions in quotes: minute, hour, day of month, month, day of week, in \`timeZone\`.

This page is made from the schema in \`src/config/schema.ts\`.
`;

/** The page, in Markdown, with one line end at its end. */
export function configurationReference(): string {
  const plain = Object.entries(fileSchema.shape).filter(([, schema]) => keysOf(schema) === undefined);
  const groups = Object.entries(fileSchema.shape).filter(([, schema]) => keysOf(schema) !== undefined);
  return [
    INTRODUCTION,
    '## Environment variables\n',
    `${PROCESS_VARIABLES.map(({ name, ...facts }) => bullet(name, { ...facts, presence: 'optional' })).join('\n')}\n`,
    '## Keys of the file\n',
    `${plain.map(([key, schema]) => bullet(key, factsOf(schema))).join('\n')}\n`,
    ...groups.flatMap(([key, schema]) => section(key, schema)),
  ].join('\n');
}

/** A heading with the group's keys, then the groups inside it, each with a heading of its own. */
function section(path: string, schema: z.core.$ZodType): string[] {
  const name = isListOfGroups(schema) ? `${path}[]` : path;
  const keys = Object.entries(keysOf(schema) ?? {});
  const plain = keys.filter(([, inner]) => keysOf(inner) === undefined);
  const groups = keys.filter(([, inner]) => keysOf(inner) !== undefined);
  const { about, presence } = factsOf(schema);
  return [
    `## \`${name}\`\n`,
    `${about}${presence === 'required' ? ' Required.' : ''}\n`,
    ...(plain.length === 0
      ? []
      : [`${plain.map(([key, inner]) => bullet(key, factsOf(inner))).join('\n')}\n`]),
    ...groups.flatMap(([key, inner]) => section(`${name}.${key}`, inner)),
  ];
}

function bullet(key: string, { about, kind, presence, otherwise }: KeyFacts): string {
  const absence =
    presence === 'required' ? 'required' : otherwise === undefined ? 'optional' : `default \`${otherwise}\``;
  return `- \`${key}\`: ${kind ?? ''}; ${absence}. ${about}`;
}

function factsOf(schema: z.core.$ZodType): KeyFacts {
  const facts = keyFacts.get(schema);
  if (facts === undefined)
    throw new Error('A key of the configuration schema is declared without its facts.');
  return facts;
}
