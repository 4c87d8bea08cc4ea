// A bank reached over Comarch Data Connect: puts the parts together into a channel.

import type { BankChannel, KeepAnswer } from '../channel.ts';
import type { KeptAnswer } from '../../domain/order-event.ts';
import { AccountAnswerReading } from './account-answer.ts';
import { readAttachment } from './answers/attachment.ts';
import { balancesAnswerOf } from './answers/balances.ts';
import { gatherPieces } from './answers/gather-pieces.ts';
import { readHistory } from './answers/history.ts';
import { readAnswer } from './answers/read-answer.ts';
import { SmallContent } from './answers/small-content.ts';
import { readStatement } from './answers/statement.ts';
import { isUnreadable, orUnreadable, unreadable } from './answers/unreadable.ts';
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

    makeReady: () => pool.makeReady(),

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
      const reading = new AccountAnswerReading(asked, dialect);
      const outcome = await pool.queryInto(queries.account(asked).request, async (status, body) => {
        // On disk before anything is made of it; a reading of our own that goes wrong does not keep it from there.
        const answer = await keep(heardBy(reading, gatherPieces(body)));
        return { ...reading.end(status), answer };
      });
      return outcome.kind === 'answered' ? outcome.body : { kind: 'no-answer', cause: outcome.cause };
    },

    readBalances: async (answer) => {
      const content = new SmallContent();
      const found = await readAnswer(answer, () => content);
      if (isUnreadable(found)) return found;
      const said = orUnreadable(() => balancesAnswerOf(content.root, dialect));
      if (isUnreadable(said)) return said;
      return said.kind === 'balances' ? said.balances : unreadable(`${said.code} ${said.text}`);
    },
    readHistory: (answer, take) => readHistory(answer, dialect, take),
    readStatement: (answer, take) => readStatement(answer, dialect, take),
    readAttachment,

    reach: async () => whyUnreachable(await pool.query(queries.harmless().request)),
    close: () => pool.close(),
  };
}

/** What came is on disk before anything is made of it; a connection that broke may have brought nothing to keep. */
async function keepPartial(partial: Uint8Array, keep: KeepAnswer): Promise<{ readonly answer?: KeptAnswer }> {
  return partial.length === 0 ? {} : { answer: await keep(partial) };
}

async function* heardBy(
  reading: AccountAnswerReading,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    reading.write(piece);
    yield piece;
  }
}
