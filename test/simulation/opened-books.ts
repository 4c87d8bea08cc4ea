// Keeps hold of what each daemon has in memory, so that it can be compared with what the journal says: the daemon shows it to nobody.

import type { Journal } from '../../src/journal/journal.ts';
import { OrderBook } from '../../src/outbound/order-book.ts';

const books = new WeakMap<object, OrderBook>();
const open = OrderBook.open.bind(OrderBook);

OrderBook.open = async (journal: Journal): Promise<OrderBook> => {
  const book = await open(journal);
  books.set(journal, book);
  return book;
};

/** The book that was opened on this journal; undefined when none was. */
export function bookOf(journal: Journal): OrderBook | undefined {
  return books.get(journal);
}
