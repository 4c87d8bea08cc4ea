// What an ERP may read, for tests.

import type { ErpFormats } from '../../src/domain/erp-formats.ts';

/** As where the configuration says nothing. */
export const CAMT_ALONE: ErpFormats = {
  statements: ['camt'],
  history: ['camt'],
  mt940: { dialect: 'tilde', encoding: 'cp852', lineEnd: 'crlf' },
  csv: { encoding: 'utf-8-bom', lineEnd: 'crlf' },
};

/** An ERP that writes lists, with a done-file beside each. */
export const ELIXIR_O: ErpFormats = {
  ...CAMT_ALONE,
  elixirO: { encoding: 'utf-8', complete: 'done-file', splitPayment: 'title', language: 'pl' },
};

/** An ERP that knows no XML. */
export const MT940_ALONE: ErpFormats = { ...CAMT_ALONE, statements: ['mt940'], history: ['mt942'] };
