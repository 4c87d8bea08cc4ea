// Preloaded into a process (`node --import`), it puts the mistake named by GONIEC_MISTAKE into its file when that is loaded.

import { Buffer } from 'node:buffer';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mistakeNamed } from './all-mistakes.ts';
import { mistaken } from './mistake.ts';

/** True once the mistaken file is part of this process; a mistake nobody loads proves nothing. */
export let isMade = false;

const name = process.env.GONIEC_MISTAKE;
if (name !== undefined) {
  const mistake = mistakeNamed(name);
  const url = pathToFileURL(join(import.meta.dirname, '../..', mistake.file)).href;
  registerHooks({
    load(loaded, context, next) {
      const module = next(loaded, context);
      if (loaded !== url) return module;
      const { source } = module;
      const text = typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8');
      isMade = true;
      return { ...module, source: mistaken(mistake, text) };
    },
  });
}
