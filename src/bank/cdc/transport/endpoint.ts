// Where the bank listens and how each side proves who it is, made into what a TLS connection needs.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';

/** Certificates and keys as PEM bytes; nothing here switches a check off. */
export interface CdcTls {
  /** Our communication certificate, with its chain where the bank wants it. */
  readonly certificate: Uint8Array;
  readonly key: Uint8Array;
  readonly passphrase: string | undefined;
  /** The authorities the bank's certificate may come from; undefined = the public ones known to Node. */
  readonly authorities: Uint8Array | undefined;
  /** The name the bank's certificate must carry, where it is not the host of the address. */
  readonly serverName: string | undefined;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Path and query of the address. */
  readonly path: string;
  /** The name the certificate is checked against. */
  readonly serverName: string;
  /** Server Name Indication; empty for an address in numbers, which RFC 6066 section 3 does not allow there. */
  readonly indicatedName: string;
  readonly secureContext: SecureContext;
}

/**
 * Reads the address and the key material once, so that a wrong file stops the start instead of an order.
 * Throws an Error with a sentence for the operator: not https, unreadable PEM, wrong passphrase, key of another certificate.
 */
export function endpointOf(url: string, tls: CdcTls): Endpoint {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address?.protocol !== 'https:') {
    throw new Error(`The bank's address must begin with https://, but it is "${url}".`);
  }
  const host = address.hostname.replace(/^\[(.*)\]$/, '$1');
  const serverName = tls.serverName ?? host;
  return {
    host,
    port: address.port === '' ? 443 : Number(address.port),
    path: address.pathname + address.search,
    serverName,
    indicatedName: isIP(serverName) === 0 ? serverName : '',
    secureContext: secureContextOf(tls),
  };
}

function secureContextOf(tls: CdcTls): SecureContext {
  const passphrase = tls.passphrase === undefined ? {} : { passphrase: tls.passphrase };
  const [cert, key] = [Buffer.from(tls.certificate), Buffer.from(tls.key)];
  try {
    // OpenSSL compares the two only where their kinds are the same.
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey({ key, ...passphrase }))) {
      throw new Error('the key belongs to another certificate');
    }
    const ca = tls.authorities === undefined ? {} : { ca: Buffer.from(tls.authorities) };
    return createSecureContext({ cert, key, ...passphrase, ...ca, minVersion: 'TLSv1.2' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The TLS certificate, key or authorities for the bank cannot be used (${reason}). ` +
        'All must be PEM; the key must belong to the certificate and the passphrase to the key.',
      { cause: error },
    );
  }
}
