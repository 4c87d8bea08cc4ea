// What the bank's answer to a query about an account is: something to be read, nothing, a refusal, or no answer. Found out
// while it goes to the disk, because a statement may be larger than the memory.

import { isSameAccount } from '../../domain/iban.ts';
import type { MessageDefinition } from '../../iso20022/definition.ts';
import { camt05200102WithBookingSystemDate } from '../../iso20022/messages/camt.052.001.02-booking-system-date.ts';
import { camt05300102 } from '../../iso20022/messages/camt.053.001.02.ts';
import type { XmlName, XmlStart, XmlWholes, XmlWholeVisitor } from '../../xml/xml-events.ts';
import type { AccountQuery, Unreadable } from '../channel.ts';
import { accountOf } from './answers/account.ts';
import { attachmentAnswerOf, FILE_ELEMENT, FILE_LIMITS } from './answers/attachment.ts';
import { balancesAnswerOf } from './answers/balances.ts';
import { AnswerReading } from './answers/read-answer.ts';
import { ReportWalk } from './answers/reports.ts';
import { serviceFaultOf, type ServiceFault } from './answers/service-fault.ts';
import { SmallContent } from './answers/small-content.ts';
import { isUnreadable, orUnreadable } from './answers/unreadable.ts';
import type { CdcDialect } from './dialects/dialect.ts';

export type AccountAnswer =
  | { readonly kind: 'collected' }
  | { readonly kind: 'nothing'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string; readonly text: string }
  | { readonly kind: 'no-answer'; readonly cause: string };

/**
 * Of a longer list no more is heard than whose account it is about: its entries are read once instead of twice, from the disk,
 * and what is wrong behind here is found then, before anything is made of it.
 */
const LIST_HEARD_BYTES_MAX = 4 << 20;

/**
 * Hears an answer as it comes. `collected` means: of the kind asked for, about the account asked for, and whole as far as it was
 * heard; whether every entry can be read shows when it is delivered.
 */
export class AccountAnswerReading {
  readonly #query: AccountQuery;
  readonly #dialect: CdcDialect;
  readonly #reading: AnswerReading;
  #content: Content | undefined;
  #heardBytes = 0;

