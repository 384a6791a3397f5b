// Sign one credential with the tools of @digitalbazaar, offline, as another issuer would.
//
// usage: node sign_vc.mjs JOB.json
// job:    {credential, contexts: {url: document},
//          kind: "P-256" | "P-384" | "Ed25519" | "Ed25519Signature2020"}
//         the key's controller is the credential's issuer
// answer: {credential: as signed, multibase: the public key}
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite as ecdsaRdfc2019} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc2022} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalbazaar/ed25519-verification-key-2020';

const jsigs = createRequire(import.meta.url)('jsonld-signatures');
const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const controller = job.credential.issuer.id;
const created = '2026-03-02T15:04:05Z';

async function documentLoader(url) {
  if(!(url in job.contexts)) {
    throw new Error(`not in the job: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: job.contexts[url]};
}

async function dataIntegrity(generate, cryptosuite) {
  const key = await generate();
  key.controller = controller;
  key.id = `${controller}#${key.publicKeyMultibase}`;
  const suite = new DataIntegrityProof({signer: key.signer(), date: created, cryptosuite});
  return {multibase: key.publicKeyMultibase, suite};
}

async function ed25519Signature2020() {
  const key = await Ed25519VerificationKey2020.generate({controller});
  key.id = `${controller}#${key.publicKeyMultibase}`;
  return {
    multibase: key.publicKeyMultibase,
    suite: new Ed25519Signature2020({key, date: created})
  };
}

const kinds = {
  'P-256': () => dataIntegrity(() => EcdsaMultikey.generate({curve: 'P-256'}), ecdsaRdfc2019),
  'P-384': () => dataIntegrity(() => EcdsaMultikey.generate({curve: 'P-384'}), ecdsaRdfc2019),
  Ed25519: () => dataIntegrity(() => Ed25519Multikey.generate(), eddsaRdfc2022),
  Ed25519Signature2020: ed25519Signature2020
};
const {multibase, suite} = await kinds[job.kind]();
const credential = await jsigs.sign(job.credential, {
  suite,
  purpose: new jsigs.purposes.AssertionProofPurpose(),
  documentLoader
});
process.stdout.write(JSON.stringify({credential, multibase}) + '\n');
