// What the bank's answer to a query about an account is: something to be read, nothing, a refusal, or no answer.

import type { AccountQuery, Unreadable } from '../channel.ts';
import { isSameAccount } from './answers/account.ts';
import { readAttachmentAnswer } from './answers/attachment.ts';
import { readBalancesAnswer } from './answers/balances.ts';
import { openEnvelope, type Opened } from './answers/envelope.ts';
import { readHistoryDocument } from './answers/history.ts';
import { readServiceFault, type ServiceFault } from './answers/service-fault.ts';
import { readStatementDocument } from './answers/statement.ts';
import { isUnreadable } from './answers/unreadable.ts';
import type { CdcDialect } from './dialects/dialect.ts';

export type AccountAnswer =
  | { readonly kind: 'collected' }
  | { readonly kind: 'nothing'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string; readonly text: string }
  | { readonly kind: 'no-answer'; readonly cause: string };

/** `collected` means: of the kind asked for, readable, and about the account asked for. */
export function readAccountAnswer(
  status: number,
  body: Uint8Array,
  query: AccountQuery,
  dialect: CdcDialect,
): AccountAnswer {
  if (status !== 200 && status !== 500) return noAnswer(`the bank answered with HTTP ${status}`);
  const opened = openEnvelope(body);
  if (isUnreadable(opened)) return noAnswer(`the bank answered with HTTP ${status}, and ${opened.reason}`);
  if (opened.kind === 'fault') {
    const fault = readServiceFault(opened.document);
    return isUnreadable(fault)
      ? noAnswer(`the bank's fault cannot be read: ${fault.reason}`)
      : faultAnswer(fault, dialect);
  }
  switch (query.kind) {
    case 'balances':
      return balancesAnswer(opened, query.account, dialect);
    case 'history':
    case 'incremental':
      return historyAnswer(opened, query.account, dialect);
    case 'statement':
      return opened.content === 'Rpt'
        ? attachmentAnswer(opened, query.format, dialect)
        : statementAnswer(opened, query, dialect);
  }
}

type OpenedDocument = Opened & { readonly kind: 'document' };

function faultAnswer(fault: ServiceFault, dialect: CdcDialect): AccountAnswer {
  const codes = fault.reasons.flatMap(({ code }) => (code === undefined ? [] : [code]));
  const [first] = codes;
  // Without a code it is the service that fails, not the account.
  if (first === undefined) return noAnswer(`the bank answered with a fault: ${fault.text}`);
  return codes.every((code) => dialect.nothingCodes.includes(code))
    ? { kind: 'nothing', code: first }
    : { kind: 'refused', code: first, text: fault.text };
}

function balancesAnswer(opened: OpenedDocument, account: string, dialect: CdcDialect): AccountAnswer {
  const answer = readBalancesAnswer(opened.document, dialect);
  if (isUnreadable(answer)) return notReadable(answer);
  if (answer.kind === 'error') return { kind: 'refused', code: answer.code, text: answer.text };
  return aboutAccount([answer.account], account);
}

function historyAnswer(opened: OpenedDocument, account: string, dialect: CdcDialect): AccountAnswer {
  if (opened.content !== 'BkToCstmrAcctRpt') return otherKind(opened);
  const answer = readHistoryDocument(opened.document, dialect);
  return isUnreadable(answer) ? notReadable(answer) : aboutAccount(answer.accounts, account);
}

function statementAnswer(
  opened: OpenedDocument,
  query: AccountQuery & { readonly kind: 'statement' },
  dialect: CdcDialect,
): AccountAnswer {
  if (opened.content !== 'BkToCstmrStmt' || query.format !== 'xml') return otherKind(opened);
  const answer = readStatementDocument(opened.document, dialect);
  if (isUnreadable(answer)) return notReadable(answer);
  return aboutAccount(
    answer.statements.map((statement) => statement.account ?? ''),
    query.account,
  );
}

function attachmentAnswer(opened: OpenedDocument, format: 'xml' | 'pdf', dialect: CdcDialect): AccountAnswer {
  const answer = readAttachmentAnswer(opened.document);
  if (isUnreadable(answer)) return notReadable(answer);
  switch (answer.kind) {
    case 'error':
      return dialect.nothingCodes.includes(answer.code)
        ? { kind: 'nothing', code: answer.code }
        : { kind: 'refused', code: answer.code, text: answer.text };
    case 'no-file':
      return noAnswer(`the bank has not made the file yet (${answer.status ?? 'no status'})`);
    case 'file':
      return format === 'pdf' ? { kind: 'collected' } : otherKind(opened);
  }
}

function aboutAccount(named: readonly string[], asked: string): AccountAnswer {
  const other = named.find((account) => !isSameAccount(account, asked));
  return other === undefined
    ? { kind: 'collected' }
    : noAnswer(`the bank's answer is about the account ${other} instead of ${asked}`);
}

function otherKind(opened: OpenedDocument): AccountAnswer {
  return noAnswer(
    `the bank answered with another kind of document (${opened.content} in ${opened.namespace})`,
  );
}

function notReadable(answer: Unreadable): AccountAnswer {
  return noAnswer(`the bank's answer cannot be read: ${answer.reason}`);
}

function noAnswer(cause: string): AccountAnswer {
  return { kind: 'no-answer', cause };
}
