// The port of the signing key: it signs a digest's document and shows its certificate; the key itself never leaves it.

/** A message to sign that is no sound XML, or holds what is never signed. */
export class UnsoundMessage extends Error {
  readonly rule: string;
  /** Line and column from 1, of what was given to the digest. */
  readonly line: number;
  readonly column: number;
  /** One sentence. */
  readonly what: string;

  constructor(what: string, rule: string, line: number, column: number) {
    super(`the message to sign is not sound: ${what} (${rule}, line ${line}, column ${column})`);
    this.name = 'UnsoundMessage';
    this.what = what;
    this.rule = rule;
    this.line = line;
    this.column = column;
  }
}

/** A digest while the bytes go by, in pieces of any size. Both throw UnsoundMessage as soon as that is known. */
export interface RunningDigest {
  /** The bytes are not kept. */
  write(piece: Uint8Array): void;
  /** The same for whole elements without prefixes and declarations, written as Canonical XML writes them. */
  writePlain(elements: Uint8Array): void;
  /** To be called once, after the last piece. */
  end(): Uint8Array;
}

export interface OrderSignature {
  /** What `Signer.startDigest` came to: with the usual profile SHA-256 over the wrapper's exclusive canonical form. */
  readonly wrapperDigest: Uint8Array;
  /** Prefix of the Ids inside the signature, unique within the message. */
  readonly id: string;
  readonly signingTime: Date;
  /**
   * Prefixes and namespaces in scope where the signature will stand ('' is the default namespace). They only matter
   * to inclusive canonicalization; under exclusive they may be left out.
   */
  readonly namespaces?: Readonly<Record<string, string>>;
}

export interface Signer {
  /**
   * For the digest that a signature needs (OrderSignature.wrapperDigest). It is to be given the wrapper element as a
   * document of its own, still without its signature; where the bank wants the whole envelope signed, the envelope.
   */
  startDigest(): RunningDigest;
  /** A complete `ds:Signature` element (XAdES-BES) to stand as the wrapper's last child. */
  signOrder(signature: OrderSignature): Promise<Uint8Array>;
  /** For people: whose certificate, and until when. */
  readonly certificate: { readonly subject: string; readonly validTo: Date; readonly fingerprint256: string };
}
