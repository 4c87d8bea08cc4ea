import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeenIds } from '../../../src/domain/rules/seen-ids.ts';

describe('ids that were seen', () => {
  it('give the line of their first use from the second time on', () => {
    const seen = new SeenIds();
    expect(seen.note('E1', 7)).toBeUndefined();
    expect(seen.note('E10', 8)).toBeUndefined();
    expect(seen.note('Żółw', 9)).toBeUndefined();
    expect(seen.note('E1', 10)).toBe(7);
    expect(seen.note('Żółw', 11)).toBe(9);
    expect(seen.count).toBe(3);
    expect(seen.all()).toEqual(['E1', 'E10', 'Żółw']);
  });

  it('are as exact as a map, whatever they look like', () => {
    const id = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.nat(60).map(String),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(id, { maxLength: 400 }), (ids) => {
        const seen = new SeenIds();
        const known = new Map<string, number>();
        for (const [line, text] of ids.entries()) {
          expect(seen.note(text, line)).toBe(known.get(text));
          if (!known.has(text)) known.set(text, line);
        }
        expect(seen.all().sort()).toEqual([...known.keys()].sort());
      }),
    );
  });

  it('stay exact among very many that differ in a digit', () => {
    const seen = new SeenIds();
    for (let n = 0; n < 50_000; n++) expect(seen.note(`PAY-${n}`, n)).toBeUndefined();
    for (let n = 0; n < 50_000; n += 997) expect(seen.note(`PAY-${n}`, 0)).toBe(n);
    expect(seen.count).toBe(50_000);
  });

  it('are still counted, but can not grow, after they were forgotten', () => {
    const seen = new SeenIds();
    for (const id of ['E1', 'E2', 'Żółw']) seen.note(id, 1);
    seen.forget();
    seen.forget();
    expect(seen.count).toBe(3);
    expect(() => seen.note('E1', 2)).toThrow(TypeError);
  });
});
