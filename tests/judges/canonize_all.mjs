// Canonise many documents with npm jsonld in safe mode, offline.
//
// usage: node canonize_all.mjs CONTEXTS.json < documents, one JSON text a line
// answer: one JSON text a line, {hash} of the canonical N-Quads (SHA-256, hexadecimal) or {error}
import {createHash} from 'node:crypto';
import {createInterface} from 'node:readline';
import {readFileSync} from 'node:fs';
import jsonld from 'jsonld';

const contexts = new Map(Object.entries(JSON.parse(readFileSync(process.argv[2], 'utf8'))));

async function documentLoader(url) {
  if(!contexts.has(url)) {
    throw new Error(`not pinned: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: contexts.get(url), tag: 'static'};
}

const options = {
  algorithm: 'RDFC-1.0', format: 'application/n-quads', safe: true, documentLoader
};

async function answer(line) {
  try {
    const form = await jsonld.canonize(JSON.parse(line), options);
    return {hash: createHash('sha256').update(form, 'utf8').digest('hex')};
  } catch(error) {
    return {error: error.details?.event?.code ?? error.details?.code ?? error.message};
  }
}

for await (const line of createInterface({input: process.stdin})) {
  process.stdout.write(JSON.stringify(await answer(line)) + '\n');
}
