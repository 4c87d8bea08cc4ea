// The envelopes the sandbox answers with: a response around one document, or a fault around an error report.

import { XmlWriter } from '../xml/xml-writer.ts';
import type { WriterAttributes } from '../xml/xml-writer.ts';
import { FAULT_CODES } from './fault-codes.ts';
import type { FaultCode, UNLISTED_CODE } from './fault-codes.ts';
import { WRAPPER_NAMESPACE } from './operations.ts';
import type { OperationName } from './operations.ts';
import { SOAP_NAMESPACE } from './request-reader.ts';
import type { Refusal } from './request-reader.ts';

/** A response's document: its namespace, and what stands below `Document`. */
export interface AnswerDocument {
  readonly kind: 'answer';
  readonly namespace: string;
  readonly write: (writer: XmlWriter) => void;
}

/** The response of an operation. */
export function responseEnvelope(operation: OperationName, document: AnswerDocument): Buffer {
  const writer = envelope();
  writer
    .open(`cdc:${operation}Response`, { 'xmlns:cdc': WRAPPER_NAMESPACE })
    .open('Document', { xmlns: document.namespace });
  document.write(writer);
  return writer.close().close().close().toBytes();
}

export interface FaultFacts {
  readonly reportId: string;
  /** Local time at the bank. */
  readonly at: string;
  readonly code: FaultCode | typeof UNLISTED_CODE;
  readonly text: string;
  readonly faults: Refusal['faults'];
}

/** A SOAP 1.1 fault with a tsmt.016.001.03 in its detail (cdc.md section 6); to be sent with HTTP 500. */
export function faultEnvelope(facts: FaultFacts): Buffer {
  const writer = envelope();
  writer
    .open('soap:Fault')
    .leaf('faultcode', facts.code === 'E999' ? 'soap:Server' : 'soap:Client')
    .leaf('faultstring', 'ErrorReport');
  writer
    .open('detail')
    .open('Document', { xmlns: 'urn:iso:std:iso:20022:tech:xsd:tsmt.016.001.03' })
    .open('ErrRpt');
  writer.open('RptId').leaf('Id', facts.reportId).leaf('CreDtTm', facts.at).close();
  const listed = facts.faults.length === 0 ? [undefined] : facts.faults;
  writer.leaf('NbOfErrs/Nb', listed.length.toString());
  listed.forEach((fault, index) => {
    const text = fault === undefined ? facts.text : `${fault.path}: ${fault.message}`;
    writer
      .open('ErrDesc')
      .leaf('SeqNb', (index + 1).toString())
      .leaf('RuleId', facts.code);
    writer.leaf('RuleDesc', cut(`${ruleText(facts.code)}. ${text}`, 350));
    if (fault !== undefined) {
      writer
        .open('Elmt')
        .leaf('ElmtPth', cut(fault.path, 350))
        .leaf('ElmtNm', cut(fault.path.split('/').at(-1) ?? '', 35));
      writer.optional('ElmtVal', fault.value === undefined ? undefined : cut(fault.value, 140)).close();
    }
    writer.close();
  });
  return writer.close().close().close().close().close().toBytes();
}

function envelope(): XmlWriter {
  const attributes: WriterAttributes = { 'xmlns:soap': SOAP_NAMESPACE };
  return new XmlWriter('soap:Envelope', '', { attributes, pretty: false }).open('soap:Body');
}

function ruleText(code: FaultFacts['code']): string {
  return code === 'E999' ? 'Technical error' : FAULT_CODES[code];
}

/** At least one character and at most so many: an empty text would not be valid. */
function cut(text: string, lengthMax: number): string {
  return text === '' ? '-' : Array.from(text).slice(0, lengthMax).join('');
}
