// How a message looks in English: one subject, then each thing with its time, its text and what to do.

import type { AlertBook, News } from './alert-book.ts';
import type { Facts } from './facts.ts';
import { maskedIban } from './masked-text.ts';
import type { Texts } from './wording.ts';

/** More would hide what matters; the rest is counted. */
const NEWS_MAX = 50;
const SUBJECT_MAX = 120;

const FOOT = `--
Goniec tells each thing once, and once more when it is over. This may come twice after a crash; it never asks for a
password or a payment by mail. What each message means: docs/alerts.md.`;

export function alertTexts(news: readonly News[], site: string, at: (instant: string) => string): Texts {
  const over = news.filter(({ what }) => what === 'over' || what === 'was');
  const [first] = news;
  const counted = [
    ...(news.length > over.length ? [`${news.length - over.length} things need attention`] : []),
    ...(over.length > 0 ? [`${over.length} over`] : []),
  ].join(', ');
  const subject =
    news.length === 1 && first !== undefined
      ? `${over.length > 0 ? 'over: ' : ''}${first.cause.words.title}`
      : counted;
  // What needs a person stands before what is over.
  const inOrder = [...news.filter((one) => !over.includes(one)), ...over];
  return {
    subject: subjectLine(subject, site),
    text: [
      ...inOrder.slice(0, NEWS_MAX).map((one) => paragraph(one, at)),
      ...(news.length > NEWS_MAX ? [`And ${news.length - NEWS_MAX} more: goniec status\n`] : []),
      FOOT,
      '',
    ].join('\n'),
  };
}

export function digestTexts(
  facts: Facts,
  book: AlertBook,
  site: string,
  at: (instant: string) => string,
): Texts {
  const standing = Object.values(book.entries).filter(({ phase }) => phase === 'raised');
  const open = facts.open.reduce((sum, { orders }) => sum + orders, 0);
  return {
    subject: subjectLine(
      `daily summary: ${standing.length === 0 ? 'nothing needs attention' : `${standing.length} thing(s) need attention`}, ${open} open order(s)`,
      site,
    ),
    text: [
      standing.length === 0 ? 'Nothing needs attention.' : 'Needs attention:',
      ...standing.map(
        ({ cause, firstSeenAt }) => `- since ${at(cause.since ?? firstSeenAt)}: ${cause.words.title}`,
      ),
      '',
      `Open orders: ${open}`,
      ...facts.open.map(
        ({ state, orders, transfers }) => `- ${state}: ${orders} order(s), ${transfers} transfer(s)`,
      ),
      '',
      'Accounts:',
      ...facts.accounts.map(
        ({ iban, bank, lastStatement }) =>
          `- ${maskedIban(iban)} at ${bank}: last statement ${lastStatement ?? 'none yet'}`,
      ),
      '',
      '--',
      'This comes every day. A day without it means that Goniec, its machine or the mail is down.',
      '',
    ].join('\n'),
  };
}

function paragraph({ what, cause, since, overAt }: News, at: (instant: string) => string): string {
  const { title, text, todo } = cause.words;
  const ended = overAt === undefined ? '' : `, over since ${at(overAt)}`;
  switch (what) {
    case 'raised':
    case 'more':
      return [
        `${what === 'more' ? 'MORE OF ' : ''}${title}`,
        `Since ${at(since)}.`,
        ...text,
        '',
        'What to do:',
        ...todo,
        '',
      ].join('\n');
    case 'over':
      return [`OVER: ${title}`, `It was so since ${at(since)}${ended}. Nothing has to be done.`, ''].join(
        '\n',
      );
    case 'was':
      return [
        `OVER: ${title}`,
        `It was so since ${at(since)}${ended}; it could not be told before. Nothing has to be done.`,
        ...text,
        '',
      ].join('\n');
    default:
      return what satisfies never;
  }
}

/** On one line whatever a file is called. */
function subjectLine(subject: string, site: string): string {
  const line = `[Goniec ${site}] ${subject}`.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
  return line.length > SUBJECT_MAX ? `${line.slice(0, SUBJECT_MAX - 1)}…` : line;
}
