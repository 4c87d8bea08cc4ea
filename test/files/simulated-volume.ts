// A file system in memory that knows what a power loss leaves of it: each name and each content has a state that
// programs see and one that was flushed.

import { systemError } from './simulated-effects.ts';

export interface FileNode {
  readonly kind: 'file' | 'other';
  /** Under which path it was made, for people and choosers. */
  readonly madeAs: string;
  content: Uint8Array;
  flushed: Uint8Array;
  mtimeMs: number;
}

export interface FolderNode {
  readonly kind: 'folder';
  readonly mtimeMs: number;
  names: Map<string, Node>;
  readonly flushed: Map<string, Node>;
  /** Changes of names in this folder that a power loss may undo. */
  readonly unflushed: Set<Change>;
}

export type Node = FileNode | FolderNode;

/** A name in a folder, whether or not something has it. */
export interface Place {
  readonly folder: FolderNode;
  readonly name: string;
}

/** One change of names: it gets to the disk as a whole or not at all. */
interface Change {
  readonly what: string;
  readonly sets: readonly { readonly place: Place; readonly node: Node | undefined }[];
  /** A rename gets to the disk after what gave its file the name it had: a file is never renamed into two names. */
  readonly after: Change | undefined;
}

/**
 * Decides what a power loss leaves of one thing that was not flushed: a number from 0 to `ways` - 1. 0 is that it
 * is lost. A name has two ways (lost, there), a content four (see `CONTENT_WAYS`).
 */
export type Chooser = (what: string, ways: number) => number;

/** What may be left of a content: what was flushed before, its first half, its second half after zeros, all. */
export const CONTENT_WAYS = ['lost', 'prefix', 'torn', 'whole'] as const;

