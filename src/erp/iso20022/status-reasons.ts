// Writes reasons into a pain.002 without losing a word of them.

import type { StatusReason } from '../../domain/order-event.ts';
import type { XmlWriter } from '../../xml/xml-writer.ts';
import { cutIntoPieces, fits } from './text-pieces.ts';

const ADDITIONAL_INFORMATION_MAX = 105;
const PROPRIETARY_MAX = 35;

/** Writes one StsRsnInf for each reason; a reason that says nothing is left out. */
export function writeReasons(writer: XmlWriter, reasons: readonly StatusReason[]): void {
  for (const reason of reasons) {
    const code = codeOf(reason);
    // A code too long for its element is told as text, for a shortened code would be another one.
    const long = reason.code !== undefined && code === undefined ? [reason.code] : [];
    const pieces = [...long, ...reason.texts].flatMap((text) =>
      cutIntoPieces(text, ADDITIONAL_INFORMATION_MAX),
    );
    if (code === undefined && pieces.length === 0) continue;
    writer.open('StsRsnInf');
    if (code !== undefined) writer.leaf(`Rsn/${code.element}`, code.value);
    for (const piece of pieces) writer.leaf('AddtlInf', piece);
    writer.close();
  }
}

function codeOf({
  code,
}: StatusReason): { readonly element: 'Cd' | 'Prtry'; readonly value: string } | undefined {
  if (code === undefined) return undefined;
  if (EXTERNAL_CODE.test(code)) return { element: 'Cd', value: code };
  return fits(code, PROPRIETARY_MAX) ? { element: 'Prtry', value: code } : undefined;
}

/**
 * The form of ISO's external status reason codes: two letters and two digits, and the few that are words. The list itself
 * grows every quarter, so a bank's own code of this form passes for one of them, which the schema allows.
 */
const EXTERNAL_CODE = /^(?:[A-Z]{2}[0-9]{2}|NARR|CUST|DUPL|FOCR|LEGL|TECH|UPAY|CNOR|DNOR|ERIN)$/;
