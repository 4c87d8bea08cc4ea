// The disk of a simulation: the system calls under the real file store. Each call that changes something is an
// effect; shares vanish, fill up or become read-only; a power loss takes what was not flushed.

import type { DiskCalls, FileToRead, FileToWrite } from '../../src/files/disk-calls.ts';
import { createDiskFileStore, type DiskFileStore } from '../../src/files/disk-file-store.ts';
import { createEffects, systemError, type Effects } from './simulated-effects.ts';
import { SimulatedVolume, type Chooser, type FileNode } from './simulated-volume.ts';

export interface SimulatedDisk {
  /** The real file store, as one life of a process uses it. What the process has done outlives it. */
  fileStore(effects?: Effects): DiskFileStore;
  /**
   * Power goes: of what was not flushed only that is left which `choose` says; by default nothing. A process that
   * merely dies loses nothing: then nothing is to be called.
   */
  crash(choose?: Chooser): void;
  /** From now on every call of every process below `root` fails with `code`, lists too. */
  vanish(root: string, code?: string): void;
  comeBack(root: string): void;
  /** From now on nothing more can be written below `root`; renames, links and removals still work. */
  fill(root: string): void;
  free(root: string): void;
  /** From now on nothing can be changed below `root`. */
  protect(root: string): void;
  unprotect(root: string): void;

  // As another program on another machine: no fault stands in its way, and what it does is durable at once.

  /** Puts a file (or another kind of entry) there; parents are made. */
  put(path: string, content: Uint8Array, kind?: 'file' | 'other'): void;
  /** Takes a file away. */
  take(path: string): Uint8Array | undefined;
  /** What is in a file; undefined when there is none. */
  content(path: string): Uint8Array | undefined;
  /** Paths of all files, sorted; the same array while no name changes. */
  paths(): readonly string[];
  /** Every folder, and every file with its content, sorted by path: as programs see it, or as a loss of power would leave it. */
  tree(view: 'seen' | 'flushed'): [path: string, content: Uint8Array | undefined][];
  /** Another number whenever anything that programs see has changed. */
  version(): number;
  /** How many names and contents a loss of power would be asked about now. */
  unflushed(): number;
}

export function createSimulatedDisk(now: () => number = () => 0): SimulatedDisk {
  const volume = new SimulatedVolume(now);
  const faults: Faults = { gone: new Map(), full: new Set(), protected: new Set() };
  let lives = 0;
  return {
    fileStore(effects = createEffects()) {
      lives += 1;
      return createDiskFileStore(callsOf(volume, faults, effects), `life${lives}`);
    },
    crash: (choose = () => 0) => volume.losePower(choose),
    vanish: (root, code = 'ESTALE') => void faults.gone.set(root, code),
    comeBack: (root) => void faults.gone.delete(root),
    fill: (root) => void faults.full.add(root),
    free: (root) => void faults.full.delete(root),
    protect: (root) => void faults.protected.add(root),
    unprotect: (root) => void faults.protected.delete(root),
    put: (path, content, kind = 'file') => volume.put(path, content, kind),
    take: (path) => volume.take(path),
    content: (path) => volume.contentAt(path),
    paths: () => volume.paths(),
    tree: (view) => volume.tree(view),
    version: () => volume.version,
    unflushed: () => volume.unflushed(),
  };
}

/** What stands between processes and the disk, by the root it begins at. */
interface Faults {
  readonly gone: Map<string, string>;
  readonly full: Set<string>;
  readonly protected: Set<string>;
}

function callsOf(volume: SimulatedVolume, faults: Faults, effects: Effects): DiskCalls {
  function requireThere(path: string): void {
    for (const [root, code] of faults.gone) if (isBelow(path, root)) throw systemError(code, path);
  }

  function requireChangeable(path: string): void {
    requireThere(path);
    for (const root of faults.protected) if (isBelow(path, root)) throw systemError('EROFS', path);
  }

  function requireRoom(path: string): void {
    requireChangeable(path);
    for (const root of faults.full) if (isBelow(path, root)) throw systemError('ENOSPC', path);
  }

  /** A call that changes nothing. */
  function looking(path: string): void {
    effects.requireAlive();
    requireThere(path);
  }

  function unlink(path: string): void {
    effects.perform(`remove ${path}`, () => {
      requireChangeable(path);
      volume.unlink(path);
    });
  }

  /** In one of the orders a system may take; a crash can leave a part of it. */
  function removeTree(path: string): void {
    const node = volume.nodeAt(path);
    if (node.kind === 'folder')
      for (const name of [...node.names.keys()].sort()) removeTree(`${path}/${name}`);
    unlink(path);
  }

  return {
    async names(folder) {
      looking(folder);
      return [...volume.folderAt(folder).names.keys()];
    },
    async look(path) {
      looking(path);
      const node = volume.nodeAt(path);
      const sizeBytes = node.kind === 'folder' ? 0 : node.content.length;
      return { kind: node.kind, sizeBytes, mtimeMs: node.mtimeMs };
    },
    async openToRead(path) {
      looking(path);
      return fileToRead(volume.fileAt(path), () => looking(path));
    },
    async create(path) {
      const file = effects.perform(`create ${path}`, () => {
        requireChangeable(path);
        return volume.create(path);
      });
      return fileToWrite(path, file);
    },
    async rename(from, to) {
      effects.perform(`rename ${from} to ${to}`, () => {
        requireChangeable(from);
        requireChangeable(to);
        volume.rename(from, to);
      });
    },
    async link(existing, path) {
      effects.perform(`link ${existing} to ${path}`, () => {
        requireChangeable(path);
        volume.link(existing, path);
      });
    },
    async unlink(path) {
      unlink(path);
    },
    async removeTree(path) {
      looking(path);
      if (volume.exists(path)) removeTree(path);
    },
    async makeFolder(path) {
      effects.requireAlive();
      // No effect where there is nothing to change: daemons make sure of the same folders again and again.
      if (volume.exists(path)) {
        requireThere(path);
        throw systemError('EEXIST', path);
      }
      effects.perform(`make folder ${path}`, () => {
        requireRoom(path);
        volume.makeFolder(path);
      });
    },
    async flushFolder(path) {
      effects.perform(`flush ${path}`, () => {
        requireThere(path);
        volume.flushFolder(volume.folderAt(path));
      });
    },
  };

  function fileToWrite(path: string, file: FileNode): FileToWrite {
    return {
      async write(piece) {
        effects.perform(`write ${path}`, () => {
          requireRoom(path);
          volume.append(file, piece);
        });
      },
      async flush() {
        effects.perform(`flush ${path}`, () => {
          requireThere(path);
          volume.flushFile(file);
        });
      },
      close: async () => effects.requireAlive(),
    };
  }
}

/** An open file stays readable whatever becomes of its name, as on POSIX. */
function fileToRead(file: FileNode, looking: () => void): FileToRead {
  const { content } = file;
  return {
    async read(into, position) {
      looking();
      const piece = content.subarray(position, position + into.length);
      into.set(piece);
      return piece.length;
    },
    close: async () => undefined,
  };
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
