/** Reads comments, processing instructions and the XML declaration. */
import { DASH, GT, isNcName, isSpace, QUESTION } from './characters.ts';
import { INCOMPLETE, type ReaderState } from './reader-state.ts';
import { utf8String } from './utf8.ts';
import { declarationFault } from './xml-declaration.ts';

/** Reads `<!-- ... -->` from its '<'; the index after it, INCOMPLETE or FAULTED. */
export function readComment(state: ReaderState, bytes: Uint8Array, at: number, end: number): number {
  const position = state.position(at);
  let i = at + 4;
  while (!(bytes[i] === DASH && bytes[i + 1] === DASH && i + 2 < end)) {
    if (i + 2 >= end) return INCOMPLETE;
    i = state.passCharacter(bytes, i, end);
    if (i < 0) return i;
  }
  if (bytes[i + 2] !== GT) return state.fail('xml.comment', "'--' is not allowed in a comment.", i);
  const text = lineEndsAsLf(utf8String(bytes, at + 4, i));
  state.visitor.comment?.(text, state.base + at, state.base + i + 3, position);
  return i + 3;
}

/** Reads `<? ... ?>` from its '<'; the index after it, INCOMPLETE or FAULTED. The XML declaration may stand at `declarationAt` only. */
export function readInstruction(
  state: ReaderState,
  bytes: Uint8Array,
  at: number,
  end: number,
  declarationAt: number,
): number {
  const position = state.position(at);
  let i = at + 2;
  while (!(bytes[i] === QUESTION && bytes[i + 1] === GT && i + 1 < end)) {
    if (i + 1 >= end) return INCOMPLETE;
    i = state.passCharacter(bytes, i, end);
    if (i < 0) return i;
  }
  let nameEnd = at + 2;
  while (nameEnd < i && !isSpace(bytes[nameEnd])) nameEnd++;
  const target = utf8String(bytes, at + 2, nameEnd);
  const offset = state.base + at;
  if (target.toLowerCase() === 'xml') {
    const problem = declarationFault(utf8String(bytes, at, i + 2), offset === declarationAt);
    return problem === undefined ? i + 2 : state.failAt(problem.rule, problem.message, position);
  }
  if (!isNcName(target)) {
    return state.failAt(
      'xml.instruction',
      'The target of a processing instruction is not a name without a colon.',
      position,
    );
  }
  let dataFrom = nameEnd;
  while (dataFrom < i && isSpace(bytes[dataFrom])) dataFrom++;
  state.visitor.instruction?.(
    target,
    lineEndsAsLf(utf8String(bytes, dataFrom, i)),
    offset,
    state.base + i + 2,
  );
  return i + 2;
}

function lineEndsAsLf(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
