// A disk in memory that forgets in a crash what was not flushed. A process sees it through a FileStore with
// effects of its own; the ERP and the checkers use the disk directly.

import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path/posix';
import { FileFailure, type FileEntry, type FileStore } from '../../src/files/file-store.ts';
import { createEffects, type Effects } from './simulated-effects.ts';

type Node =
  | { readonly kind: 'folder'; readonly mtimeMs: number }
  | { readonly kind: 'file' | 'other'; readonly content: Uint8Array; readonly mtimeMs: number };
type Nodes = Map<string, Node>;

/** A change of names that processes see, but that a crash may undo until one of its folders is flushed. */
interface Change {
  readonly what: string;
  readonly folders: readonly string[];
  readonly apply: (nodes: Nodes) => void;
}

export interface MemoryDisk {
  /** The disk as one life of a process uses it. */
  fileStore(effects?: Effects): FileStore;
  /** Power goes: unflushed changes are lost, but for those that `survives` says got to the disk by chance. */
  crash(survives?: (what: string) => boolean): void;
  /** Puts a file (or another kind of entry) there as another program would; parents are made. */
  put(path: string, content: Uint8Array, kind?: 'file' | 'other'): void;
  /** Takes a file away as another program would. */
  take(path: string): Uint8Array | undefined;
  /** Paths of all files, sorted. */
  paths(): readonly string[];
}

const PIECE_SIZE_BYTES = 64 * 1024;

