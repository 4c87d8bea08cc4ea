// All that an ERP may write, behind one port: what begins like XML is ISO 20022, anything else is Elixir-O where that is configured.

import type { PaymentForms } from '../domain/erp-formats.ts';
import { convertElixirO, TRANSLATION_EDITS } from './elixir-o/convert-elixir-o.ts';
import { ELIXIR_O, readElixirO, readElixirOIds } from './elixir-o/read-elixir-o.ts';
import type { ByteSource, ErpFormat } from './format.ts';
import { createIso20022Format, type Iso20022Options } from './iso20022/iso20022-format.ts';

/** Throws a RangeError for a time zone that does not exist. */
export function createErpFormat(options: Iso20022Options = {}): ErpFormat {
  const iso20022 = createIso20022Format(options);
  return {
    ...iso20022,
    async read(source, sink, { elixirO }: PaymentForms = {}) {
      if (elixirO === undefined) return iso20022.read(source, sink);
      const { isXml, whole } = await begun(source());
      return isXml ? iso20022.read(whole, sink) : readElixirO(whole, sink, elixirO);
    },
    async readIds(source, { elixirO }: PaymentForms = {}) {
      const { isXml, whole } = await begun(source());
      return isXml ? iso20022.readIds(whole) : readElixirOIds(whole, elixirO);
    },
    async convert(source, { elixirO }: PaymentForms = {}) {
      if (elixirO === undefined || (await isXmlFile(source))) return iso20022.convert(source);
      return convertElixirO(source, elixirO);
    },
    conversionEdits: (messageName) => (messageName === ELIXIR_O ? TRANSLATION_EDITS : []),
  };
}

async function isXmlFile(source: ByteSource): Promise<boolean> {
  const pieces = source()[Symbol.asyncIterator]();
  try {
    return beginsLikeXml(await head(pieces));
  } finally {
    await pieces.return?.();
  }
}

/** A mark and what stands behind it; and blank lines before what decides are looked at so far. */
const HEAD_BYTES = 4;
const HEAD_BYTES_MAX = 4_096;

/** The pieces until one of them decides, as copies, because a piece is only lent. */
async function head(pieces: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  while (bytes.length < HEAD_BYTES || (bytes.length < HEAD_BYTES_MAX && withoutBlanks(bytes) === '')) {
    const next = await pieces.next();
    if (next.done === true) break;
    bytes = Buffer.concat([bytes, next.value]);
  }
  return bytes;
}

/** UTF-16 is of XML alone, with a mark or without. */
function beginsLikeXml(bytes: Buffer): boolean {
  return /^(?:<|\0<|\xff\xfe|\xfe\xff|$)/.test(withoutBlanks(bytes));
}

function withoutBlanks(bytes: Buffer): string {
  return bytes.toString('latin1', 0, HEAD_BYTES_MAX).replace(/^(?:\xef\xbb\xbf)?[\t\n\r ]*/, '');
}

/** The source, read once, with what was already read of it in front. */
async function begun(
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly isXml: boolean; readonly whole: ByteSource }> {
  const pieces = source[Symbol.asyncIterator]();
  const first = await head(pieces);
  async function* whole(): AsyncGenerator<Uint8Array> {
    if (first.length > 0) yield first;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
  }
  return { isXml: beginsLikeXml(first), whole };
}
