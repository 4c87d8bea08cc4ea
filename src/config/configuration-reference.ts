// docs/configuration.md, written from the schema: what a person reads is what the loader checks.

import type { Key, KeyFacts } from './keys.ts';
import { PROCESS_VARIABLES } from './process-settings.ts';
import { fileKeys } from './schema.ts';

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
  const plain = Object.entries(fileKeys).filter(([, key]) => !('keys' in key));
  const groups = Object.entries(fileKeys).filter(([, key]) => 'keys' in key);
  return [
    INTRODUCTION,
    '## Environment variables\n',
    `${PROCESS_VARIABLES.map(({ name, ...facts }) => bullet(name, { ...facts, presence: 'optional' })).join('\n')}\n`,
    '## Keys of the file\n',
    `${plain.map(([name, key]) => bullet(name, key)).join('\n')}\n`,
    ...groups.flatMap(([name, key]) => section(name, key)),
  ].join('\n');
}

/** A heading with the group's keys, then the groups inside it, each with a heading of its own. */
function section(path: string, { about, presence, keys = {}, isList }: Key<unknown>): string[] {
  const name = isList === true ? `${path}[]` : path;
  const plain = Object.entries(keys).filter(([, inner]) => inner.keys === undefined);
  const groups = Object.entries(keys).filter(([, inner]) => inner.keys !== undefined);
  return [
    `## \`${name}\`\n`,
    `${about}${presence === 'required' ? ' Required.' : ''}\n`,
    ...(plain.length === 0 ? [] : [`${plain.map(([key, inner]) => bullet(key, inner)).join('\n')}\n`]),
    ...groups.flatMap(([key, inner]) => section(`${name}.${key}`, inner)),
  ];
}

function bullet(key: string, { about, kind, presence, otherwise }: KeyFacts): string {
  const absence =
    presence === 'required' ? 'required' : otherwise === undefined ? 'optional' : `default \`${otherwise}\``;
  return `- \`${key}\`: ${kind ?? ''}; ${absence}. ${about}`;
}
