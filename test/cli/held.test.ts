import { describe, expect, it } from 'vitest';
import { heldMessages, heldText, type HeldMessage } from '../../src/cli/held.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { replayOrder } from '../../src/domain/order.ts';
import type { JournalRecord } from '../../src/journal/journal.ts';
import { CLAIMED, denied, held, lost, ORDER_ID, planned, prepared, started } from '../domain/sketches.ts';

const START_MS = Date.UTC(2026, 10, 23, 9);

describe('A held message', () => {
  it('that was never sent can be dropped or sent, and nothing else is offered', () => {
    const [message] = heldOf(CLAIMED, planned(), held('same-payments'));
    expect(message?.choices.map(({ as }) => as)).toEqual(['dropped', 'resend']);
    expect(message?.history).toEqual([]);
  });

  it('that is in doubt offers what moves no money first, and warns of sending again', () => {
    const [message] = heldOf(CLAIMED, planned(), prepared(), started(), lost(), held('in-doubt-unanswered'));
    expect(message?.choices.map(({ as }) => as)).toEqual(['settled', 'rejected', 'resend']);
    expect(message?.choices.at(-1)?.when).toContain('they may be paid twice');
    expect(message?.origin).toBe('in-doubt');
  });

  it('has everything that happened to it in its history, with the documents, and the first and last of many denials on its page', () => {
    const denials = Array.from({ length: 30 }, (_, index) => denied(index === 0 ? 0 : 10_000));
    const [message] = heldOf(
      CLAIMED,
      planned(),
      prepared(),
      started(),
      lost(),
      ...denials,
      held('in-doubt-unanswered'),
    );
    if (message === undefined) throw new Error('nothing is held');
    expect(message.history).toHaveLength(32);
    expect(message.notFoundForMs).toBe(290_000);
    const text = heldText(message, 'Europe/Warsaw');
    expect(text.match(/it does not know the message/g)).toHaveLength(2);
    expect(text).toContain('30 times in all');
    expect(text).toContain('over 290 s of our watching');
    expect(text).toContain(`see /state/spool/${ORDER_ID}/part-001-answer-001.xml`);
    expect(text).toContain('handed to the bank, attempt 1');
    // The commands and paths are never broken, so that they can be copied.
    for (const { command } of message.choices) expect(text).toContain(command);
    expect(message.choices[0]?.command).toMatch(
      /^goniec release \S+ --as settled --reason "\.\.\." --config \/etc\/g\.yaml$/,
    );
  });

  it('is since the hold in force, not since an earlier one', () => {
    const resent: OrderEvent = {
      type: 'submission-released',
      part: 1,
      as: 'resend',
      who: 'Anna',
      reason: 'r',
    };
    const [message] = heldOf(
      CLAIMED,
      planned(),
      prepared(),
      held('same-payments'),
      resent,
      started(),
      lost(),
      held('in-doubt-unanswered'),
    );
    expect(message?.since).toBe(new Date(START_MS + 7_000).toISOString());
    expect(message?.history.map(({ what }) => what)).toContain('Anna decided "resend": r');
  });
});

/** A second between any two events. */
function heldOf(...events: readonly OrderEvent[]): HeldMessage[] {
  const records = events.map((event, index): JournalRecord => {
    const at = new Date(START_MS + index * 1_000).toISOString();
    return { sequence: index + 1, stream: `order/${ORDER_ID}`, at, event };
  });
  const order = replayOrder(ORDER_ID, records as readonly { at: string; event: OrderEvent }[]);
  if (order === undefined) throw new Error('no order');
  return heldMessages(order, records, { spoolFolder: '/state/spool', config: '/etc/g.yaml' });
}
