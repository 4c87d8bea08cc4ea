// A mail server on a real socket: STARTTLS, TLS from the start, AUTH, and whatever fault a test wants.

import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { issueCertificate } from '../../../src/certificates/issue-certificate.ts';

export interface Identity {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** A certificate for localhost and the authority that vouches for it. */
export async function newIdentity(): Promise<Identity> {
  const notAfter = new Date('2035-01-01T00:00:00Z');
  const authority = await issueCertificate({
    purpose: 'authority',
    name: 'Test CA',
    notAfter,
    issuer: undefined,
  });
  const server = await issueCertificate({
    purpose: 'server',
    name: 'localhost',
    notAfter,
    issuer: authority,
  });
  return { authority: authority.certificate, certificate: server.certificate, key: server.key };
}

export interface SmtpBehaviour {
  /** TLS from the first byte. */
  readonly implicit?: boolean;
  /** False: STARTTLS is not offered, as by a man in the middle who takes it out. */
  readonly startTls?: boolean;
  readonly password?: string;
  /** Answers given instead of taking, at MAIL, RCPT or after DATA; `drop` closes the connection. */
  refuse?: { readonly at: 'MAIL' | 'RCPT' | 'DATA' | 'END'; readonly answer: string };
}

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly encrypted: boolean;
  readonly user: string | undefined;
  readonly data: string;
}

export class SmtpServer {
  readonly received: ReceivedMail[] = [];
  /** Passwords that came before the connection was shut in. */
  readonly passwordsInClear: string[] = [];
  behaviour: SmtpBehaviour;
  readonly #identity: Identity;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(identity: Identity, behaviour: SmtpBehaviour) {
    this.#identity = identity;
    this.behaviour = behaviour;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
      if (this.behaviour.implicit === true) this.#serve(this.#secured(socket), true, true);
      else this.#serve(socket, false, true);
    });
  }

  static async start(identity: Identity, behaviour: SmtpBehaviour = {}, port = 0): Promise<SmtpServer> {
    const server = new SmtpServer(identity, behaviour);
    await new Promise<void>((resolve) => server.#server.listen(port, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #secured(socket: Socket): TLSSocket {
    const { certificate, key } = this.#identity;
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext: createSecureContext({ cert: certificate, key }),
    });
    secure.on('error', () => undefined);
    return secure;
  }

  #serve(socket: Socket, encrypted: boolean, greet: boolean): void {
    const say = (line: string): boolean => socket.write(`${line}\r\n`);
    let [buffer, from, to, user, inData] = ['', '', '', undefined as string | undefined, false];
    const refused = (at: NonNullable<SmtpBehaviour['refuse']>['at']): boolean => {
      const { refuse } = this.behaviour;
      if (refuse?.at !== at) return false;
      if (refuse.answer === 'drop') socket.destroy();
      else say(refuse.answer);
      return true;
    };
    const onCommand = (line: string): void => {
      const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? '';
      switch (verb) {
        case 'EHLO':
          say('250-localhost');
          if (!encrypted && this.behaviour.startTls !== false) say('250-STARTTLS');
          say('250-AUTH PLAIN');
          say('250 8BITMIME');
          return;
        case 'STARTTLS': {
          if (this.behaviour.startTls === false) {
            say('502 5.5.1 not here');
            return;
          }
          say('220 go on');
          socket.removeAllListeners('data');
          this.#serve(this.#secured(socket), true, false);
          return;
        }
        case 'AUTH': {
          const [, name = '', password = ''] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
            .toString()
            .split('\0');
          if (!encrypted) this.passwordsInClear.push(password);
          if (password !== this.behaviour.password) {
            say('535 5.7.8 wrong name or password');
            return;
          }
          user = name;
          say('235 welcome');
          return;
        }
        case 'MAIL':
          if (this.behaviour.password !== undefined && user === undefined) say('530 5.7.0 sign in first');
          else if (!refused('MAIL')) {
            from = line.slice(10);
            say('250 ok');
          }
          return;
        case 'RCPT':
          if (!refused('RCPT')) {
            to = line.slice(8);
            say('250 ok');
          }
          return;
        case 'DATA':
          if (!refused('DATA')) {
            inData = true;
            say('354 go on');
          }
          return;
        case 'QUIT':
          say('221 bye');
          socket.end();
          return;
        default:
          say('250 ok');
      }
    };
    socket.on('data', (piece) => {
      buffer += piece.toString('latin1');
      for (;;) {
        const end = buffer.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const taken = buffer.slice(0, end);
        buffer = buffer.slice(end + (inData ? 5 : 2));
        if (!inData) onCommand(taken);
        else {
          inData = false;
          if (refused('END')) continue;
          this.received.push({ from, to, encrypted, user, data: taken });
          say('250 2.0.0 queued');
        }
      }
    });
    if (greet) say('220 localhost ESMTP');
  }
}

/** The text of a mail as a person reads it, its transfer encoding undone. */
export function textOf({ data }: ReceivedMail): string {
  const split = data.indexOf('\r\n\r\n');
  const body = data.slice(split + 4);
  if (/^content-transfer-encoding: quoted-printable/im.test(data.slice(0, split)))
    return Buffer.from(
      body
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      'latin1',
    ).toString();
  if (/^content-transfer-encoding: base64/im.test(data.slice(0, split)))
    return Buffer.from(body, 'base64').toString();
  return Buffer.from(body, 'latin1').toString();
}

export function headersOf({ data }: ReceivedMail): string[] {
  return data
    .slice(0, data.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
}
