// Small records for journal tests.

import type { NewRecord } from '../../src/journal/journal.ts';

/** A record of an order's claim: it carries a key. */
export function claimed(order: string, fileName = `${order}.xml`): NewRecord {
  return {
    stream: `order/${order}`,
    event: {
      type: 'order-claimed',
      company: 'acme',
      fileName,
      workingName: `${order}-${fileName}`,
      sizeBytes: 10,
    },
  };
}

/** The record after which an order's stream is closed. */
export function closed(order: string): NewRecord {
  return { stream: `order/${order}`, event: { type: 'order-closed' } };
}
