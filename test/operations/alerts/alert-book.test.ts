import { describe, expect, it } from 'vitest';
import {
  dueNews,
  EMPTY_BOOK,
  noted,
  told,
  type AlertBook,
  type BookTerms,
} from '../../../src/operations/alerts/alert-book.ts';
import type { Cause } from '../../../src/operations/alerts/cause.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 24, 8);
const TERMS: BookTerms = {
  settleMs: (kind) => (kind === 'bank-unreachable' ? 30 * MINUTE : 0),
  clearMs: (kind) => (kind === 'folder-away' ? 2 * MINUTE : 0),
  maintenance: () => Infinity,
  channels: ['a', 'b'],
};

function cause(key: string, ...items: string[]): Cause {
  const kind = key.split(' ')[0] as Cause['kind'];
  return { key, kind, items: items.length === 0 ? ['1'] : items, words: { title: key, text: [], todo: [] } };
}

/** A look `minutes` after the start. */
function look(
  book: AlertBook,
  minutes: number,
  causes: readonly Cause[],
  terms: BookTerms = TERMS,
  isUnsure: (key: string) => boolean = () => false,
): AlertBook {
  return noted(book, { causes, isUnsure }, START + minutes * MINUTE, terms);
}

function whats(book: AlertBook, channel: string): string[] {
  return dueNews(book, channel).map(({ what, key }) => `${what} ${key}`);
}

const tell = (book: AlertBook, channel: string): AlertBook => told(book, channel, dueNews(book, channel));
const HELD = cause('order-held 1', 'm1');
const GONE = cause('folder-away /out');
const SILENT = cause('bank-unreachable North');

describe('The book of alerts', () => {
  it('tells each channel once for one cause, and once when it is over', () => {
    let book = look(EMPTY_BOOK, 0, [HELD]);
    expect(whats(book, 'a')).toEqual(['raised order-held 1']);
    book = tell(book, 'a');
    book = look(book, 1, [HELD]);
    expect(whats(book, 'a')).toEqual([]);
    expect(whats(book, 'b')).toEqual(['raised order-held 1']);
    book = look(tell(book, 'b'), 2, []);
    expect(whats(book, 'a')).toEqual(['over order-held 1']);
    book = look(tell(tell(book, 'a'), 'b'), 3, []);
    expect(book).toEqual(EMPTY_BOOK);
  });

  it('tells of what began and ended while a channel could not be told', () => {
    let book = look(tell(look(EMPTY_BOOK, 0, [HELD]), 'a'), 60, []);
    expect(whats(book, 'b')).toEqual(['was order-held 1']);
    book = tell(book, 'b');
    expect(whats(book, 'b')).toEqual([]);
  });

  it('tells again when more of it comes, and not when less remains', () => {
    let book = tell(look(EMPTY_BOOK, 0, [cause('order-held 1', 'm1', 'm2')]), 'a');
    book = look(book, 1, [cause('order-held 1', 'm2')]);
    expect(whats(book, 'a')).toEqual([]);
    book = look(book, 2, [cause('order-held 1', 'm2', 'm3')]);
    expect(whats(book, 'a')).toEqual(['more order-held 1']);
    expect(whats(look(tell(book, 'a'), 3, [cause('order-held 1', 'm2', 'm3')]), 'a')).toEqual([]);
  });

  it('waits as long as the kind asks, and forgets what went by itself', () => {
    let book = look(EMPTY_BOOK, 0, [SILENT]);
    book = look(book, 29, [SILENT]);
    expect(whats(book, 'a')).toEqual([]);
    expect(look(book, 29.5, [])).toEqual(EMPTY_BOOK);
    expect(whats(look(book, 30, [SILENT]), 'a')).toEqual(['raised bank-unreachable North']);
  });

  it('gives no all-clear to what comes and goes', () => {
    let book = tell(look(EMPTY_BOOK, 0, [GONE]), 'a');
    book = look(book, 1, []);
    book = look(book, 2, [GONE]);
    book = look(book, 3.5, []);
    expect(whats(look(book, 4, []), 'a')).toEqual([]);
    expect(whats(look(book, 5.5, []), 'a')).toEqual(['over folder-away /out']);
  });

  it('leaves as it is what could not be looked at', () => {
    const book = tell(look(EMPTY_BOOK, 0, [HELD]), 'a');
    expect(look(book, 5, [], TERMS, () => true)).toEqual(book);
  });

  it('tells anew of what comes back after its all-clear, also while that is on its way', () => {
    let book = tell(look(EMPTY_BOOK, 0, [HELD]), 'a');
    book = look(book, 1, []);
    const allClear = dueNews(book, 'a');
    const back = look(book, 2, [HELD]);
    expect(whats(told(back, 'a', allClear), 'a')).toEqual(['raised order-held 1']);
    book = look(told(book, 'a', allClear), 3, [HELD]);
    expect(whats(book, 'a')).toEqual(['raised order-held 1']);
    expect(whats(book, 'b')).toEqual(['raised order-held 1']);
  });

  it('does not count as told what came while a message was on its way', () => {
    const book = look(EMPTY_BOOK, 0, [HELD]);
    const underWay = dueNews(book, 'a');
    const meanwhile = look(book, 1, [cause('order-held 1', 'm1', 'm2')]);
    expect(whats(told(meanwhile, 'a', underWay), 'a')).toEqual(['more order-held 1']);
  });

  it('is silent in a maintenance, and counts from its end', () => {
    const during = { ...TERMS, maintenance: () => true as const };
    const after = (minutes: number): BookTerms => ({ ...TERMS, maintenance: () => minutes * MINUTE });
    let book = look(EMPTY_BOOK, 0, [SILENT], during);
    book = look(book, 300, [SILENT], during);
    expect(whats(book, 'a')).toEqual([]);
    expect(whats(look(book, 310, [SILENT], after(10)), 'a')).toEqual([]);
    expect(whats(look(book, 330, [SILENT], after(30)), 'a')).toEqual(['raised bank-unreachable North']);
  });

  it('tells a channel that is new of everything that still holds', () => {
    const book = tell(tell(look(EMPTY_BOOK, 0, [HELD]), 'a'), 'b');
    expect(whats(book, 'c')).toEqual(['raised order-held 1']);
  });

  it('keeps its words while it is made of the same things', () => {
    const first = { ...GONE, words: { ...GONE.words, title: '900 MB left' } };
    const later = { ...GONE, words: { ...GONE.words, title: '899 MB left' } };
    const book = look(EMPTY_BOOK, 0, [first]);
    expect(look(book, 1, [later])).toEqual(book);
  });

  it('does not wait for a day that only a wrong clock had seen', () => {
    let book = look(EMPTY_BOOK, 10_000, [SILENT]);
    book = look(book, 0, [SILENT]);
    expect(whats(book, 'a')).toEqual([]);
    expect(whats(look(book, 30, [SILENT]), 'a')).toEqual(['raised bank-unreachable North']);
  });
});
