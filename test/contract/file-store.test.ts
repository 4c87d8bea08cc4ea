import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFileStore } from '../../src/files/disk-file-store.ts';
import { createSimulatedDisk } from '../files/simulated-disk.ts';
import { fileStoreContract } from './file-store.contract.ts';

fileStoreContract('on a disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'goniec-files-'));
  return {
    store: diskFileStore,
    folder,
    putOther: (path) => symlink('/nowhere', path),
    close: () => rm(folder, { recursive: true }),
  };
});

fileStoreContract('on a simulated disk', async () => {
  const disk = createSimulatedDisk();
  await disk.fileStore().makeFolder('/erp');
  return {
    store: disk.fileStore(),
    folder: '/erp',
    putOther: async (path) => disk.put(path, new Uint8Array(), 'other'),
    close: async () => undefined,
  };
});
