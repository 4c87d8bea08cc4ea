import type { Random } from './random.ts';

/** Writes a text that matches a pattern of the kind the ISO 20022 schemas use: literals, classes, groups, repeat counts. */
export function textMatching(pattern: string, random: Random): string {
  let at = 0;
  return sequence();

  function sequence(): string {
    let text = '';
    while (at < pattern.length && pattern[at] !== ')') {
      const from = at;
      const one = atom();
      const after = at;
      const [low, high] = repeat();
      const end = at;
      const count = random.between(low, high);
      if (count > 0) text += one;
      for (let i = 1; i < count; i++) {
        at = from;
        text += atom();
      }
      at = count > 1 ? end : Math.max(end, after);
    }
    return text;
  }

  function atom(): string {
    if (pattern[at] === '(') {
      at++;
      const inside = sequence();
      at++;
      return inside;
    }
    if (pattern[at] === '[') return random.pick(members());
    if (pattern[at] === '\\') at++;
    return pattern[at++] ?? '';
  }

  function members(): string[] {
    const result: string[] = [];
    at++;
    while (pattern[at] !== ']') {
      if (pattern[at] === '\\') at++;
      const first = pattern[at++] ?? '';
      if (pattern[at] !== '-') {
        result.push(first);
        continue;
      }
      const last = pattern[at + 1] ?? '';
      for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code++)
        result.push(String.fromCharCode(code));
      at += 2;
    }
    at++;
    return result;
  }

  function repeat(): [number, number] {
    if (pattern[at] === '?') {
      at++;
      return [0, 1];
    }
    const counts = /^\{(\d+)(?:,(\d+))?\}/.exec(pattern.slice(at));
    if (counts === null) return [1, 1];
    at += counts[0].length;
    return [Number(counts[1]), Number(counts[2] ?? counts[1])];
  }
}
