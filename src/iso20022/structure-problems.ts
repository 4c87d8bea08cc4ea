// Wording of what is wrong with the structure of a document.

import type { ContentState, TurnKind } from './content-order.ts';
import type { Place } from './place.ts';
import type { Problem } from './problem.ts';

/** The sentences for what is wrong with elements and attributes, as opposed to values. */

export function wrongRoot(local: string): Problem {
  const message = `The document starts with ${local} instead of Document.`;
  return { rule: 'schema.root', message, remedy: 'Send a message whose outermost element is Document.' };
}

export function wrongNamespace(local: string, found: string, expected: string): Problem {
  const where = found === '' ? 'in no namespace' : `in the namespace ${found}`;
  const message = `${local} stands ${where}.`;
  return { rule: 'schema.namespace', message, remedy: `Put it into the namespace ${expected}.` };
}

export function unknownElement(local: string, parent: Place): Problem {
  const message = `${parent.name} has no element ${local}.`;
  return {
    rule: 'schema.unknown-element',
    message,
    remedy: `Remove it, or write one of ${namesOf(parent)}.`,
  };
}

export function elementInValue(local: string, parent: Place): Problem {
  const message = `${parent.name} holds a value, so ${local} cannot stand in it.`;
  return { rule: 'schema.element-in-value', message, remedy: 'Remove the element and leave only the text.' };
}

/** What is wrong with a child the definition has; undefined when it is in order as far as one can tell yet. */
export function turnProblem(kind: TurnKind, place: Place, state: ContentState): Problem | undefined {
  switch (kind) {
    case 'in-order':
    case 'too-early':
      // What should have come before is reported at the end, if it has not come by then.
      return undefined;
    case 'too-late':
      return outOfOrder(place, state);
    case 'too-many':
      return tooMany(place);
    case 'other-choice':
      return otherChoice(place, state);
  }
}

function tooMany(place: Place): Problem {
  const allowed = place.max === 1 ? 'only once' : `at most ${place.max} times`;
  const message = `${place.name} may occur ${allowed} here.`;
  return {
    rule: 'schema.too-many',
    message,
    remedy: 'Remove it, or start a new element around it where that may repeat.',
  };
}

function outOfOrder(place: Place, state: ContentState): Problem {
  const last = state.place.children[state.slot]?.name ?? '';
  const message = `${place.name} stands after ${last}, but belongs before it.`;
  return { rule: 'schema.order', message, remedy: `Use the order ${namesOf(state.place)}.` };
}

function otherChoice(place: Place, state: ContentState): Problem {
  const chosen = state.place.children[state.slot]?.name ?? '';
  const message = `${chosen} and ${place.name} exclude each other.`;
  return { rule: 'schema.choice', message, remedy: `Keep exactly one of ${namesOf(state.place)}.` };
}

export function missingElement(place: Place, parent: Place): Problem {
  const message = `${place.name} is missing in ${parent.name}.`;
  return {
    rule: 'schema.missing',
    message,
    remedy: `Add ${place.name} at its place in the order ${namesOf(parent)}.`,
  };
}

export function missingChoice(parent: Place): Problem {
  const message = `${parent.name} holds none of the elements of which it needs one.`;
  return { rule: 'schema.missing', message, remedy: `Add one of ${namesOf(parent)}.` };
}

export function missingContent(parent: Place): Problem {
  const message = `${parent.name} is empty, but needs an element.`;
  return {
    rule: 'schema.missing',
    message,
    remedy: `Put the element it is there for into it, or leave ${parent.name} out.`,
  };
}

export function secondContent(parent: Place): Problem {
  const message = `${parent.name} may hold only one element.`;
  return { rule: 'schema.too-many', message, remedy: `Give each its own ${parent.name}.` };
}

export function strayText(parent: Place): Problem {
  const message = `${parent.name} holds elements, so text cannot stand between them.`;
  return { rule: 'schema.text', message, remedy: 'Remove the text, or put it into an element.' };
}

export function missingAttribute(name: string, place: Place): Problem {
  const message = `The attribute ${name} of ${place.name} is missing.`;
  return { rule: 'schema.attribute-missing', message, remedy: `Write <${place.name} ${name}="...">.` };
}

export function unknownAttribute(name: string, place: Place): Problem {
  const message = `${place.name} has no attribute ${name}.`;
  return { rule: 'schema.attribute-unknown', message, remedy: 'Remove the attribute.' };
}

export function unknownType(local: string): Problem {
  const message = `xsi:type gives ${local} a type that the message does not have.`;
  return { rule: 'schema.attribute-unknown', message, remedy: 'Remove the attribute xsi:type.' };
}

function namesOf(parent: Place): string {
  return parent.children.map((child) => child.name).join(', ');
}
