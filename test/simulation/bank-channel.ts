// The simulated bank as one life of a process reaches it. Handing over, asking and collecting are numbered effects like those on
// the disk: a crash before one means that it never arrived, a crash after it that it happened and nobody heard.

import type {
  AskOutcome,
  BankChannel,
  CollectOutcome,
  KeepAnswer,
  SubmitOutcome,
} from '../../src/bank/channel.ts';
import type { AnswerProfile } from '../../src/domain/bank-profile.ts';
import { SimulatedCrash, type Effects } from '../files/simulated-effects.ts';
import { readAnswer } from './bank-ledger.ts';
import { CODES } from './bank-moods.ts';
import { wrapped } from './message-at-the-bank.ts';
import type { Said, SimulatedBank } from './simulated-bank.ts';

export function bankChannel(bank: SimulatedBank, life: Effects, answers: AnswerProfile): BankChannel {
  const call = async (what: string, act: () => Said): Promise<Said> => {
    life.requireAlive();
    await bank.travel();
    const said = performed(life, what, act);
    await bank.travel();
    life.requireAlive();
    return said;
  };
  return {
    bank: bank.name,
    compose: (message) => wrapped(message, message.document()),
    makeReady: () => undefined,
    submit: async ({ messageId, bytes }, keep) => {
      const sent = await gather(bytes());
      // From here the bytes have left, whatever becomes of the process that sent them.
      return heard(await call(`submit ${messageId}`, () => bank.handOver(sent)), answers, keep);
    },
    ask: async (messageId, keep) =>
      understood(await call(`ask ${messageId}`, () => bank.statusOf(messageId)), answers, keep),
    collect: async (query, keep) =>
      collected(await call(`collect ${query.kind}`, () => bank.collected(query)), keep),
    readBalances: (answer) => readAnswer.balances(answer),
    readHistory: (answer, take) => readAnswer.history(answer, take),
    readStatement: (answer, take) => readAnswer.statement(answer, take),
    readAttachment: (answer) => readAnswer.attachment(answer),
    reach: async () => undefined,
    close: async () => undefined,
  };
}

/** A network that fails is silence: nothing arrived, and nothing is heard. */
function performed(life: Effects, what: string, act: () => Said): Said {
  try {
    return life.perform(what, act);
  } catch (failure) {
    if (failure instanceof SimulatedCrash) throw failure;
    return { kind: 'silence' };
  }
}

/** What a channel makes of it, by the profile alone. */
async function heard(said: Said, answers: AnswerProfile, keep: KeepAnswer): Promise<SubmitOutcome> {
  switch (said.kind) {
    case 'report':
      return { kind: 'answered', answer: await keep(bytesOf(said)), report: said.report };
    case 'fault': {
      const answer = await keep(bytesOf(said));
      const systemic = answers.systemic.includes(said.code);
      if (systemic || answers.refusal.includes(said.code))
        return { kind: 'refused', answer, reasons: [{ code: said.code, texts: ['no'] }], systemic };
      if (answers.duplicate.includes(said.code)) return { kind: 'duplicate', answer, code: said.code };
      return { kind: 'lost', cause: `fault ${said.code}`, answer };
    }
    case 'not-sent':
      return { kind: 'not-sent', cause: 'connection refused' };
    case 'body':
    case 'silence':
      return { kind: 'lost', cause: 'no answer in time' };
  }
}

async function understood(said: Said, answers: AnswerProfile, keep: KeepAnswer): Promise<AskOutcome> {
  switch (said.kind) {
    case 'report':
      return { kind: 'report', answer: await keep(bytesOf(said)), report: said.report };
    case 'fault': {
      const answer = await keep(bytesOf(said));
      return answers.notFound.includes(said.code)
        ? { kind: 'not-found', answer, code: said.code }
        : { kind: 'no-answer', cause: `fault ${said.code}`, answer };
    }
    case 'not-sent':
    case 'body':
    case 'silence':
      return { kind: 'no-answer', cause: 'no answer in time' };
  }
}

async function collected(said: Said, keep: KeepAnswer): Promise<CollectOutcome> {
  switch (said.kind) {
    case 'body':
      return { kind: 'collected', answer: await keep(Buffer.from(JSON.stringify(said.body))) };
    case 'fault': {
      const answer = await keep(bytesOf(said));
      return said.code === CODES.noStatement
        ? { kind: 'nothing', code: said.code, answer }
        : { kind: 'refused', code: said.code, text: 'no', answer };
    }
    case 'report':
    case 'not-sent':
    case 'silence':
      return { kind: 'no-answer', cause: 'no answer in time' };
  }
}

function bytesOf(said: Said): Uint8Array {
  return Buffer.from(JSON.stringify(said));
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}
