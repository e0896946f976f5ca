// Checks a log from outside: signatures and cosignatures of its checkpoint, the tree, every receipt,
// every entry's signature, and COSE receipts. Signatures, hashes and CBOR are not ours.
//
//   node verify.mjs URL LOG POLICY ISSUERS COSE-FOLDER

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { Decoder, Encoder } from 'cbor-x';

const [url, log, policyFile, issuersFile, coseFolder] = process.argv.slice(2);
const need = (condition, otherwise) => { if (!condition) throw new Error(otherwise); };
const text = bytes => Buffer.from(bytes).toString('utf8');
const utf8 = string => Buffer.from(string, 'utf8');
const base64 = string => Buffer.from(string, 'base64');
const hex = bytes => Buffer.from(bytes).toString('hex');
const same = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
const u64 = value => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(value)); return b; };

async function get(path) {
  const answer = await fetch(url + path);
  need(answer.status === 200, path + ' was answered with ' + answer.status);
  return Buffer.from(await answer.arrayBuffer());
}

// ---- keys and notes (C2SP signed-note, tlog-cosignature) -----------------------------------------

function vkey(line) {
  const [, name, id, blob] = line.match(/^([^+]+)\+([0-9a-f]{8})\+(.*)$/);
  const typed = base64(blob);
  const key = { name, type: typed[0], raw: typed.subarray(1) };
  key.id = sha256(Buffer.concat([utf8(name + '\n'), typed])).slice(0, 4);
  need(hex(key.id) === id, 'the id is not that of the key: ' + line);
  return key;
}

function cosigned(key, note, time) {
  const [origin, size, root] = note.split('\n');
  return Buffer.concat([
    utf8('subtree/v1\n\0'),
    Buffer.from([utf8(key.name).length]), utf8(key.name), u64(time),
    Buffer.from([utf8(origin).length]), utf8(origin), u64(0), u64(size), base64(root),
  ]);
}

function verifies(key, note, signature) {
  if (key.type === 1) return ed25519.verify(signature, utf8(note), key.raw, { zip215: false });
  const time = signature.readBigUInt64BE();
  const rest = signature.subarray(8);
  if (key.type === 4) {
    return ed25519.verify(rest, utf8(`cosignature/v1\ntime ${time}\n${note}`), key.raw, { zip215: false });
  }
  need(key.type === 6, 'unknown key type ' + key.type);
  return ml_dsa44.verify(rest, cosigned(key, note, time), key.raw);
}

/** What signers() has answered: many receipts are under one checkpoint. */
const answered = new Map();

/** Those of these keys that signed; a wrong signature of one of them ends everything. */
function signers(signed, keys) {
  const before = answered.get(keys) ?? answered.set(keys, new Map()).get(keys);
  if (!before.has(signed)) before.set(signed, signersOf(signed, keys));
  return before.get(signed);
}

function signersOf(signed, keys) {
  const split = signed.lastIndexOf('\n\n');
  const note = signed.slice(0, split + 1);
  const found = new Set();
  for (const line of signed.slice(split + 2).trimEnd().split('\n')) {
    const [, name, blob] = line.split(' ');
    const bytes = base64(blob);
    for (const key of keys.filter(k => k.name === name && same(k.id, bytes.subarray(0, 4)))) {
      need(verifies(key, note, bytes.subarray(4)), 'a signature of ' + name + ' is wrong');
      found.add(key);
    }
  }
  return [...found];
}

/** Whether the log signed with a key of each type that the policy lists for it, of any generation. */
function byTheLog(signed, keys) {
  const types = signers(signed, keys).map(key => key.type);
  return keys.every(key => types.includes(key.type));
}

// ---- trees (RFC 9162 section 2.1) ----------------------------------------------------------------

const leafHash = entry => sha256(Buffer.concat([Buffer.from([0]), entry]));
const node = (left, right) => sha256(Buffer.concat([Buffer.from([1]), left, right]));
const split = n => { let k = 1; while (k * 2 < n) k *= 2; return k; };
const tree = leaves => leaves.length === 1 ? leaves[0]
  : node(tree(leaves.slice(0, split(leaves.length))), tree(leaves.slice(split(leaves.length))));

/** The root to which a path leads, by the recursion that made it. */
function climb(index, size, leaf, path) {
  if (size === 1) { need(path.length === 0, 'the path is too long'); return leaf; }
  need(path.length > 0, 'the path is too short');
  const k = split(size), sibling = path[path.length - 1], rest = path.slice(0, -1);
  return index < k ? node(climb(index, k, leaf, rest), sibling)
    : node(sibling, climb(index - k, size - k, leaf, rest));
}

// ---- COSE ----------------------------------------------------------------------------------------

const decoder = new Decoder({ mapsAsObjects: false });
const encoder = new Encoder({ mapsAsObjects: false, useRecords: false, tagUint8Array: false });
const sigStructure = (header, payload) =>
  Buffer.from(encoder.encode(['Signature1', Buffer.from(header), Buffer.alloc(0), Buffer.from(payload)]));

function sign1(bytes) {
  const tagged = decoder.decode(bytes);
  need(tagged.tag === 18 && tagged.value.length === 4, 'not a COSE_Sign1');
  const [header, unprotected, payload, signature] = tagged.value;
  return { header, claims: decoder.decode(header), unprotected, payload, signature };
}

const thumbprint = raw =>
  sha256(encoder.encode(new Map([[1, 1], [-1, 6], [-2, Buffer.from(raw)]])));

