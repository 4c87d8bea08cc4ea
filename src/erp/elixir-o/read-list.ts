// Goes through an Elixir-O file line by line: every order in it, and everything that is wrong with its form.

import { createHash } from 'node:crypto';
import type { ElixirOForm } from '../../domain/erp-formats.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/rules/fault-at.ts';
import { TextReader } from './encoding.ts';
import { FIELD_COUNT, readFields, type Field } from './fields.ts';
import { LINE_BYTES_MAX, recordLines, type RecordLine } from './records.ts';
import { readTransfer, type ElixirTransfer } from './transfer.ts';

export interface ListedTransfer extends ElixirTransfer {
  /** The client reference; where there is none, one made of the bytes of the file up to here. */
  readonly endToEndId: string;
  /** Whether date and orderer are others than in the transfer before. */
  readonly beginsBlock: boolean;
}

/** Faults beyond these are only counted. */
const FAULTS_MAX = 1_000;

export class ListReader {
  readonly faults: Fault[] = [];
  faultCount = 0;
  /** False when the file ends within a line. */
  isComplete = true;
  readonly #form: ElixirOForm;
  readonly #text: TextReader;
  readonly #digest = createHash('sha256');
  #block = '';
  #isEmpty = true;
  #isFirstLine = true;

  constructor(form: ElixirOForm) {
    this.#form = form;
    this.#text = new TextReader(form.encoding);
  }

  /** The transfers of all lines that name one, also where something else is wrong with them. Reads the source to its end. */
  async *transfers(source: AsyncIterable<Uint8Array>): AsyncGenerator<ListedTransfer> {
    for await (const record of recordLines(source)) {
      const transfer = this.#transfer(record);
      if (transfer !== undefined) yield transfer;
    }
    const wrong = this.#text.wrong();
    if (wrong !== undefined)
      this.#note(
        at(
          'elixir-o.encoding',
          wrong.line,
          1,
          wrong.text,
          `The file is not written in ${this.#form.encoding}, as the configuration says; it looks like ${wrong.found}.`,
          'Correct elixirO.encoding of the company in the configuration, or the export of the ERP.',
        ),
      );
    if (this.#isEmpty)
      this.#note(at('elixir-o.empty', 1, 1, undefined, 'The file holds no order.', 'Export the list again.'));
  }

  #transfer(record: RecordLine): ListedTransfer | undefined {
    const { line, isTooLong, hasEnd } = record;
    this.#isEmpty = false;
    if (!hasEnd) this.isComplete = false;
    this.#digest.update(record.bytes);
    const text = this.#text.read(this.#withoutMark(record.bytes), line);
    if (isTooLong) {
      this.#note(
        at(
          'elixir-o.line-length',
          line,
          1,
          text,
          `The line is longer than ${LINE_BYTES_MAX} bytes.`,
          'Write each order on a line of its own, and line breaks inside a text as |.',
        ),
      );
      return undefined;
    }
    const fields = this.#fields(text, line, hasEnd);
    if (fields === undefined) return undefined;
    // What stands behind the last line end is whole when its last text is in quotes; else nobody can tell.
    if (!hasEnd && fields.at(-1)?.isQuoted === true) this.isComplete = true;
    else if (!hasEnd) this.#note(cut(line, text.length));
    const { transfer, faults } = readTransfer(fields, line, this.#form.splitPayment);
    faults.forEach((found) => this.#note(found));
    return (
      transfer && { ...transfer, endToEndId: this.#idOf(transfer), beginsBlock: this.#beginsBlock(transfer) }
    );
  }

  #fields(text: string, line: number, hasEnd: boolean): readonly Field[] | undefined {
    const read = readFields(text);
    if (read.kind === 'fields' && read.fields.length === FIELD_COUNT) return read.fields;
    if (!hasEnd) this.#note(cut(line, text.length));
    else if (read.kind === 'fields')
      this.#note(
        at(
          'elixir-o.fields',
          line,
          1,
          text,
          `The line has ${read.fields.length} fields; Elixir-O has ${FIELD_COUNT}, with commas between them.`,
          'Put texts that hold a comma in quotes, and write every field, also the empty ones.',
        ),
      );
    else
      this.#note(
        at(
          'elixir-o.quotes',
          line,
          read.column,
          text.slice(read.column - 1),
          read.problem === 'open-quote'
            ? 'A text that begins with a quote does not end in this line.'
            : 'Behind the quote that ends a text stands something else than a comma.',
          'Write a quote inside a text twice, and line breaks inside a text as |.',
        ),
      );
    return undefined;
  }

  /** EF BB BF at the beginning says that what follows is UTF-8, and is no text. */
  #withoutMark(bytes: Uint8Array): Uint8Array {
    const isMarked = this.#isFirstLine && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.#isFirstLine = false;
    return isMarked && this.#form.encoding === 'utf-8' ? bytes.subarray(3) : bytes;
  }

  /** Letters and digits, which every bank takes. Of no other line of this file, and of no other file that does not begin alike. */
  #idOf({ reference }: ElixirTransfer): string {
    if (reference.value !== '') return reference.value;
    const digest = this.#digest.copy().digest('hex').slice(0, 20).toUpperCase();
    return `L${reference.place.line}X${digest}`;
  }

  #beginsBlock({ date, ordererAccount, orderer }: ElixirTransfer): boolean {
    const block = JSON.stringify([date.value, ordererAccount.value, orderer.name, orderer.address]);
    if (block === this.#block) return false;
    this.#block = block;
    return true;
  }

  #note(found: Fault): void {
    this.faultCount++;
    if (this.faults.length < FAULTS_MAX) this.faults.push(found);
  }
}

function cut(line: number, length: number): Fault {
  return at(
    'elixir-o.cut',
    line,
    length + 1,
    undefined,
    'The file ends within this line.',
    'Export the list again, and end every line, the last one too.',
  );
}

function at(
  rule: string,
  line: number,
  column: number,
  value: string | undefined,
  message: string,
  remedy: string,
): Fault {
  return fault(rule, { line, column, path: '' }, value, message, remedy);
}
