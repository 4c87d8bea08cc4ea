// What stands in the file as far as relations between keys ask, read leniently: a fault elsewhere must not hide one here.

import { z } from 'zod';

const word = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const words = z.array(z.string().catch('')).catch([]).default([]);
const anything = z.unknown().optional();

const keyFiles = z.object({ passphrase: anything }).optional().catch(undefined);

const writtenSchema = z.object({
  state: word,
  log: z.object({ folder: word }).catch({}).default({}),
  readiness: z.object({ minimumAge: word, incompleteAfter: word }).catch({}).default({}),
  companies: z
    .array(z.object({ name: word, outbox: word, inbox: word, archive: word }).catch({}))
    .catch([])
    .default([]),
  banks: z
    .array(
      z
        .object({
          name: word,
          dialect: word,
          url: word,
          environment: word,
          sandbox: z.boolean().optional().catch(undefined),
          sandboxControlPort: number,
          tls: keyFiles,
          signing: z.union([z.literal('none'), keyFiles]).catch(undefined),
          header: anything,
          profile: z
            .object({ notFound: words, duplicate: words, refusal: words, systemic: words })
            .catch({ notFound: [], duplicate: [], refusal: [], systemic: [] })
            .default({ notFound: [], duplicate: [], refusal: [], systemic: [] }),
          follow: z.object({ firstAsk: word, askEveryMax: word }).catch({}).default({}),
        })
        .optional()
        .catch(undefined),
    )
    .catch([])
    .default([]),
  accounts: z
    .array(
      z
        .object({
          iban: word,
          company: word,
          bank: word,
          balances: word,
          history: word,
          statements: z.object({ at: word }).catch({}).default({}),
        })
        .optional()
        .catch(undefined),
    )
    .catch([])
    .default([]),
});

export type Written = z.output<typeof writtenSchema>;

/** Never fails: what is not as expected is absent. */
export function written(content: unknown): Written {
  return writtenSchema.parse(
    typeof content === 'object' && content !== null && !Array.isArray(content) ? content : {},
  );
}
