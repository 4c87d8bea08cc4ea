// Says in a sentence what a failed connection means and what a person can do about it.

/** What went wrong, by the code Node gives it; `serverName` is the name the bank's certificate was checked against. */
export function explainNetworkFault(error: Error, serverName: string): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return `${meaningOf(code, serverName)} (${code === '' ? error.message : `${code}: ${error.message}`})`;
}

function meaningOf(code: string, serverName: string): string {
  if (OUR_CERTIFICATE_REFUSED.test(code)) {
    return 'the bank refuses our TLS certificate: check that it is the communication certificate the bank issued, that it has not expired and that its key belongs to it';
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host name of the bank is not known here: check the address and the name server';
    case 'ECONNREFUSED':
      return 'nothing listens at the address of the bank: check host and port, or wait until the bank is back';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return 'the bank cannot be reached from here: check the network and the firewall';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return `the certificate shown is not for "${serverName}": check the address; set the server name only if the bank has confirmed it`;
    case 'CERT_HAS_EXPIRED':
      return "the bank's certificate has expired: check this machine's clock, then ask the bank";
    case 'CERT_NOT_YET_VALID':
      return "the bank's certificate is not valid yet: check this machine's clock";
    case 'CERT_REVOKED':
      return "the bank's certificate has been revoked: ask the bank";
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
    case 'INVALID_CA':
    case 'CERT_SIGNATURE_FAILURE':
      return "the bank's certificate does not come from the configured authority: put the bank's authority certificate into the settings; if it was there and worked, suspect someone in between";
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
    case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
      return 'the other side does not speak TLS 1.2 or later: check host and port, and any proxy in between';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'the connection was closed by the other side';
    default:
      return 'the connection failed';
  }
}

/** What went wrong before the TLS handshake was done: a server that closes without a word may mean our certificate. */
export function explainHandshakeFault(error: Error, serverName: string): string {
  const told = explainNetworkFault(error, serverName);
  return 'code' in error && error.code === 'ECONNRESET' ? `${told}. ${CERTIFICATE_HINT}` : told;
}

/** TLS alerts by which a server turns a client certificate down (RFC 8446 section 6.2, RFC 5246 section 7.2.2). */
const OUR_CERTIFICATE_REFUSED =
  /^ERR_SSL_.*ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|HANDSHAKE_FAILURE|ACCESS_DENIED)$/;

/** Under TLS 1.3 a refused client certificate shows only after the client believes the handshake done (RFC 8446 section 4.4.2.4). */
export const CERTIFICATE_HINT = 'If this happens every time, the bank may be refusing our TLS certificate.';