/** Whether one of the registered issuers signed the entry, alone or in a batch. */
function entrySigned(entry, issuers) {
  const { header, claims, unprotected, payload, signature } = sign1(entry);
  need(unprotected.size === 0, 'the unprotected header is not empty');
  const issuer = issuers.find(key => same(thumbprint(key.raw), claims.get(4)));
  if (!issuer) return false;
  let message = sigStructure(header, payload);
  if (claims.get(1) === -65537) {
    const size = signature.readUInt16BE(64), index = signature.readUInt16BE(66);
    const path = [];
    for (let at = 68; at < signature.length; at += 32) path.push(signature.subarray(at, at + 32));
    const root = climb(index, size, leafHash(message), path);
    message = Buffer.concat([utf8('indelible/batch/v1\n'), u64(size), root]);
  } else {
    need(claims.get(1) === -8 && signature.length === 64, 'another algorithm');
  }
  need(ed25519.verify(signature.subarray(0, 64), message, issuer.raw, { zip215: false }),
    'the signature of an entry is wrong');
  return true;
}

/** RFC 9942: the receipt has to be by this log and lead from this leaf to what it signed. */
function receiptHolds(bytes, entry, origin, keys) {
  const { header, claims, unprotected, payload, signature } = sign1(bytes);
  need(claims.get(395) === 1 && payload === null, 'not a receipt of RFC9162_SHA256');
  need(claims.get(15).get(1) === origin, 'a receipt of another log');
  const key = keys.find(k => same(k.get(2), claims.get(4)));
  need(key && key.get(3) === claims.get(1), 'a receipt under an unknown key');
  const [size, index, path] = decoder.decode(unprotected.get(396).get(-1)[0]);
  const message = sigStructure(header, climb(index, size, leafHash(entry), path));
  return claims.get(1) === -8
    ? ed25519.verify(signature, message, key.get(-2), { zip215: false })
    : ml_dsa44.verify(signature, message, key.get(-1));
}

// ---- the checks ----------------------------------------------------------------------------------

const policy = readFileSync(policyFile, 'utf8').split('\n').map(line => line.split(' '));
const logKeys = policy.filter(words => words[0] === 'log').map(words => vkey(words[1]));
const witnessKeys = policy.filter(words => words[0] === 'witness').map(words => vkey(words[2]));
const issuers = readFileSync(issuersFile, 'utf8').split('\n')
  .filter(line => line.startsWith('issuer ' + log + ' ')).map(line => vkey(line.split(' ')[2]));

const checkpoint = text(await get(`/logs/${log}/checkpoint`));
const [origin, sizeText, root] = checkpoint.split('\n');
const size = Number(sizeText);
const ours = logKeys.filter(key => key.name === origin);
need(ours.length >= 2, 'the policy has fewer than two keys of ' + origin);
need(byTheLog(checkpoint, ours), 'a signature of the log is missing');

const entries = [];
for (let bundle = 0; bundle * 256 < size; bundle++) {
  const width = Math.min(256, size - bundle * 256);
  const name = String(bundle).padStart(3, '0') + (width === 256 ? '' : '.p/' + width);
  const bytes = await get(`/logs/${log}/tile/entries/${name}`);
  for (let at = 0; at < bytes.length; at += 2 + bytes.readUInt16BE(at)) {
    entries.push(bytes.subarray(at + 2, at + 2 + bytes.readUInt16BE(at)));
  }
}
need(entries.length === size, 'bundles with another number of entries');
need(same(tree(entries.map(leafHash)), base64(root)), 'the entries have another root');

let witnessed = 0, signed = 0, receipts = 0;
for (let index = 0; index < size; index++) {
  const proof = text(await get(`/v1/logs/${log}/entries/${index}/receipt.tlog-proof`));
  const blank = proof.indexOf('\n\n');
  const [, indexLine, ...path] = proof.slice(0, blank).split('\n');
  const head = proof.slice(blank + 2);
  need(indexLine === 'index ' + index, 'a receipt of another leaf');
  need(byTheLog(head, ours), 'a signature of the log is missing in a receipt');
  if (signers(head, witnessKeys).length * 2 > witnessKeys.length) witnessed++;
  const [, headSize, headRoot] = head.split('\n');
  const led = climb(index, Number(headSize), leafHash(entries[index]), path.map(base64));
  need(same(led, base64(headRoot)), 'receipt ' + index + ' leads to another root');
  if (entrySigned(entries[index], issuers)) signed++;
}
need(signed > 0, 'no entry is by a registered issuer');

const keys = decoder.decode(readFileSync(join(coseFolder, 'keys.cbor')));
const kinds = new Set();
for (const file of readdirSync(coseFolder).filter(name => name.endsWith('.cose'))) {
  const bytes = readFileSync(join(coseFolder, file));
  const entry = readFileSync(join(coseFolder, file.split('-')[0] + '.entry'));
  need(receiptHolds(bytes, entry, origin, keys), 'COSE receipt ' + file + ' does not hold');
  need(!receiptHolds(bytes, Buffer.concat([entry, Buffer.from([0])]), origin, keys), 'any entry will do');
  kinds.add(sign1(bytes).claims.get(1));
  receipts++;
}
need(receipts > 0, 'no COSE receipt');

console.log(`node: ${size} leaves of ${origin}, ${signers(checkpoint, ours).length} signatures of the log, `
  + `${witnessed} receipts witnessed by most, ${signed} entries by issuers, `
  + `${receipts} COSE receipts (alg ${[...kinds].join(' and ')}): all of it holds`);
