// A bank that knows one answer to each question about an account and streams it from disk, over mutual TLS; so that what is
// measured is not the bank. `node answering-bank.ts KEYS ANSWERS PORT` prints each question with the instant it came, and
// `<question>-answered` with that at which the last byte of its answer went out.

import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:https';
import { faultEnvelope } from '../src/sandbox/answer-envelope.ts';

const [keys = '', answers = '', port = ''] = process.argv.slice(2);

const pem = (name: string): Buffer => readFileSync(`${keys}/${name}`);
const server = createServer({
  key: pem('server.key'),
  cert: pem('server.pem'),
  ca: pem('ca.pem'),
  requestCert: true,
  rejectUnauthorized: true,
});

server.on('request', (request, response) => {
  request.resume().on('end', () => {
    const operation = /([A-Za-z]+)"?$/.exec(request.headers.soapaction?.toString() ?? '')?.[1] ?? '';
    process.stdout.write(`${operation} ${Date.now()}\n`);
    const path = `${answers}-${operation}.xml`;
    const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size;
    response.setHeader('content-type', 'text/xml; charset=utf-8');
    if (sizeBytes === undefined) {
      // The status of a message that never was: the harmless question with which a connection is tried.
      const at = new Date().toISOString().slice(0, 19);
      response
        .writeHead(500)
        .end(faultEnvelope({ reportId: 'ERR1', at, code: 'E404', text: '', faults: [] }));
      return;
    }
    response.writeHead(200, { 'content-length': sizeBytes });
    response.on('finish', () => process.stdout.write(`${operation}-answered ${Date.now()}\n`));
    createReadStream(path, { highWaterMark: 1 << 18 }).pipe(response);
  });
});

server.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
