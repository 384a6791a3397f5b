// How fast @digitalbazaar/vc issues and verifies the badge of `make bench`.
//
// The first line on stdin is the material {unsigned, signed, signedWithStatus, did, statusList,
// contexts, seed, method, now}; each later one {operation, seconds} is answered with {per_s}.
import {createInterface} from 'node:readline';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const lines = createInterface({input: process.stdin})[Symbol.asyncIterator]();
const known = new Map();
const documentLoader = async url => {
  if(!known.has(url)) {
    throw new Error(`not in the material: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: known.get(url)};
};

function answer(value) {
  process.stdout.write(JSON.stringify(value) + '\n');
}

async function operations(material) {
  for(const [url, document] of Object.entries(material.contexts)) {
    known.set(url, document);
  }
  known.set(material.did.id, material.did);
  for(const method of material.did.verificationMethod) {
    known.set(method.id, {'@context': MULTIKEY, ...method});
  }
  known.set(material.statusList.id, material.statusList);
  const key = await Ed25519Multikey.from(material.key);
  const suite = new DataIntegrityProof({cryptosuite});
  const now = new Date(material.now);
  const good = result => {
    if(!result.verified) {
      throw new Error(`the peer does not verify our badge: ${JSON.stringify(result.error)}`);
    }
  };
  return {
    issue: () => vc.issue({
      credential: structuredClone(material.unsigned),
      suite: new DataIntegrityProof({
        signer: key.signer(), cryptosuite, date: material.created
      }),
      documentLoader
    }),
    verify: async () => good(await vc.verifyCredential({
      credential: structuredClone(material.signed), suite, documentLoader, now
    })),
    verifyWithStatus: async () => good(await vc.verifyCredential({
      credential: structuredClone(material.signedWithStatus), suite, documentLoader, now,
      checkStatus: ({credential}) => checkStatus({
        credential, documentLoader, suite,
        verifyBitstringStatusListCredential: true, verifyMatchingIssuers: true
      })
    }))
  };
}

const {value: first} = await lines.next();
const does = await operations(JSON.parse(first));
answer({ready: true});
for await (const line of {[Symbol.asyncIterator]: () => lines}) {
  const {operation, seconds} = JSON.parse(line);
  try {
    const began = performance.now();
    let done = 0;
    do {
      await does[operation]();
      done++;
    } while(performance.now() - began < seconds * 1000);
    answer({per_s: done * 1000 / (performance.now() - began)});
  } catch(error) {
    answer({error: String(error.message ?? error)});
  }
}
