// JSON Web Tokens by Node's own cryptography: make one as another issuer would, or check one.
//
// usage: node tokens.mjs JOB.json
// job:    {alg, payload, kid} makes a token        answer: {token, jwk: the public key}
// job:    {token, jwk} checks one                  answer: {verified, header, payload}
import {createPublicKey, generateKeyPairSync, sign, verify} from 'node:crypto';
import {readFileSync} from 'node:fs';

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const hashes = {ES256: 'sha256', RS256: 'sha256', EdDSA: null};
const kinds = {
  ES256: ['ec', {namedCurve: 'P-256'}],
  RS256: ['rsa', {modulusLength: 2048}],
  EdDSA: ['ed25519', {}]
};

function encoded(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decoded(part) {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
}

function made({alg, payload, kid}) {
  const {publicKey, privateKey} = generateKeyPairSync(...kinds[alg]);
  const signed = `${encoded({alg, kid, typ: 'JWT'})}.${encoded(payload)}`;
  const key = {key: privateKey, dsaEncoding: 'ieee-p1363'};
  const signature = sign(hashes[alg], Buffer.from(signed), key).toString('base64url');
  return {token: `${signed}.${signature}`, jwk: publicKey.export({format: 'jwk'})};
}

function checked({token, jwk}) {
  const [header, payload, signature] = token.split('.');
  const key = {key: createPublicKey({key: jwk, format: 'jwk'}), dsaEncoding: 'ieee-p1363'};
  const verified = verify(
    hashes[decoded(header).alg],
    Buffer.from(`${header}.${payload}`),
    key,
    Buffer.from(signature, 'base64url')
  );
  return {verified, header: decoded(header), payload: decoded(payload)};
}

process.stdout.write(JSON.stringify(job.token ? checked(job) : made(job)) + '\n');
