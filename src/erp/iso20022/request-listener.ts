// Hears a camt.060 while it is checked and turns it into requests, or into faults where it asks for what cannot be answered.

import type { Fault } from '../../domain/fault.ts';
import { asIban } from '../../domain/iban.ts';
import type { AccountRequest } from '../../domain/order-event.ts';
import type { Place, Placed } from '../../domain/payment.ts';
import type { ElementListener } from '../../iso20022/element-listener.ts';
import type { XmlPosition, XmlStart } from '../../xml/xml-reader.ts';
import { CollectedValues } from './collected-values.ts';

const REQUEST = 'AcctRptgReq/RptgReq';
const BALANCE_TYPES = `${REQUEST}/ReqdBalTp`;
/** The balances of one moment; all others belong to a day, which only a statement closes. */
const MOMENTARY_BALANCES: readonly string[] = ['ITAV', 'ITBD'];

/**
 * camt.052 without a period or with balance types asks for the present balances, with a period for the history of those
 * days, camt.053 for the statements of those days. Times within a period are not looked at: days are answered whole.
 */
export class RequestListener implements ElementListener {
  readonly requests: AccountRequest[] = [];
  readonly faults: Fault[] = [];
  messageId: string | undefined;
  readonly #currentPath: () => string;
  readonly #values = new CollectedValues();
  #place: Place = { line: 1, column: 1, path: REQUEST };

  constructor(currentPath: () => string) {
    this.#currentPath = currentPath;
  }

  enter(path: string, start: XmlStart): void {
    const place = { line: start.line, column: start.column, path: this.#currentPath() };
    if (path === REQUEST) {
      this.#values.clear();
      this.#place = place;
    } else if (UNANSWERABLE.has(path) || path === `${REQUEST}/RptgPrd`) {
      this.#values.add(path, { value: '', place, currency: undefined });
    }
  }

  value(path: string, text: string, _attributes: Readonly<Record<string, string>>, at: XmlPosition): void {
    const place = { line: at.line, column: at.column, path: this.#currentPath() };
    if (path === 'AcctRptgReq/GrpHdr/MsgId') this.messageId ??= text;
    else if (path.startsWith(`${BALANCE_TYPES}/CdOrPrtry/`)) {
      this.#values.addRepeated(BALANCE_TYPES, { value: text, place });
    } else this.#values.add(path, { value: text, place, currency: undefined });
  }

  leave(path: string): void {
    if (path !== REQUEST) return;
    const faultsBefore = this.faults.length;
    const request = this.#request();
    if (request !== undefined && this.faults.length === faultsBefore) this.requests.push(request);
  }

  #request(): AccountRequest | undefined {
    for (const [path, [name, remedy]] of UNANSWERABLE) {
      const found = this.#values.optional(path);
      if (found !== undefined)
        this.#refuse('request.filter', found, `${name} cannot be taken into account.`, remedy);
    }
    const wanted = this.#values.required(`${REQUEST}/ReqdMsgNmId`, this.#place);
    const message = /^camt\.05[23](?=\.|$)/.exec(wanted.value)?.[0];
    if (message === undefined) {
      this.#refuse(
        'request.message',
        wanted,
        'This message cannot be asked for.',
        'Ask for camt.052 (balances or history) or camt.053 (statements).',
      );
      return undefined;
    }
    const account = this.#account();
    const balances = this.#values.all(BALANCE_TYPES);
    const hasPeriod = this.#values.get(`${REQUEST}/RptgPrd`) !== undefined;
    if (message === 'camt.052' && (balances.length > 0 || !hasPeriod)) {
      for (const balance of balances) this.#checkBalance(balance);
      return { account, kind: 'balance', from: undefined, to: undefined };
    }
    const [from, to] = this.#period(wanted);
    return { account, kind: message === 'camt.052' ? 'history' : 'statement', from, to };
  }

  #account(): string {
    const found =
      this.#values.optional(`${REQUEST}/Acct/Id/IBAN`) ?? this.#values.optional(`${REQUEST}/Acct/Id/Othr/Id`);
    if (found !== undefined) return asIban(found.value);
    const nothing = { value: '', place: this.#place };
    this.#refuse(
      'request.account',
      nothing,
      'The request names no account.',
      'Add Acct/Id/IBAN; one RptgReq for each account.',
    );
    return '';
  }

  #checkBalance(balance: Placed<string>): void {
    if (MOMENTARY_BALANCES.includes(balance.value)) return;
    this.#refuse(
      'request.balance-type',
      balance,
      'Only the balances of the moment are known.',
      'Ask for ITBD (booked) and ITAV (available), or for a statement (camt.053) to learn the balances of a day.',
    );
  }

  #period(wanted: Placed<string>): [from: string | undefined, to: string | undefined] {
    const from = this.#values.optional(`${REQUEST}/RptgPrd/FrToDt/FrDt`);
    const to = this.#values.optional(`${REQUEST}/RptgPrd/FrToDt/ToDt`);
    const kind = this.#values.optional(`${REQUEST}/RptgPrd/Tp`);
    if (from === undefined || to === undefined) {
      const missing = { value: '', place: from?.place ?? wanted.place };
      this.#refuse(
        'request.period',
        missing,
        'The period has no first or no last day.',
        'Give RptgPrd/FrToDt with FrDt and ToDt.',
      );
    } else if (from.value.slice(0, 10) > to.value.slice(0, 10)) {
      this.#refuse(
        'request.period',
        to,
        'The period ends before it starts.',
        'Put the earlier day into FrDt.',
      );
    }
    if (kind !== undefined && kind.value !== 'ALLL') {
      this.#refuse(
        'request.period-type',
        kind,
        'Changes alone cannot be asked for.',
        'Write ALLL into RptgPrd/Tp.',
      );
    }
    return [from?.value.slice(0, 10), to?.value.slice(0, 10)];
  }

  #refuse(rule: string, found: Placed<string>, message: string, remedy: string): void {
    const fault = { rule, ...found.place, message, remedy };
    this.faults.push(found.value === '' ? fault : { ...fault, value: found.value.slice(0, 140) });
  }
}

/** Elements that narrow a request in ways no bank answer can be narrowed; a request is answered whole or not at all. */
const UNANSWERABLE: ReadonlyMap<string, readonly [name: string, remedy: string]> = new Map([
  [
    `${REQUEST}/ReqdTxTp`,
    ['A choice of transactions', 'Leave ReqdTxTp out: all of the period is delivered.'],
  ],
  [`${REQUEST}/RptgSeq`, ['A range of sequence numbers', 'Leave RptgSeq out and give RptgPrd with days.']],
]);
