/** Which prefix is bound to which namespace at the present element (Namespaces in XML 1.0). */

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** A prefix with its present binding; one object per prefix for the life of a reader, so a lookup is one field. */
export interface PrefixBinding {
  readonly prefix: string;
  /** Undefined while the prefix is not declared. */
  namespace: string | undefined;
}

/** The scopes of the open elements. */
export class NamespaceScopes {
  readonly #bindings = new Map<string, PrefixBinding>([
    ['', { prefix: '', namespace: '' }],
    ['xml', { prefix: 'xml', namespace: XML_NAMESPACE }],
  ]);
  readonly #undo: { binding: PrefixBinding; before: string | undefined; depth: number }[] = [];
  /** Depth of the innermost element that declares anything; kept apart so that leaving an element is one comparison. */
  #innermost = 0;

  binding(prefix: string): PrefixBinding {
    const known = this.#bindings.get(prefix);
    if (known !== undefined) return known;
    const made: PrefixBinding = { prefix, namespace: undefined };
    this.#bindings.set(prefix, made);
    return made;
  }

  /** Binds a prefix from the element at this depth on, until `leave` of the same depth. */
  declare(prefix: string, namespace: string, depth: number): void {
    const binding = this.binding(prefix);
    this.#undo.push({ binding, before: binding.namespace, depth });
    binding.namespace = namespace;
    this.#innermost = depth;
  }

  /** Takes back what the element at this depth declared. */
  leave(depth: number): void {
    if (depth !== this.#innermost) return;
    let last = this.#undo.at(-1);
    while (last?.depth === depth) {
      last.binding.namespace = last.before;
      this.#undo.pop();
      last = this.#undo.at(-1);
    }
    this.#innermost = last?.depth ?? 0;
  }
}

/** Why a declaration is not allowed (Namespaces in XML 1.0, sections 2.2, 3 and 5), or undefined. */
export function declarationProblem(prefix: string, namespace: string): string | undefined {
  if (prefix === 'xmlns') return 'The prefix xmlns must not be declared.';
  if (namespace === XMLNS_NAMESPACE) return `No prefix may be bound to ${XMLNS_NAMESPACE}.`;
  if (prefix === 'xml' && namespace !== XML_NAMESPACE)
    return `The prefix xml stands for ${XML_NAMESPACE} only.`;
  if (prefix !== 'xml' && namespace === XML_NAMESPACE)
    return `Only the prefix xml may be bound to ${XML_NAMESPACE}.`;
  if (prefix !== '' && namespace === '') return `The prefix ${prefix} cannot be bound to no namespace.`;
  return undefined;
}
