// Ports of this machine that nothing listens on.

import { createServer, type AddressInfo } from 'node:net';

/** Any. */
export async function freePort(): Promise<number> {
  return (await listenOnce(0)) ?? 0;
}

/** The one wished for, else any. */
export async function freePortOr(wished: number): Promise<number> {
  return (await listenOnce(wished)) ?? (await freePort());
}

async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(true);
    });
  });
  if (!listening) return undefined;
  const taken = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
  return taken;
}
