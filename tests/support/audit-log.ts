import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { commitText, composeLeaf } from '../../src/domain/audit/leaf.ts';
import type { StoredCheckpoint } from '../../src/domain/audit/signed-roots.ts';
import type { LogToVerify, StoredLeaf, TextRecord } from '../../src/domain/audit/verify-log.ts';
import { encodeCheckpoint } from '../../src/domain/tlog/checkpoint.ts';
import { leafHash } from '../../src/domain/tlog/hashes.ts';
import { encodeNote } from '../../src/domain/tlog/signed-note.ts';
import { rootAt } from '../../src/domain/tlog/tree.ts';
import type { ReadNode } from '../../src/domain/tlog/tree.ts';
import { encodeVerifierKey, verifierKey } from '../../src/domain/tlog/verifier-key.ts';
import type { VerifierKey } from '../../src/domain/tlog/verifier-key.ts';
import { growTree } from './merkle-tree.ts';

/** A key that signs checkpoints of a log of this name. */
export interface TestLogKey {
  readonly key: VerifierKey;
  readonly vkey: string;
  readonly privateKey: KeyObject;
}

/** A log in memory, in the shape `verifyLog` reads; tests copy it and damage the copy. */
export interface TestLog extends LogToVerify {
  readonly leaves: StoredLeaf[];
  readonly readNode: ReadNode;
  readonly vkey: string;
  readonly nodes: Map<string, Uint8Array>;
  readonly checkpoints: StoredCheckpoint[];
  readonly texts: TextRecord[];
}

export function testLogKey(origin = 'example.com/log'): TestLogKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const x = privateKey.export({ format: 'jwk' }).x!;
  const key = verifierKey(origin, new Uint8Array(Buffer.from(x, 'base64url')));
  return { key, vkey: encodeVerifierKey(key), privateKey };
}

/** Leaf bytes number `index`; the name of the officer stands outside and is bound by the leaf. */
export function testLeaf(index: number, name = `officer ${index}`): Uint8Array {
  const salt = new Uint8Array(16).fill(index);
  return composeLeaf(
    {
      actor: 'sato',
      act: 'officer-add',
      result: 'done',
      origin: 'cli',
      object: `officer:o-${index}`,
      data: {
        officer: `o-${index}`,
        name: commitText(salt, name),
        roles: ['approver'],
        fingerprint: 'AB'.repeat(20),
      },
    },
    salt,
    new Date(1_700_000_000_000 + index),
  );
}

/** A log of `entries` leaves with checkpoints at the given sizes. */
export function testLog(
  signer: TestLogKey,
  entries: number,
  signedSizes: readonly number[],
): TestLog {
  const leaves = Array.from({ length: entries }, (_, index) => {
    const bytes = testLeaf(index);
    return { index, bytes, hash: leafHash(bytes) };
  });
  const { nodes, readNode } = growTree(leaves.map(({ hash }) => hash));
  return {
    leaves,
    nodes,
    readNode,
    readNodes: () => Promise.resolve(readNode),
    checkpoints: signedSizes.map((size) => signedCheckpoint(signer, size, rootAt(size, readNode))),
    vkey: signer.vkey,
    texts: leaves.map(({ index }) => ({ leaf: index, field: 'name', text: `officer ${index}` })),
  };
}

export function signedCheckpoint(
  signer: TestLogKey,
  size: number,
  root: Uint8Array,
  origin = signer.key.name,
): StoredCheckpoint {
  const text = encodeCheckpoint({ origin, size, root });
  const { name, keyId } = signer.key;
  const signature = sign(undefined, text, signer.privateKey);
  return { size, root, note: encodeNote({ text, signatures: [{ name, keyId, signature }] }) };
}