export class SimulatedVolume {
  readonly #now: () => number;
  readonly #root: FolderNode;
  readonly #changes = new Set<Change>();
  readonly #unflushedFiles = new Set<FileNode>();
  #paths: readonly string[] | undefined;
  #version = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#root = newFolder(now());
  }

  /** Another number whenever a name or a content that programs see has changed. */
  get version(): number {
    return this.#version;
  }

  /** Fails as the system does: ENOENT, ENOTDIR. */
  nodeAt(path: string): Node {
    const node = this.#find(path);
    if (node === undefined) throw systemError('ENOENT', path);
    return node;
  }

  folderAt(path: string): FolderNode {
    const node = this.nodeAt(path);
    if (node.kind !== 'folder') throw systemError('ENOTDIR', path);
    return node;
  }

  fileAt(path: string): FileNode {
    const node = this.nodeAt(path);
    if (node.kind !== 'file') throw systemError(node.kind === 'folder' ? 'EISDIR' : 'ELOOP', path);
    return node;
  }

  exists(path: string): boolean {
    return this.#find(path) !== undefined;
  }

  create(path: string): FileNode {
    const file: FileNode = {
      kind: 'file',
      madeAs: path,
      content: NOTHING,
      flushed: NOTHING,
      mtimeMs: this.#now(),
    };
    this.#change(`name ${path}`, [{ place: this.#freePlace(path), node: file }]);
    return file;
  }

  makeFolder(path: string): void {
    this.#change(`folder ${path}`, [{ place: this.#freePlace(path), node: newFolder(this.#now()) }]);
  }

  append(file: FileNode, piece: Uint8Array): void {
    // A copy: whoever writes may use the memory again.
    file.content = Buffer.concat([file.content, piece]);
    file.mtimeMs = this.#now();
    this.#version += 1;
    this.#unflushedFiles.add(file);
  }

  flushFile(file: FileNode): void {
    file.flushed = file.content;
    this.#unflushedFiles.delete(file);
  }

  link(existing: string, path: string): void {
    this.#change(`name ${path}`, [{ place: this.#freePlace(path), node: this.fileAt(existing) }]);
  }

  rename(from: string, to: string): void {
    const node = this.nodeAt(from);
    const [source, target] = [this.#place(from), this.#place(to)];
    const after = [...source.folder.unflushed].findLast(({ sets }) =>
      sets.some((set) => set.place.name === source.name && set.node === node),
    );
    const sets = [
      { place: source, node: undefined },
      { place: target, node },
    ];
    this.#change(`rename ${from} to ${to}`, sets, after);
  }

  /** One file, or one folder with nothing in it. */
  unlink(path: string): void {
    const node = this.nodeAt(path);
    if (node.kind === 'folder' && node.names.size > 0) throw systemError('ENOTEMPTY', path);
    this.#change(`no name ${path}`, [{ place: this.#place(path), node: undefined }]);
  }

  flushFolder(folder: FolderNode): void {
    for (const change of folder.unflushed) this.#keep(change);
  }

  /** What another machine does to the names: durable at once. */
  put(path: string, content: Uint8Array, kind: FileNode['kind']): void {
    const bytes = content.slice();
    const node: FileNode = { kind, madeAs: path, content: bytes, flushed: bytes, mtimeMs: this.#now() };
    let folder = this.#root;
    const names = namesOf(path);
    for (const name of names.slice(0, -1)) {
      const next = folder.names.get(name) ?? newFolder(this.#now());
      if (next.kind !== 'folder') throw systemError('ENOTDIR', path);
      if (!folder.names.has(name)) this.#setAtOnce({ folder, name }, next);
      folder = next;
    }
    this.#setAtOnce({ folder, name: names.at(-1) ?? '' }, node);
  }

  take(path: string): Uint8Array | undefined {
    const node = this.#find(path);
    if (node === undefined || node.kind === 'folder') return undefined;
    this.#setAtOnce(this.#place(path), undefined);
    return node.content;
  }

  losePower(choose: Chooser): void {
    for (const change of this.#changes) if (choose(change.what, 2) === 1) this.#keep(change);
    for (const file of this.#unflushedFiles) {
      const way = CONTENT_WAYS[choose(`content of ${file.madeAs}`, CONTENT_WAYS.length)];
      file.content = file.flushed = leftOf(file, way ?? 'lost');
    }
    this.#changes.clear();
    this.#unflushedFiles.clear();
    forgetUnflushed(this.#root);
    this.#seenChange();
  }

  contentAt(path: string): Uint8Array | undefined {
    const node = this.#find(path);
    return node === undefined || node.kind === 'folder' ? undefined : node.content;
  }

  /** How much a power loss would be asked about. */
  unflushed(): number {
    return this.#changes.size + this.#unflushedFiles.size;
  }

  /** Paths of all files, sorted. */
  paths(): readonly string[] {
    if (this.#paths === undefined) {
      const found: string[] = [];
      collectPaths(this.#root, '', found);
      this.#paths = found.sort();
    }
    return this.#paths;
  }

  /** Every folder, and every file with its content, sorted by path: as programs see it, or as it is flushed. */
  tree(view: 'seen' | 'flushed'): [path: string, content: Uint8Array | undefined][] {
    const found: [string, Uint8Array | undefined][] = [];
    collectTree(this.#root, '', view, found);
    return found.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  #seenChange(): void {
    this.#paths = undefined;
    this.#version += 1;
  }

  #find(path: string): Node | undefined {
    let node: Node = this.#root;
    for (const name of namesOf(path)) {
      if (node.kind !== 'folder') throw systemError('ENOTDIR', path);
      const next = node.names.get(name);
      if (next === undefined) return undefined;
      node = next;
    }
    return node;
  }

  #place(path: string): Place {
    const slash = path.lastIndexOf('/');
    return { folder: this.folderAt(path.slice(0, slash)), name: path.slice(slash + 1) };
  }

  #freePlace(path: string): Place {
    const place = this.#place(path);
    if (place.folder.names.has(place.name)) throw systemError('EEXIST', path);
    return place;
  }

  #change(what: string, sets: Change['sets'], after?: Change): void {
    const change: Change = { what, sets, after };
    for (const { place, node } of sets) {
      set(place.folder.names, place.name, node);
      place.folder.unflushed.add(change);
    }
    this.#changes.add(change);
    this.#seenChange();
  }

  /** The change gets to the disk. */
  #keep(change: Change): void {
    if (!this.#changes.delete(change)) return;
    if (change.after !== undefined) this.#keep(change.after);
    for (const { place, node } of change.sets) {
      set(place.folder.flushed, place.name, node);
      place.folder.unflushed.delete(change);
    }
  }

  #setAtOnce(place: Place, node: Node | undefined): void {
    for (const change of place.folder.unflushed)
      if (change.sets.some((other) => other.place.name === place.name)) this.#keep(change);
    set(place.folder.names, place.name, node);
    set(place.folder.flushed, place.name, node);
    this.#seenChange();
  }
}

const NOTHING = new Uint8Array();

function newFolder(mtimeMs: number): FolderNode {
  return { kind: 'folder', mtimeMs, names: new Map(), flushed: new Map(), unflushed: new Set() };
}

function namesOf(path: string): string[] {
  return path === '/' || path === '' ? [] : path.slice(1).split('/');
}

function set(names: Map<string, Node>, name: string, node: Node | undefined): void {
  if (node === undefined) names.delete(name);
  else names.set(name, node);
}

function leftOf({ content, flushed }: FileNode, way: (typeof CONTENT_WAYS)[number]): Uint8Array {
  const half = Math.floor(content.length / 2);
  switch (way) {
    case 'lost':
      return flushed;
    case 'prefix':
      return content.slice(0, half);
    case 'torn':
      return content.slice().fill(0, 0, half);
    case 'whole':
      return content;
  }
}

function forgetUnflushed(folder: FolderNode): void {
  folder.names = new Map(folder.flushed);
  folder.unflushed.clear();
  for (const node of folder.names.values()) if (node.kind === 'folder') forgetUnflushed(node);
}

function collectPaths(folder: FolderNode, path: string, into: string[]): void {
  for (const [name, node] of folder.names) {
    if (node.kind === 'folder') collectPaths(node, `${path}/${name}`, into);
    else into.push(`${path}/${name}`);
  }
}

function collectTree(
  folder: FolderNode,
  path: string,
  view: 'seen' | 'flushed',
  into: [string, Uint8Array | undefined][],
): void {
  for (const [name, node] of view === 'seen' ? folder.names : folder.flushed) {
    const at = `${path}/${name}`;
    if (node.kind !== 'folder') into.push([at, view === 'seen' ? node.content : node.flushed]);
    else {
      into.push([at, undefined]);
      collectTree(node, at, view, into);
    }
  }
}
