// Delivers a statement or a piece of history in the formats that the company's ERP reads; the camt goes into the archive in any
// case, and into the inbox also where another format can not say what it says.

import type { HistoryFormat, StatementFormat, WrittenFormat } from '../domain/erp-formats.ts';
import type { WrittenAccountFile } from '../erp/account-files.ts';
import { archiveCopy, deliver, fileStem, putIntoInbox, type Content, type Named } from './deliver.ts';
import type { CollectedAccount, InboundPorts } from './inbound-ports.ts';

/** A camt as it would be delivered, and how it is named. */
export interface CamtFile {
  readonly message: 'camt.052' | 'camt.053';
  readonly day: string;
  /** The last part of the name. */
  readonly what: string;
  readonly content: Content;
  /** When its answer was kept. */
  readonly at: string;
  /** It stands byte for byte in an answer so large that the archive does not hold it a second time. */
  readonly isInAnswer: boolean;
}

export interface DeliveredFiles {
  /** In the inbox, at least one. */
  readonly files: readonly [Named, ...Named[]];
  /** Under which the camt lies in the archive. */
  readonly camtName: string;
  /** Sentences for a person: what could not be written. */
  readonly flags: readonly string[];
}

/** Every file has the same name and bytes each time, so that what a crash cut short is delivered again without a second showing. */
export async function deliverWanted(
  ports: InboundPorts,
  account: CollectedAccount,
  camt: CamtFile,
  wanted: readonly (StatementFormat | HistoryFormat)[],
): Promise<DeliveredFiles> {
  const { message, day, what, content, at, isInAnswer } = camt;
  const others = wanted.filter((format) => format !== 'camt');
  const written: { readonly format: WrittenFormat; readonly file: WrittenAccountFile }[] = [];
  for (const format of others) written.push({ format, file: await writtenAs(ports, account, camt, format) });
  const flags = written.flatMap(({ format, file }) => flagsOf(format, file));
  const files: Named[] = [];
  const stem = fileStem(message, day, account.iban, what);
  let camtName = `${stem}.xml`;
  if (others.length < wanted.length || flags.length > 0) {
    const shown = await putIntoInbox(ports, account, stem, 'xml', content);
    camtName = shown.name;
    files.push(shown);
  }
  if (!isInAnswer) await archiveCopy(ports, account, at, camtName, content);
  for (const { format, file } of written) {
    if (file.kind === 'impossible') continue;
    const { name, sha256 } = await deliver(
      ports,
      account,
      at,
      fileStem(format, day, account.iban, what),
      file.ending,
      file.bytes,
    );
    files.push({ name, sha256 });
    if (Object.values(file.losses).some((count) => count > 0))
      ports.log.info('file.reduced', { account: account.iban, file: name, ...file.losses });
  }
  const [first, ...more] = files;
  if (first === undefined) throw new Error(`The ERP of ${account.company} reads no format at all.`);
  return { files: [first, ...more], camtName, flags };
}

function writtenAs(
  ports: InboundPorts,
  { iban, currency, formats }: CollectedAccount,
  camt: CamtFile,
  format: WrittenFormat,
): Promise<WrittenAccountFile> {
  const about = { iban, currency, createdAt: new Date(camt.at) };
  return ports.writeAccountFile(
    async function* () {
      yield* camt.content();
    },
    format,
    formats,
    about,
  );
}

function flagsOf(format: WrittenFormat, file: WrittenAccountFile): string[] {
  if (file.kind === 'written') return [];
  return [
    `This could not be written as ${format.toUpperCase()}, and the camt lies in the inbox instead. ${file.reasons.join(' ')}`,
  ];
}
