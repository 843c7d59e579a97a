import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const tlogCodes = {
  'tree-range': 'never',
  'tree-node-missing': 'after-operator',
  'tree-hash-size': 'never',
  'checkpoint-malformed': 'never',
  'proof-malformed': 'never',
  'note-malformed': 'never',
  'note-signature-bad': 'never',
  'note-signer-unknown': 'never',
  'verifier-key-malformed': 'never',
} as const satisfies Record<string, Retry>;

export type TlogCode = keyof typeof tlogCodes;

export class TlogFault extends Fault<TlogCode> {
  constructor(code: TlogCode, facts: Facts = {}, cause?: unknown) {
    super(code, tlogCodes[code], facts, cause);
  }
}
