// What an ERP may read, for tests.

import type { ErpFormats } from '../../src/domain/erp-formats.ts';

/** As where the configuration says nothing. */
export const CAMT_ALONE: ErpFormats = {
  statements: ['camt'],
  history: ['camt'],
  mt940: { dialect: 'tilde', encoding: 'cp852', lineEnd: 'crlf' },
  csv: { encoding: 'utf-8-bom', lineEnd: 'crlf' },
};

/** An ERP that knows no XML. */
export const MT940_ALONE: ErpFormats = { ...CAMT_ALONE, statements: ['mt940'], history: ['mt942'] };
