// Verify one credential with @digitalbazaar/vc, offline: everything it may load is in the job.
//
// usage: node verify_vc.mjs JOB.json
// job:    {credential, did, statusList, contexts: {url: document}, now}
// answer: {verified, errors: [text], status: true (in force) | false (revoked) | null}
import {readFileSync} from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const suite = new DataIntegrityProof({cryptosuite});

const known = new Map(Object.entries(job.contexts));
known.set(job.did.id, job.did);
for(const method of job.did.verificationMethod) {
  known.set(method.id, {'@context': MULTIKEY, ...method});
}
if(job.statusList) {
  known.set(job.statusList.id, job.statusList);
}

async function documentLoader(url) {
  if(!known.has(url)) {
    throw new Error(`not in the job: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: known.get(url)};
}

function messages(error) {
  if(!error) {
    return [];
  }
  const inner = error.errors ?? (error.cause ? [error.cause] : []);
  return [String(error.message ?? error), ...inner.flatMap(messages)];
}

const answer = {verified: false, errors: [], status: null};
try {
  const result = await vc.verifyCredential({
    credential: job.credential,
    suite,
    documentLoader,
    checkStatus: ({credential}) => checkStatus({
      credential,
      documentLoader,
      suite,
      verifyBitstringStatusListCredential: true,
      verifyMatchingIssuers: true
    }),
    now: job.now ? new Date(job.now) : new Date()
  });
  answer.verified = result.verified;
  answer.errors = messages(result.error).concat(messages(result.statusResult?.error));
  // `verified` stays true for a revoked credential: the entry itself has to be read.
  const entries = result.statusResult?.results ?? [];
  if(entries.length > 0) {
    // `status` is the bit: set means revoked.
    answer.status = entries.every(entry => entry.status === false);
  }
} catch(error) {
  answer.errors = messages(error);
}
process.stdout.write(JSON.stringify(answer) + '\n');
