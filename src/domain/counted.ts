// A number with its noun, as people write it.

/** `1 transfer`, `2 transfers`; `plural` where an s does not make it. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
