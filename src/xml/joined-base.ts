/** Joins the `xml:base` of an element to that of what is around it, as Canonical XML 1.1 section 2.4 and its appendix want it. */

interface Reference {
  scheme: string | undefined;
  authority: string | undefined;
  path: string;
  query: string | undefined;
  fragment: string | undefined;
}

/** RFC 3986 section 5.2, but that the base may be relative too, no `../` at the start gets lost, and no fragment stays. */
export function joinedBase(base: string, reference: string): string {
  const from = parsed(base);
  const to = parsed(reference);
  const joined = { ...to, fragment: undefined };
  if (to.scheme === undefined) {
    joined.scheme = from.scheme;
    if (to.authority === undefined) {
      joined.authority = from.authority;
      if (to.path === '') {
        joined.path = from.path;
        joined.query = to.query ?? from.query;
      } else if (!to.path.startsWith('/')) joined.path = merged(from, to.path);
    }
  }
  return written({ ...joined, path: withoutDots(joined.path) });
}

/** RFC 3986 appendix B. */
function parsed(text: string): Reference {
  const [, scheme, authority, path = '', query, fragment] =
    /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
  return { scheme, authority, path, query, fragment };
}

function written({ scheme, authority, path, query }: Reference): string {
  const start = `${scheme === undefined ? '' : `${scheme}:`}${authority === undefined ? '' : `//${authority}`}`;
  return `${start}${path}${query === undefined ? '' : `?${query}`}`;
}

function merged(base: Reference, path: string): string {
  if (base.authority !== undefined && base.path === '') return `/${path}`;
  // A base that ends in `..` stands for the folder above.
  const folder = /(?:^|\/)\.\.$/.test(base.path) ? `${base.path}/` : base.path.replace(/[^/]*$/, '');
  return folder + path;
}

/** Section 5.2.4, as the appendix of Canonical XML 1.1 changes it. */
function withoutDots(path: string): string {
  const isAbsolute = path.startsWith('/');
  const kept: string[] = [];
  const segments = path.split('/').filter((segment, n, all) => segment !== '' || n === all.length - 1);
  segments.forEach((segment, n) => {
    const isLast = n === segments.length - 1;
    if (segment === '..') {
      if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
      else if (!isAbsolute) kept.push('..');
    } else if (segment !== '.' && segment !== '') kept.push(segment);
    // What ends in a dot segment is a folder.
    if (isLast && (segment === '..' || segment === '.' || segment === '') && kept.length > 0) kept.push('');
  });
  return (isAbsolute ? '/' : '') + kept.join('/');
}
