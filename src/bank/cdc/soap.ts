// The exact bytes around a message: prolog, envelope, header block and the wrapper named as the operation (SOAP 1.1 section 4).

import { escapeAttribute, escapeText } from '../../xml/escape.ts';
import type { CcsHeader } from './cdc-options.ts';
import type { CdcDialect, OrderOperation, QueryOperation } from './dialects/dialect.ts';

export interface Soap {
  /** Everything before and after the wrapper element. */
  readonly envelope: { readonly before: string; readonly after: string };
  /** The wrapper's tags; it declares all it uses, so that it is a document of its own as well. */
  wrapper(operation: QueryOperation | OrderOperation): { readonly open: string; readonly close: string };
  action(operation: QueryOperation | OrderOperation): string;
}

export interface SoapOptions {
  readonly header: CcsHeader | undefined;
  readonly productName: string;
  readonly productVersion: string;
}

/** How one bank wants its envelopes; without any white space, because the wrapper is signed as it stands. */
export function createSoap(dialect: CdcDialect, options: SoapOptions): Soap {
  return {
    envelope: {
      before: `${PROLOG}<soapenv:Envelope xmlns:soapenv="${SOAP_NAMESPACE}">${headerOf(dialect, options)}<soapenv:Body>`,
      after: '</soapenv:Body></soapenv:Envelope>',
    },
    wrapper: (operation) => ({
      open: `<${WRAPPER_PREFIX}:${operation} xmlns:${WRAPPER_PREFIX}="${escapeAttribute(dialect.wrapperNamespaces[operation])}">`,
      close: `</${WRAPPER_PREFIX}:${operation}>`,
    }),
    action: (operation) => dialect.soapActionPrefix + operation,
  };
}

export const SOAP_NAMESPACE = 'http://schemas.xmlsoap.org/soap/envelope/';

export const WRAPPER_PREFIX = 'cdc';

const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>';

const CCS_HEADER_NAMESPACE = 'urn:ca:std:ccs:ing:tech:xsd:mhdr.001.001.01';

function headerOf(dialect: CdcDialect, { header, productName, productVersion }: SoapOptions): string {
  if (header === undefined || !dialect.header) return '';
  const leaf = (name: string, value: string, attributes = ''): string =>
    `<h:${name}${attributes}>${escapeText(value)}</h:${name}>`;
  const product = ` manufacturer="${escapeAttribute(productName)}" ver="${escapeAttribute(productVersion)}"`;
  return (
    `<soapenv:Header><h:CcsHeader xmlns:h="${CCS_HEADER_NAMESPACE}" Version="${header.version}" Revision="${header.revision}">` +
    leaf('FinInstID', header.finInstId) +
    leaf('PartnerID', header.partnerId) +
    leaf('PassID', header.passId) +
    leaf('ProdID', header.prodId, product) +
    '</h:CcsHeader></soapenv:Header>'
  );
}
