// Revocation lists as @digitalbazaar's own packages pack and unpack them.
//
// usage: node status_list.mjs JOB.json
// job:    {id, length, revoked: [index], encoded: {bitstring, list2021}}
// answer: {bitstring, list2021: credentials without issuer, read: {bitstring, list2021: [index]}}
import {readFileSync} from 'node:fs';
import * as bitstring from '@digitalbazaar/vc-bitstring-status-list';
import * as list2021 from '@digitalbazaar/vc-status-list';

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const answer = {read: {}};
for(const [name, api] of Object.entries({bitstring, list2021})) {
  const list = await api.createList({length: job.length});
  job.revoked.forEach(index => list.setStatus(index, true));
  answer[name] = await api.createCredential({id: job.id, list, statusPurpose: 'revocation'});
  const read = await api.decodeList({encodedList: job.encoded[name]});
  answer.read[name] = Array.from({length: read.length}, (_, index) => index)
    .filter(index => read.getStatus(index));
}
process.stdout.write(JSON.stringify(answer) + '\n');