  constructor(query: AccountQuery, dialect: CdcDialect) {
    this.#query = query;
    this.#dialect = dialect;
    const isFile = query.kind === 'statement' && query.format === 'pdf';
    this.#reading = new AnswerReading(
      (name, outside) =>
        name.local === 'Fault'
          ? (this.#content = { kind: 'fault', visitor: new SmallContent() }).visitor
          : new FirstChild((child, start) => {
              this.#content = contentFor(child, query);
              if (this.#content.visitor instanceof ReportWalk) this.#content.visitor.within(outside);
              start(this.#content.visitor);
            }),
      isFile ? FILE_LIMITS : undefined,
    );
  }

  /** Never throws. */
  write(piece: Uint8Array): void {
    if (this.#listHeard() !== undefined) return;
    this.#heardBytes += piece.length;
    this.#reading.write(piece);
  }

  /** The answer has ended; `status` is that of HTTP. */
  end(status: number): AccountAnswer {
    if (status !== 200 && status !== 500) return noAnswer(`the bank answered with HTTP ${status}`);
    const list = this.#listHeard();
    if (list !== undefined) return aboutAccount(list.accounts, this.#query.account);
    const found = this.#reading.end();
    if (isUnreadable(found)) return noAnswer(`the bank answered with HTTP ${status}, and ${found.reason}`);
    const content = this.#content;
    if (content === undefined) return noAnswer('the Document in the answer is empty');
    switch (content.kind) {
      case 'fault': {
        const fault = orUnreadable(() => serviceFaultOf(content.visitor.root));
        return isUnreadable(fault)
          ? noAnswer(`the bank's fault cannot be read: ${fault.reason}`)
          : faultAnswer(fault, this.#dialect);
      }
      case 'balances':
        return this.#balances(content.visitor);
      case 'file':
        return this.#file(content.visitor, found.name);
      case 'list':
        if (content.visitor.otherVersion !== undefined)
          return notReadable({ kind: 'unreadable', reason: content.visitor.otherVersion });
        return aboutAccount(content.accounts, this.#query.account);
      case 'other':
        return otherKind(content.name, found.name);
    }
  }

  /** The list of which enough was heard; undefined while it was not. */
  #listHeard(): ListContent | undefined {
    const content = this.#content;
    if (this.#heardBytes < LIST_HEARD_BYTES_MAX || content?.kind !== 'list') return undefined;
    return content.accounts.length > 0 && this.#reading.fault === undefined ? content : undefined;
  }

  #balances({ root }: SmallContent): AccountAnswer {
    const answer = orUnreadable(() => balancesAnswerOf(root, this.#dialect));
    if (isUnreadable(answer)) return notReadable(answer);
    if (answer.kind === 'error') return { kind: 'refused', code: answer.code, text: answer.text };
    return aboutAccount([answer.account], this.#query.account);
  }

  #file({ root }: SmallContent, name: XmlName): AccountAnswer {
    const answer = orUnreadable(() => attachmentAnswerOf(root));
    if (isUnreadable(answer)) return notReadable(answer);
    switch (answer.kind) {
      case 'error':
        return this.#dialect.nothingCodes.includes(answer.code)
          ? { kind: 'nothing', code: answer.code }
          : { kind: 'refused', code: answer.code, text: answer.text };
      case 'no-file':
        return noAnswer(`the bank has not made the file yet (${answer.status ?? 'no status'})`);
      case 'file':
        return this.#query.kind === 'statement' && this.#query.format === 'pdf'
          ? { kind: 'collected' }
          : otherKind('Rpt', name);
    }
  }
}

/** What is in the envelope, by the local name of the element below `Document`. */
type Content =
  | { readonly kind: 'fault' | 'balances' | 'file'; readonly visitor: SmallContent }
  | ListContent
  | { readonly kind: 'other'; readonly visitor: XmlWholeVisitor; readonly name: string };

interface ListContent {
  readonly kind: 'list';
  readonly visitor: ReportWalk;
  readonly accounts: readonly string[];
}

function contentFor(child: string, query: AccountQuery): Content {
  switch (query.kind) {
    case 'balances':
      return { kind: 'balances', visitor: new SmallContent() };
    case 'history':
    case 'incremental':
      if (child === 'BkToCstmrAcctRpt') return listContent(camt05200102WithBookingSystemDate);
      break;
    case 'statement':
      if (child === 'Rpt')
        return { kind: 'file', visitor: new SmallContent({ name: FILE_ELEMENT, text: () => undefined }) };
      if (child === 'BkToCstmrStmt' && query.format === 'xml') return listContent(camt05300102);
  }
  return { kind: 'other', visitor: {}, name: child };
}

/** Of a list only whose account it is about is looked at. */
function listContent(definition: MessageDefinition): ListContent {
  const accounts: string[] = [];
  const parts = {
    names: new Set(['Acct']),
    part: (node: Parameters<typeof accountOf>[0]) => {
      const account = accountOf(node);
      if (!accounts.includes(account)) accounts.push(account);
    },
  };
  return { kind: 'list', visitor: new ReportWalk(definition, parts), accounts };
}

/** Puts off who hears a document until the name of its first child is known. */
class FirstChild implements XmlWholeVisitor {
  readonly #choose: (child: string, begin: (visitor: XmlWholeVisitor) => void) => void;
  #root: XmlStart | undefined;
  #visitor: XmlWholeVisitor | undefined;

  constructor(choose: (child: string, begin: (visitor: XmlWholeVisitor) => void) => void) {
    this.#choose = choose;
  }

  get wholes(): XmlWholes | undefined {
    return this.#visitor?.wholes;
  }

  start(start: XmlStart): void {
    if (this.#root === undefined) {
      // A copy: what is told is valid only during the call.
      this.#root = {
        ...start,
        attributes: start.attributes.map((one) => ({ ...one })),
        declarations: start.declarations.map((one) => ({ ...one })),
      };
      return;
    }
    const root = this.#root;
    if (this.#visitor === undefined)
      this.#choose(start.name.local, (visitor) => {
        this.#visitor = visitor;
        visitor.start?.(root);
      });
    this.#visitor?.start?.(start);
  }

  text(...told: Parameters<NonNullable<XmlWholeVisitor['text']>>): void {
    this.#visitor?.text?.(...told);
  }

  end(...told: Parameters<NonNullable<XmlWholeVisitor['end']>>): void {
    this.#visitor?.end?.(...told);
  }
}

function faultAnswer(fault: ServiceFault, dialect: CdcDialect): AccountAnswer {
  const codes = fault.reasons.flatMap(({ code }) => (code === undefined ? [] : [code]));
  const [first] = codes;
  // Without a code it is the service that fails, not the account.
  if (first === undefined) return noAnswer(`the bank answered with a fault: ${fault.text}`);
  return codes.every((code) => dialect.nothingCodes.includes(code))
    ? { kind: 'nothing', code: first }
    : { kind: 'refused', code: first, text: fault.text };
}

function aboutAccount(named: readonly string[], asked: string): AccountAnswer {
  const other = named.find((account) => !isSameAccount(account, asked));
  return other === undefined
    ? { kind: 'collected' }
    : noAnswer(`the bank's answer is about the account ${other} instead of ${asked}`);
}

function otherKind(content: string, { namespace }: XmlName): AccountAnswer {
  return noAnswer(`the bank answered with another kind of document (${content} in ${namespace})`);
}

function notReadable(answer: Unreadable): AccountAnswer {
  return noAnswer(`the bank's answer cannot be read: ${answer.reason}`);
}

function noAnswer(cause: string): AccountAnswer {
  return { kind: 'no-answer', cause };
}
