// Stands between Goniec and the bank with the bank's own certificate and keeps every request body.

import { readFileSync } from 'node:fs';
import { createServer, request, Agent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Bank } from '../../end-to-end/support/processes.ts';

export interface ListeningProxy {
  readonly port: number;
  readonly bodies: readonly { readonly soapAction: string; readonly body: string }[];
  close(): void;
}

export async function listenInFrontOf(bank: Bank): Promise<ListeningProxy> {
  const pem = (name: string): Buffer => readFileSync(join(bank.folder, name));
  const bodies: { soapAction: string; body: string }[] = [];
  const agent = new Agent({
    cert: pem('client.pem'),
    key: pem('client.key'),
    ca: pem('ca.pem'),
    keepAlive: true,
  });
  const server = createServer(
    { cert: pem('server.pem'), key: pem('server.key'), ca: pem('ca.pem'), requestCert: true },
    (incoming, outgoing) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('end', () => {
        const body = Buffer.concat(pieces);
        bodies.push({ soapAction: String(incoming.headers.soapaction), body: body.toString('utf8') });
        const { method, url: path, headers } = incoming;
        const onward = request(
          { host: 'localhost', port: bank.port, method, path, headers, agent },
          (answer) => {
            outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(outgoing);
          },
        );
        onward.on('error', () => outgoing.destroy());
        onward.end(body);
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    bodies,
    close: () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}
