// Loads @peculiar/x509 when something has to be made with it: most starts find their certificates on disk.

import type * as x509Module from '@peculiar/x509';
import { provideReflectMetadata } from './reflect-metadata.ts';

export type X509 = typeof x509Module;

export async function loadX509(): Promise<X509> {
  provideReflectMetadata();
  return await import('@peculiar/x509');
}
