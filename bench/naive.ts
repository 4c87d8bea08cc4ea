// What a first version in Node would do: xml-crypto, https, rename; one order after the other, nothing flushed, no journal.
// `node naive.ts FOLDER KEYS PORT`; FOLDER holds out/, done/.

import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { SignedXml } from 'xml-crypto';
import { qualifyingProperties } from '../src/signature/signed-properties.ts';
import { WRAPPER } from './peers.ts';

const [folder = '', keys = '', port = ''] = process.argv.slice(2);
const pem = (name: string): string => readFileSync(join(keys, name), 'utf8');
const agent = new Agent({
  keepAlive: true,
  key: pem('client.key'),
  cert: pem('client.pem'),
  ca: pem('ca.pem'),
});
const [privateKey, publicCert] = [pem('signing.key'), pem('signing.pem')];

for (const name of readdirSync(join(folder, 'out'))) {
  const document = readFileSync(join(folder, 'out', name), 'utf8').replace(/^<\?xml[^>]*\?>\n/, '');
  await send(
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${signed(WRAPPER.open + document + WRAPPER.close)}</soapenv:Body></soapenv:Envelope>`,
  );
  renameSync(join(folder, 'out', name), join(folder, 'done', name));
}
agent.destroy();

function signed(wrapper: string): string {
  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
  const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
  const xml = new SignedXml({
    privateKey,
    publicCert,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: exclusive,
  });
  const ids = { signatureId: 's', contentId: 'c', propertiesId: 'p' };
  const certificate = new X509Certificate(publicCert);
  xml.objects = [
    { content: qualifyingProperties({ ...ids, certificate, digest: 'sha256', signingTime: new Date() }) },
  ];
  xml.addReference({
    xpath: '/*',
    uri: '',
    isEmptyUri: true,
    id: 'c',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
    digestAlgorithm: sha256,
  });
  xml.addReference({
    xpath: "//*[@Id='p']",
    type: 'http://uri.etsi.org/01903#SignedProperties',
    transforms: [exclusive],
    digestAlgorithm: sha256,
  });
  xml.computeSignature(wrapper, { prefix: 'ds', attrs: { Id: 's' } });
  return xml.getSignedXml();
}

async function send(body: string): Promise<void> {
  const headers = {
    'content-type': 'text/xml; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    soapaction: '"urn:ca:std:cdc:tech:wsdl:cdc.ws.001.01/DomesticTransfer"',
  };
  const url = `https://localhost:${port}/bnpp-cdc/cdc00101`;
  await new Promise<void>((resolve, reject) => {
    const exchange = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`The bank answers ${response.statusCode}.`));
      });
    });
    exchange.on('error', reject).end(body);
  });
}
