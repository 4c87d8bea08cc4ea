/** Finds the values of an element that is written as plainly as can be, so that Canonical XML leaves it as it stands. */

export interface PlainValue {
  readonly from: number;
  readonly to: number;
  /** The names of the elements around it, joined by '/', that of the whole first. */
  readonly path: string;
}

/**
 * The values of the element from `at` to `end`, which is well-formed; undefined where it is not plain: where a name has a
 * prefix, an element more than one attribute or a declaration, or where there is an empty-element tag, a reference, a comment,
 * an instruction, a CDATA section, a CR, or a line end in a value. Text is only seen to hold no sign that stands for another.
 */
export function plainValues(bytes: Uint8Array, at: number, end: number): PlainValue[] | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('latin1');
  const found: PlainValue[] = [];
  const open: string[] = [];
  let from = 0;
  for (const token of text.matchAll(TOKEN)) {
    const [written, name, attribute = '', ended] = token;
    if (token.index !== from || (open.length === 0 && (from > 0 || name === undefined))) return undefined;
    from += written.length;
    if (name !== undefined) {
      if (attribute.startsWith('xmlns')) return undefined;
      open.push(name);
    } else if (ended !== undefined) {
      if (open.pop() !== ended) return undefined;
    } else if (!BLANK.test(written)) {
      if (written.includes('\n')) return undefined;
      found.push({ from: at + from - written.length, to: at + from, path: open.join('/') });
    }
  }
  return from === text.length && open.length === 0 ? found : undefined;
}

/** A start tag with at most one attribute, an end tag, or text. */
const TOKEN =
  /<([A-Za-z_][\w.-]*)(?: ([A-Za-z_][\w.-]*)="[\x20!#-%'-;=?-~]*")?>|<\/([A-Za-z_][\w.-]*)>|[\t\n\x20-%'-;=?-\\^-\xff]+/g;
const BLANK = /^[\t\n ]*$/;
