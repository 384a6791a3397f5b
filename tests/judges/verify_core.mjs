// Verify credentials with @digitalcredentials/verifier-core, offline: its fetch answers from the
// job, and its clock stands at the job's moment.
//
// usage: node verify_core.mjs JOB.json
// job:    {now, cases: [{credential, answers: {url: document}}]}
// answer: [{signature, expiration, revocation, schema: true | false | null, errors: [name]}], null
//         for what was not reached; `revocation` true means not revoked
import {readFileSync} from 'node:fs';

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const moment = Date.parse(job.now);
let answers = {};

globalThis.fetch = async request => {
  const url = String(request.url ?? request);
  if(!(url in answers)) {
    return new Response('not in the job', {status: 404});
  }
  return new Response(JSON.stringify(answers[url]), {
    headers: {'content-type': 'application/json'}
  });
};
globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length ? parts : [moment]));
  }
  static now() {
    return moment;
  }
};
// what it has to say beside its report must not stand in ours
console.log = console.error;

// loaded only now: it keeps the fetch it finds
const {verifyCredential} = await import('@digitalcredentials/verifier-core');

const verdicts = [];
for(const {credential, answers: reachable} of job.cases) {
  answers = reachable;
  const {log = [], errors = [], additionalInformation = []} = await verifyCredential({
    credential, knownDIDRegistries: []
  });
  const step = id => log.find(entry => entry.id === id)?.valid ?? null;
  const {results} = additionalInformation.find(entry => entry.id === 'schema_check') ?? {};
  verdicts.push({
    signature: step('valid_signature'),
    expiration: step('expiration'),
    revocation: step('revocation_status'),
    // a text where it found no schema, or none it can read
    schema: Array.isArray(results) ? results.every(({result}) => result.valid) : null,
    errors: [...errors, ...log.flatMap(entry => entry.error ?? [])].map(error => error.name)
  });
}
process.stdout.write(JSON.stringify(verdicts) + '\n');
