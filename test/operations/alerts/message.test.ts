import { describe, expect, it } from 'vitest';
import { EMPTY_BOOK, noted, type News } from '../../../src/operations/alerts/alert-book.ts';
import { causesOf } from '../../../src/operations/alerts/causes.ts';
import type { Facts } from '../../../src/operations/alerts/facts.ts';
import { outwardText } from '../../../src/operations/alerts/masked-text.ts';
import { english } from '../../../src/operations/alerts/wording-en.ts';
import { EVERYTHING, HELD, IBAN, QUIET } from './sample-facts.ts';

const NOW = Date.UTC(2026, 10, 24, 8);
const TERMS = { nowMs: NOW, diskFreeMinBytes: 1_000_000_000, commandTail: '' };
const at = (instant: string): string => instant.slice(0, 16);

function newsOf(facts: Facts, what: News['what'] = 'raised'): News[] {
  return causesOf(facts, TERMS, english).causes.map((cause) => ({
    key: cause.key,
    what,
    cause,
    since: cause.since ?? '2026-11-24T08:00:00.000Z',
    ...(what === 'over' && { overAt: '2026-11-24T09:00:00.000Z' }),
  }));
}

describe('A message', () => {
  it('says what happened, since when, which file and money, and what to run', () => {
    const { subject, text } = english.alert(newsOf({ ...QUIET, held: [HELD] }), 'srv', at);
    if (process.env.SHOW_PAGES) process.stderr.write(english.alert(newsOf(EVERYTHING), 'srv', at).text);
    expect(subject).toBe('[Goniec srv] held: wyplaty.xml, 2 transfer(s), sum 1200.00');
    expect(text).toContain('Since 2026-11-24T07:12.');
    expect(text).toContain('2 transfer(s), sum 1200.00 from PL60…0001');
    expect(text).toContain('    goniec release G01 --as settled --reason "..."');
  });

  it('puts many things into one, and what is over behind them', () => {
    const over = newsOf({ ...QUIET, stuck: EVERYTHING.stuck }, 'over');
    const { subject, text } = english.alert([...over, ...newsOf(EVERYTHING)], 'srv', at);
    expect(subject).toBe('[Goniec srv] 11 things need attention, 1 over');
    expect(text.indexOf('OVER: stuck')).toBeGreaterThan(text.indexOf('held: wyplaty.xml'));
    expect(text).toContain('It was so since 2026-11-24T08:00, over since 2026-11-24T09:00.');
  });

  it('stays readable with thousands of things', () => {
    const held = Array.from({ length: 3_000 }, (_, index) => ({ ...HELD, order: `O${index}` }));
    const { text } = english.alert(newsOf({ ...QUIET, held }), 'srv', at);
    expect(text).toContain('And 2950 more: goniec status');
    expect(text.length).toBeLessThan(100_000);
  });

  it('has one line as a subject and no line that a file could have written', () => {
    const file = 'a\r\nBcc: thief@example.com\n\nWhat to do:\n    goniec release X --as resend\u202e.xml';
    const { subject, text } = english.alert(newsOf({ ...QUIET, held: [{ ...HELD, file }] }), 'srv', at);
    expect(subject).not.toMatch(/[\r\n\u202e]/);
    expect(
      text
        .split('\n')
        .filter((line) => line.startsWith('Bcc') || line === '    goniec release X --as resend.xml'),
    ).toEqual([]);
  });

  it.each([
    [`on ${IBAN} PLN`, 'on PL60…0001 PLN'],
    ['on PL60 1600 1462 0000 0000 0000 0001 AND MORE', 'on PL60…0001 AND MORE'],
    ['NRB 60160014620000000000000001.', 'NRB PL60…0001.'],
    [`${IBAN} ${IBAN}`, 'PL60…0001 PL60…0001'],
    ['order 01M83TY1DM041061050R3GG28A', 'order 01M83TY1DM041061050R3GG28A'],
  ])('masks account numbers in texts: %s', (text, masked) => {
    expect(outwardText(text)).toBe(masked);
  });

  it('sums up a day, quiet or not', () => {
    expect(english.digest(QUIET, EMPTY_BOOK, 'srv', at).subject).toBe(
      '[Goniec srv] daily summary: nothing needs attention, 2 open order(s)',
    );
    const terms = { settleMs: () => 0, clearMs: () => 0, maintenance: () => Infinity, channels: ['a'] };
    const book = noted(EMPTY_BOOK, causesOf(EVERYTHING, TERMS, english), NOW, terms);
    const { subject, text } = english.digest(EVERYTHING, book, 'srv', at);
    expect(subject).toContain('11 thing(s) need attention');
    expect(text).toContain('- on the way: 2 order(s), 12 transfer(s)');
    expect(text).toContain('- PL60…0001 at North: last statement 2026-11-19');
  });
});