export function createMemoryDisk(now: () => number = () => 0): MemoryDisk {
  const durable: Nodes = new Map([['/', { kind: 'folder', mtimeMs: now() }]]);
  let visible: Nodes = new Map(durable);
  let pending: Change[] = [];
  let parts = 0;

  function change(what: string, folders: readonly string[], apply: (nodes: Nodes) => void): void {
    apply(visible);
    pending.push({ what, folders, apply });
  }

  function flush(folder: string): void {
    for (const { folders, apply } of pending) if (folders.includes(folder)) apply(durable);
    pending = pending.filter(({ folders }) => !folders.includes(folder));
  }

  function requireFolder(folder: string): void {
    if (visible.get(folder)?.kind !== 'folder')
      throw new FileFailure('missing', folder, `${folder} is missing`);
  }

  function requireFree(path: string): void {
    if (visible.has(path)) throw new FileFailure('exists', path, `${path} exists already`);
  }

  function fileContent(path: string): Uint8Array {
    const node = visible.get(path);
    if (node === undefined) throw new FileFailure('missing', path, `${path} is missing`);
    if (node.kind !== 'file') throw new FileFailure('failed', path, `${path} is not a file`);
    return node.content;
  }

  function entry(path: string): FileEntry | undefined {
    const node = visible.get(path);
    if (node === undefined) return undefined;
    const sizeBytes = node.kind === 'folder' ? 0 : node.content.length;
    return { name: basename(path), kind: node.kind, sizeBytes, mtimeMs: node.mtimeMs };
  }

  function fileStore(effects: Effects = createEffects()): FileStore {
    const store: FileStore = {
      async list(folder) {
        effects.requireAlive();
        requireFolder(folder);
        const inside = [...visible.keys()].filter((path) => path !== '/' && dirname(path) === folder).sort();
        return inside.flatMap((path) => entry(path) ?? []);
      },
      async stat(path) {
        effects.requireAlive();
        return entry(path);
      },
      async *read(path, range) {
        effects.requireAlive();
        // An open file stays readable whatever becomes of its name, as on POSIX.
        const content = fileContent(path).slice(range?.from ?? 0, range?.to);
        for (let at = 0; at < content.length; at += PIECE_SIZE_BYTES) {
          effects.requireAlive();
          yield content.slice(at, at + PIECE_SIZE_BYTES);
        }
      },
      async readWhole(path, sizeBytesMax) {
        effects.requireAlive();
        const content = fileContent(path);
        if (content.length > sizeBytesMax) {
          throw new FileFailure('too-large', path, `${path} is larger than ${sizeBytesMax} bytes`);
        }
        return content.slice();
      },
      async write(path, source, options) {
        const folder = dirname(path);
        parts += 1;
        const part = `${folder}/.${basename(path)}.${parts}.goniec-part`;
        effects.requireAlive();
        requireFolder(folder);
        const content = await gather(source);
        effects.perform(`write part of ${path}`, () => {
          // Flushed content comes with the name it is put in place under; a part found after a crash is half
          // a file.
          const half = content.slice(0, Math.floor(content.length / 2));
          change(`part of ${path}`, [folder], (nodes) => {
            nodes.set(part, { kind: 'file', content: half, mtimeMs: now() });
          });
        });
        try {
          effects.perform(`put ${path} in place`, () => {
            if (options?.replace !== true) requireFree(path);
            change(`name ${path}`, [folder], (nodes) => {
              nodes.delete(part);
              nodes.set(path, { kind: 'file', content, mtimeMs: now() });
            });
          });
        } catch (error) {
          if (!effects.crashed) change(`no part of ${path}`, [folder], (nodes) => nodes.delete(part));
          throw error;
        }
        effects.perform(`flush ${folder}`, () => flush(folder));
        return { sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
      },
      async move(from, to) {
        effects.perform(`move ${from} to ${to}`, () => {
          if (!visible.has(from)) throw new FileFailure('missing', from, `${from} is missing`);
          requireFree(to);
          requireFolder(dirname(to));
          const moved = [...visible].filter(([path]) => path === from || path.startsWith(`${from}/`));
          change(`move ${from} to ${to}`, [dirname(from), dirname(to)], (nodes) => {
            for (const [path] of moved) nodes.delete(path);
            for (const [path, node] of moved) nodes.set(to + path.slice(from.length), node);
          });
        });
        effects.perform(`flush ${dirname(to)}`, () => flush(dirname(to)));
        if (dirname(from) !== dirname(to))
          effects.perform(`flush ${dirname(from)}`, () => flush(dirname(from)));
      },
      async remove(path) {
        effects.requireAlive();
        if (!visible.has(path)) return;
        effects.perform(`remove ${path}`, () => {
          change(`remove ${path}`, [dirname(path)], (nodes) => {
            for (const other of [...nodes.keys()])
              if (other === path || other.startsWith(`${path}/`)) nodes.delete(other);
          });
        });
        effects.perform(`flush ${dirname(path)}`, () => flush(dirname(path)));
      },
      async makeFolder(path) {
        effects.requireAlive();
        if (visible.get(path)?.kind === 'folder') return;
        await store.makeFolder(dirname(path));
        effects.perform(`make folder ${path}`, () => {
          requireFree(path);
          change(`folder ${path}`, [dirname(path)], (nodes) =>
            nodes.set(path, { kind: 'folder', mtimeMs: now() }),
          );
        });
        effects.perform(`flush ${dirname(path)}`, () => flush(dirname(path)));
      },
    };
    return store;
  }

  function onBoth(apply: (nodes: Nodes) => void): void {
    apply(visible);
    apply(durable);
  }

  return {
    fileStore,
    crash(survives = () => false) {
      for (const { what, apply } of pending) if (survives(what)) apply(durable);
      pending = [];
      visible = new Map(durable);
    },
    put(path, content, kind = 'file') {
      onBoth((nodes) => {
        for (let folder = dirname(path); !nodes.has(folder); folder = dirname(folder)) {
          nodes.set(folder, { kind: 'folder', mtimeMs: now() });
        }
        nodes.set(path, { kind, content: content.slice(), mtimeMs: now() });
      });
    },
    take(path) {
      const node = visible.get(path);
      onBoth((nodes) => nodes.delete(path));
      return node === undefined || node.kind === 'folder' ? undefined : node.content;
    },
    paths: () => [...visible].flatMap(([path, node]) => (node.kind === 'folder' ? [] : [path])).sort(),
  };
}

async function gather(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content.slice();
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}
