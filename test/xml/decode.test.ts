/** Encodings on their way to UTF-8. */
import { describe, expect, it } from 'vitest';
import { decodeToUtf8, readEncodedXml, sniffEncoding } from '../../src/xml/decode.ts';

const UTF16BE = (text: string) => Buffer.from(text, 'utf16le').swap16();

async function decode(chunks: readonly Uint8Array[]) {
  const source = await decodeToUtf8(chunks);
  const parts: Uint8Array[] = [];
  for await (const bytes of source.bytes) parts.push(bytes);
  return { encoding: source.encoding, text: Buffer.concat(parts).toString('utf8'), fault: source.fault() };
}

const singly = (bytes: Uint8Array) => Array.from(bytes, (byte) => Uint8Array.of(byte));
const declaring = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;

describe('decodeToUtf8', () => {
  it('passes UTF-8 on untouched, with or without mark and declaration', async () => {
    for (const document of [
      '<a>ż</a>',
      '\ufeff<a/>',
      `${declaring('utf-8')}<a/>`,
      '<?xml version="1.0"?><a/>',
      '',
    ]) {
      const bytes = Buffer.from(document);
      const expected = { encoding: 'utf-8', text: document, fault: undefined };
      expect(await decode([bytes])).toEqual(expected);
      expect(await decode(singly(bytes))).toEqual(expected);
    }
  });

  it('keeps the head of a source that uses its buffer again', async () => {
    function* reusing() {
      const buffer = Buffer.alloc(1);
      for (const byte of Buffer.from('<a>zażółć</a>')) {
        buffer[0] = byte;
        yield buffer;
      }
    }
    const parts: Uint8Array[] = [];
    for await (const part of (await decodeToUtf8(reusing())).bytes) parts.push(part.slice());
    expect(Buffer.concat(parts).toString('utf8')).toBe('<a>zażółć</a>');
  });

  it('does not judge the bytes of UTF-8, which the reader does', async () => {
    const bytes = Buffer.from([0x3c, 0x61, 0xff]);
    const parts: Uint8Array[] = [];
    for await (const part of (await decodeToUtf8([bytes])).bytes) parts.push(part);
    expect(Buffer.concat(parts)).toEqual(bytes);
  });

  it.each([
    ['windows-1250', [0xb9, 0xea, 0x9c, 0x9f, 0xbf, 0x80], 'ąęśźż€'],
    ['ISO-8859-2', [0xb1, 0xea, 0xb6, 0xbc, 0xbf], 'ąęśźż'],
    ['iso-8859-1', [0xe4, 0xa9, 0x80], 'ä©\u0080'],
    ['windows-1252', [0xe4, 0x80, 0x9f], 'ä€Ÿ'],
  ])('turns %s into UTF-8 and its declaration with it', async (encoding, bytes, text) => {
    const document = Buffer.concat([
      Buffer.from(`${declaring(encoding)}<a>`),
      Buffer.from(bytes),
      Buffer.from('</a>'),
    ]);
    const expected = {
      encoding: encoding.toLowerCase(),
      text: `${declaring('UTF-8')}<a>${text}</a>`,
      fault: undefined,
    };
    expect(await decode([document])).toEqual(expected);
    expect(await decode(singly(document))).toEqual(expected);
  });

  it.each([
    ['utf-16le', Buffer.from(`\ufeff${declaring('UTF-16')}<a>ż😀</a>`, 'utf16le')],
    ['utf-16be', UTF16BE(`\ufeff${declaring('utf-16')}<a>ż😀</a>`)],
    ['utf-16le', Buffer.from(`${declaring('UTF-16LE')}<a>ż😀</a>`, 'utf16le')],
    ['utf-16be', UTF16BE(`${declaring('UTF-16')}<a>ż😀</a>`)],
  ])('turns %s into UTF-8 without a mark', async (encoding, bytes) => {
    const expected = { encoding, text: `${declaring('UTF-8')}<a>ż😀</a>`, fault: undefined };
    expect(await decode([bytes])).toEqual(expected);
    expect(await decode(singly(bytes))).toEqual(expected);
  });

  it('takes utf8 for UTF-8, which the reader would not', async () => {
    expect(await decode([Buffer.from(`${declaring('utf8')}<a/>`)])).toMatchObject({
      text: `${declaring('UTF-8')}<a/>`,
    });
  });

  it('decodes characters divided between the head and the rest of a long document', async () => {
    const document = `${declaring('UTF-16')}<a>${'ż😀'.repeat(5000)}</a>`;
    const bytes = Buffer.from(document, 'utf16le');
    const chunks = Array.from({ length: Math.ceil(bytes.length / 333) }, (_, k) =>
      bytes.subarray(k * 333, k * 333 + 333),
    );
    expect((await decode(chunks)).text).toBe(document.replace('UTF-16', 'UTF-8'));
  });

  it.each([
    ['an unknown name', Buffer.from(`${declaring('IBM-1047')}<a/>`)],
    ['a mark that says otherwise', Buffer.from(`\ufeff${declaring('iso-8859-2')}<a/>`)],
    ['UTF-16 declared in single bytes', Buffer.from(`${declaring('UTF-16')}<a/>`)],
    ['UTF-8 declared in UTF-16', Buffer.from(`\ufeff${declaring('UTF-8')}<a/>`, 'utf16le')],
    ['UTF-32', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c])],
  ])('refuses %s', async (_, bytes) => {
    expect(await decode([bytes])).toMatchObject({
      encoding: undefined,
      text: '',
      fault: { rule: 'xml.encoding' },
    });
    expect(sniffEncoding(bytes)).toMatchObject({ rule: 'xml.encoding' });
  });

  it('says where bytes are not of the encoding, at once and at the end', async () => {
    const half = Buffer.concat([
      Buffer.from(`\ufeff${'<a>'.repeat(400)}`, 'utf16le'),
      Buffer.from([0x00, 0xd8]),
    ]);
    expect((await decode([half])).fault).toMatchObject({ rule: 'xml.encoding', offset: half.length });
    const lone = Buffer.concat([half, Buffer.from('a', 'utf16le')]);
    expect((await decode([lone])).fault).toMatchObject({ rule: 'xml.encoding' });
  });
});

describe('readEncodedXml', () => {
  it('reads a document of any of the encodings', async () => {
    const names: string[] = [];
    const bytes = Buffer.from(`\ufeff${declaring('UTF-16')}<ż/>`, 'utf16le');
    expect(await readEncodedXml([bytes], { start: ({ name }) => names.push(name.local) })).toBeUndefined();
    expect(names).toEqual(['ż']);
  });

  it('names the decoding rather than the unfinished document it leaves', async () => {
    const bytes = Buffer.from(`${declaring('EBCDIC-PL')}<a/>`);
    expect(await readEncodedXml([bytes], {})).toMatchObject({ rule: 'xml.encoding' });
    expect(await readEncodedXml([Buffer.from('<a>')], {})).toMatchObject({ rule: 'xml.unclosed' });
  });
});
