// The configuration file as YAML: its content as plain data, and where in the file each key stands.

import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { ConfigProblem, Finding, KeyPath } from './config-problem.ts';
import { pathText } from './config-problem.ts';
import { beyondBounds } from './yaml-bounds.ts';

export interface YamlSource {
  /** The content, with empty keys left out as if they were not there; undefined when it can not be read. */
  readonly content: unknown;
  /** What YAML itself has against the file. */
  readonly problems: readonly ConfigProblem[];
  /** The finding with the line of its key, or of the nearest group around it. */
  readonly placed: (finding: Finding) => ConfigProblem;
}

/** Many aliases to aliases can blow a small file up; no configuration needs more. */
const ALIASES_MAX = 100;

/** Reads the text as one YAML 1.2 document. */
export function readYaml(text: string): YamlSource {
  const beyond = beyondBounds(text);
  if (beyond !== undefined)
    return {
      content: undefined,
      problems: [beyond],
      placed: (finding) => ({ ...beyond, path: pathText(finding.path) }),
    };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const placed = (finding: Finding): ConfigProblem => ({
    ...positionOf(document, lines, finding.path),
    path: pathText(finding.path),
    message: finding.message,
    remedy: finding.remedy,
  });
  const problems = syntaxProblems(document, lines);
  // A key that stands twice leaves the rest readable; after any other fault the content is guesswork.
  const readable = document.errors.every((error) => error.code === 'DUPLICATE_KEY');
  if (!readable) return { content: undefined, problems, placed };
  try {
    return { content: withoutEmptyKeys(document.toJS({ maxAliasCount: ALIASES_MAX })), problems, placed };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const alias = {
      path: [],
      message: `The file can not be read: ${message}.`,
      remedy: 'Write the values out instead of using * aliases.',
    };
    return { content: undefined, problems: [...problems, placed(alias)], placed };
  }
}

function syntaxProblems(document: Document.Parsed, lines: LineCounter): ConfigProblem[] {
  const problems = [...document.errors, ...document.warnings].map((error): ConfigProblem => {
    const { line, col } = lines.linePos(error.pos[0]);
    const { message, remedy } = inPlainWords(error.code, error.message);
    return { line, column: col, path: '', message, remedy };
  });
  // One slip often makes several complaints about its line; the first is the telling one.
  return problems.filter(
    (problem, index) => problems.findIndex((other) => other.line === problem.line) === index,
  );
}

function inPlainWords(code: string, message: string): { message: string; remedy: string } {
  switch (code) {
    case 'DUPLICATE_KEY':
      return { message: 'The same key stands twice in one group.', remedy: 'Keep one of them.' };
    case 'MULTIPLE_DOCS':
      return {
        message: 'The file holds more than one YAML document.',
        remedy: 'Take out the line "---" in its middle.',
      };
    case 'TAB_AS_INDENT':
      return { message: 'A tab is used for indentation.', remedy: 'Use spaces.' };
    case 'MISSING_CHAR':
      return {
        message: `${message}.`,
        remedy: 'Look above this line, too, for a quote or bracket that is not closed.',
      };
    default:
      return message.includes('alias')
        ? {
            message: 'A value starts with *, which YAML takes for a reference.',
            remedy: "Put it in quotes: '*/15 * * * *'.",
          }
        : {
            message: `${message}.`,
            remedy: 'Compare indentation, colons and quotes with docs/configuration.md.',
          };
  }
}

function positionOf(
  document: Document.Parsed,
  lines: LineCounter,
  path: KeyPath,
): { line: number; column: number } {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    const [place, value] = childOf(node, step);
    if (place === undefined) break;
    offset = place;
    node = value;
  }
  const { line, col } = lines.linePos(offset);
  // An empty file has no lines at all.
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** Where the child's key or item starts, and the child. */
function childOf(node: unknown, step: string | number): [place: number | undefined, value: unknown] {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return [(pair?.key as Node | undefined)?.range?.[0], pair?.value];
  }
  const item = isSeq(node) && typeof step === 'number' ? (node.items[step] as Node | undefined) : undefined;
  return [item?.range?.[0], item];
}

/** `log:` with all its keys commented out is not an error but a group that was left out. */
function withoutEmptyKeys(value: unknown, around: readonly object[] = []): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (around.includes(value)) throw new Error('an alias stands inside what it refers to');
  const inside = [...around, value];
  if (Array.isArray(value)) return value.map((item) => withoutEmptyKeys(item, inside));
  const kept = Object.entries(value).filter(([, content]) => content !== null);
  return Object.fromEntries(kept.map(([key, content]) => [key, withoutEmptyKeys(content, inside)]));
}
