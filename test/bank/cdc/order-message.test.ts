import { describe, expect, it } from 'vitest';
import { BNP } from '../../../src/bank/cdc/dialects/bnp.ts';
import { ING } from '../../../src/bank/cdc/dialects/ing.ts';
import { composeOrder, type OrderComposition } from '../../../src/bank/cdc/order-message.ts';
import { createSoap } from '../../../src/bank/cdc/soap.ts';
import type { OutgoingMessage } from '../../../src/bank/channel.ts';
import type { OrderSignature, Signer } from '../../../src/signature/signer.ts';

const DOCUMENT =
  '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn/></Document>';
const BEFORE =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>';
const AFTER = '</soapenv:Body></soapenv:Envelope>';
const OPEN = '<cdc:DomesticTransfer xmlns:cdc="urn:ca:std:cdc:tech:xsd:cdc.001.01">';
const CLOSE = '</cdc:DomesticTransfer>';

const message: OutgoingMessage = {
  messageId: '1GNC',
  operation: 'domestic',
  signingTime: new Date('2026-03-02T10:00:00Z'),
  document: async function* () {
    for (let at = 0; at < DOCUMENT.length; at += 10) yield Buffer.from(DOCUMENT.slice(at, at + 10));
  },
};

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += Buffer.from(piece).toString();
  return text;
}

/** Remembers what it was given. */
function recordingSigner(): Signer & { readonly digested: string[]; readonly signed: OrderSignature[] } {
  const digested: string[] = [];
  const signed: OrderSignature[] = [];
  return {
    digested,
    signed,
    certificate: { subject: 'CN=x', validTo: new Date(0), fingerprint256: '' },
    startDigest: () => {
      let text = '';
      return {
        write: (piece) => void (text += Buffer.from(piece).toString()),
        writePlain: (elements) => void (text += `[${Buffer.from(elements).toString()}]`),
        end: () => {
          digested.push(text);
          return Uint8Array.of(1, 2, 3);
        },
      };
    },
    signOrder: async (signature) => {
      signed.push(signature);
      return Buffer.from('<ds:Signature/>');
    },
  };
}

function composition(changes: Partial<OrderComposition>): OrderComposition {
  const soap = createSoap(BNP, { header: undefined, productName: 'Goniec', productVersion: '1' });
  return { dialect: BNP, soap, signer: undefined, signed: 'wrapper', ...changes };
}

describe('an order message', () => {
  it('holds the document byte for byte, and no white space around it', async () => {
    expect(await textOf(composeOrder(message, composition({})))).toBe(
      BEFORE + OPEN + DOCUMENT + CLOSE + AFTER,
    );
  });

  it('is signed over the wrapper as a document of its own, with the signature as its last child', async () => {
    const signer = recordingSigner();
    expect(await textOf(composeOrder(message, composition({ signer })))).toBe(
      `${BEFORE}${OPEN}${DOCUMENT}<ds:Signature/>${CLOSE}${AFTER}`,
    );
    expect(signer.digested).toEqual([OPEN + DOCUMENT + CLOSE]);
    expect(signer.signed).toEqual([
      {
        wrapperDigest: Uint8Array.of(1, 2, 3),
        id: 'sig-1GNC',
        signingTime: message.signingTime,
        namespaces: {
          soapenv: 'http://schemas.xmlsoap.org/soap/envelope/',
          cdc: 'urn:ca:std:cdc:tech:xsd:cdc.001.01',
        },
      },
    ]);
  });

  it('says of what is plain in its pieces that it is', async () => {
    const signer = recordingSigner();
    const pieces = ['<Document><A/>', '<B>1</B><B>2</B><C/>', '<B>3</B>', '<B>4</B>x<B>5</B></Document>'];
    const plain = [[], [[0, 16]], [[0, 8]], [[0, 8], [9, 17]]]; // prettier-ignore
    const document: OutgoingMessage['document'] = async function* (tell) {
      for (const [n, piece] of pieces.entries()) {
        for (const [from = 0, to = 0] of plain[n] ?? []) tell?.(from, to);
        yield Buffer.from(piece);
      }
    };
    const text = await textOf(composeOrder({ ...message, document }, composition({ signer })));
    expect(text).toContain(OPEN + pieces.join(''));
    expect(signer.digested).toEqual([
      `${OPEN}<Document><A/>[<B>1</B><B>2</B>]<C/>[<B>3</B>][<B>4</B>]x[<B>5</B>]</Document>${CLOSE}`,
    ]);
  });

  it('is signed over the whole envelope where the bank wants that', async () => {
    const signer = recordingSigner();
    await textOf(composeOrder(message, composition({ signer, signed: 'envelope' })));
    expect(signer.digested).toEqual([BEFORE + OPEN + DOCUMENT + CLOSE + AFTER]);
  });

  it.each([
    [BNP, 'InternalFcyTransfer'],
    [ING, 'ForeignTransfer'],
  ])('goes under the name the dialect has for the operation', async (dialect, name) => {
    const foreign: OutgoingMessage = { ...message, operation: 'internal-foreign-currency' };
    expect(await textOf(composeOrder(foreign, composition({ dialect })))).toContain(`<cdc:${name} `);
  });
});
