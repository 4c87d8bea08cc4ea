// A bank reached over Comarch Data Connect: puts the parts together into a channel.

import type { BankChannel, KeepAnswer, Unreadable } from '../channel.ts';
import type { KeptAnswer } from '../../domain/order-event.ts';
import { readAccountAnswer } from './account-answer.ts';
import { readAttachment } from './answers/attachment.ts';
import { readBalancesAnswer } from './answers/balances.ts';
import { openEnvelope } from './answers/envelope.ts';
import { readHistoryDocument } from './answers/history.ts';
import { readStatementDocument } from './answers/statement.ts';
import { isUnreadable, unreadable } from './answers/unreadable.ts';
import type { CdcOptions } from './cdc-options.ts';
import { connectTo } from './cdc-service.ts';
import { composeOrder } from './order-message.ts';
import { readStatusAnswer } from './status-answer.ts';
import { readSubmissionAnswer } from './submission-answer.ts';
import { whyUnreachable } from './reach.ts';

/**
 * Opens no connection by itself. Throws an Error with a sentence for the operator when the address or the key material
 * cannot be used. What `keep` throws is passed on: an answer that cannot be stored must not be made anything of.
 */
export function createCdcChannel(options: CdcOptions): BankChannel {
  const { dialect, soap, queries, pool } = connectTo(options);
  const { answers, signer, signed } = options;
  return {
    bank: options.bank,
    compose: (message) => composeOrder(message, { dialect, soap, signer, signed }),

    submit: async (message, keep) => {
      const soapAction = soap.action(dialect.orderOperations[message.operation]);
      const outcome = await pool.order({ soapAction, sizeBytes: message.sizeBytes, bytes: message.bytes });
      if (outcome.kind === 'not-sent') return outcome;
      if (outcome.kind === 'broken')
        return { kind: 'lost', cause: outcome.cause, ...(await keepPartial(outcome.partial, keep)) };
      const answer = await keep(outcome.body);
      return { ...readSubmissionAnswer(outcome.status, outcome.body, message.messageId, answers), answer };
    },

    ask: async (messageId, keep) => {
      const query = queries.status(messageId);
      const outcome = await pool.query(query.request);
      if (outcome.kind === 'not-sent') return { kind: 'no-answer', cause: outcome.cause };
      if (outcome.kind === 'broken')
        return { kind: 'no-answer', cause: outcome.cause, ...(await keepPartial(outcome.partial, keep)) };
      const answer = await keep(outcome.body);
      return { ...readStatusAnswer(outcome.status, outcome.body, messageId, query.id, answers), answer };
    },

    collect: async (asked, keep) => {
      const outcome = await pool.query(queries.account(asked).request);
      if (outcome.kind === 'not-sent') return { kind: 'no-answer', cause: outcome.cause };
      if (outcome.kind === 'broken')
        return { kind: 'no-answer', cause: outcome.cause, ...(await keepPartial(outcome.partial, keep)) };
      const answer = await keep(outcome.body);
      return { ...readAccountAnswer(outcome.status, outcome.body, asked, dialect), answer };
    },

    readBalances: (bytes) =>
      inDocument(bytes, (document) => {
        const answer = readBalancesAnswer(document, dialect);
        if (isUnreadable(answer)) return answer;
        return answer.kind === 'balances' ? answer.balances : unreadable(`${answer.code} ${answer.text}`);
      }),
    readHistory: (bytes) => inDocument(bytes, (document) => readHistoryDocument(document, dialect)),
    readStatement: (bytes) => inDocument(bytes, (document) => readStatementDocument(document, dialect)),
    readAttachment: (bytes) => inDocument(bytes, readAttachment),

    reach: async () => whyUnreachable(await pool.query(queries.harmless().request)),
    close: () => pool.close(),
  };
}

/** What came is on disk before anything is made of it; a connection that broke may have brought nothing to keep. */
async function keepPartial(partial: Uint8Array, keep: KeepAnswer): Promise<{ readonly answer?: KeptAnswer }> {
  return partial.length === 0 ? {} : { answer: await keep(partial) };
}

function inDocument<T>(answer: Uint8Array, read: (document: Uint8Array) => T | Unreadable): T | Unreadable {
  const opened = openEnvelope(answer);
  if (isUnreadable(opened)) return opened;
  return opened.kind === 'document' ? read(opened.document) : unreadable('the answer is a fault');
}
