// Which values of an element are wanted, found out once for all elements that are written alike.

import type { WholePart } from '../../../iso20022/element-listener.ts';

/** A path whose texts are collected, as far as it matters here. */
export interface WantedStep {
  /** Where its text goes; -1 for none. */
  readonly slot: number;
  readonly attribute: { readonly name: string; readonly slot: number } | undefined;
  readonly isGroup: boolean;
}

/** A text that is read when somebody asks for it, or that of an attribute, which is the same in all of them. */
export interface WantedText {
  readonly part: number;
  readonly attribute: string | undefined;
  readonly group: number;
}

export interface WantedTexts {
  readonly parts: readonly WholePart[];
  readonly groupCount: number;
  /** In document order. */
  readonly bySlot: readonly (readonly WantedText[])[];
}

/** `steps` are those behind the keys of the parts. */
export function wantedTextsOf(
  parts: readonly WholePart[],
  steps: readonly WantedStep[],
  slotCount: number,
): WantedTexts {
  const bySlot = Array.from({ length: slotCount }, (): WantedText[] => []);
  let groupCount = 0;
  parts.forEach(({ key, isValue, attributes }, part) => {
    const step = steps[key];
    if (step?.isGroup === true) groupCount += 1;
    if (step === undefined || !isValue) return;
    const group = groupCount - 1;
    const value = step.attribute === undefined ? undefined : attributes[step.attribute.name];
    if (step.attribute !== undefined && value !== undefined)
      bySlot[step.attribute.slot]?.push({ part, attribute: value, group });
    if (step.slot >= 0) bySlot[step.slot]?.push({ part, attribute: undefined, group });
  });
  return { parts, groupCount, bySlot };
}
