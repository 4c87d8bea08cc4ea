// The port of the signing key: it signs a digest's document and shows its certificate; the key itself never leaves it.

export interface OrderSignature {
  /** What `Signer.wrapperDigest` gave: with the usual profile SHA-256 over the wrapper's exclusive canonical form. */
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
   * The digest a signature over `wrapper` needs (OrderSignature.wrapperDigest): the wrapper element as a document of its
   * own, still without its signature, in pieces of any size. Where the bank wants the whole envelope signed, it is
   * the envelope that must be given. Rejects for bytes that are not well-formed XML.
   */
  wrapperDigest(wrapper: AsyncIterable<Uint8Array>): Promise<Uint8Array>;
  /** A complete `ds:Signature` element (XAdES-BES) to stand as the wrapper's last child. */
  signOrder(signature: OrderSignature): Promise<Uint8Array>;
  /** For people: whose certificate, and until when. */
  readonly certificate: { readonly subject: string; readonly validTo: Date; readonly fingerprint256: string };
}
