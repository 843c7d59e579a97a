import { endOf } from '../../../src/domain/keys/key-end.ts';
import type { EndingKey } from '../../../src/exchange/keys/key-warnings.ts';
import type { HeldKey } from '../../../src/domain/keys/held-key.ts';
import { keyListScreen } from '../../../src/doors/cli/screens/key-list-screen.ts';
import {
  keyRetireScreen,
  keyRotateScreen,
} from '../../../src/doors/cli/screens/key-life-screen.ts';
import {
  logKeyRetireScreen,
  logKeyRotateScreen,
} from '../../../src/doors/cli/screens/log-key-life-screen.ts';
import {
  hostKeyRetireScreen,
  hostKeyRotateScreen,
} from '../../../src/doors/cli/screens/host-key-life-screen.ts';
import {
  credentialCreateScreen,
  credentialRevokeScreen,
} from '../../../src/doors/cli/screens/credential-screen.ts';
import { servedScreen, servingScreen } from '../../../src/doors/cli/screens/serve-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { Size } from './screen-data.ts';

const now = new Date('2026-11-22T03:00:00Z');
const day = (days: number): Date => new Date(now.getTime() + days * 86_400_000);

export function keyListScreens(size: Size, view: View): Record<string, readonly string[]> {
  return {
    keyList: keyListScreen({ keys: heldKeys(size), now, mode: 'drill' }, view),
    keyRotate: keyRotateScreen(rotatedKey, view),
    keyRetire: keyRetireScreen({ purpose: 'sftp', fingerprint: pin }, view),
    keyRotateOpenpgp: keyRotateScreen(rotatedOpenpgpKey, view),
    keyRotateExpired: keyRotateScreen({ ...rotatedOpenpgpKey, isVouchedFor: false }, view),
    keyRetireOpenpgp: keyRetireScreen(retiredOpenpgpKey, view),
    keyRetireUnsent: keyRetireScreen(
      { ...retiredOpenpgpKey, unsent: { batches: size.list, handoffs: [size.id, size.id] } },
      view,
    ),
    logKeyRotate: logKeyRotateScreen(rotatedLogKey, view),
    logKeyRetire: logKeyRetireScreen(retiredLogKey, view),
    hostKeyRotate: hostKeyRotateScreen(rotatedHostKey, view),
    hostKeyRetire: hostKeyRetireScreen(retiredHostKey, view),
    credentialCreate: credentialCreateScreen(`/root/${size.id}/mimamori.credential`, view),
    credentialRevoke: credentialRevokeScreen(view),
    serving: servingScreen(
      { pickup: { address: '::', port: 2022, hostKey: pin }, isDelivering: true },
      view,
    ),
    served: servedScreen(view),
    servingNobody: servingScreen({ pickup: undefined, isDelivering: false }, view),
  };
}

const pin = `SHA256:${'aB3/'.repeat(10)}xyz`;

const logName = 'example.test/'.repeat(8);

export const rotatedLogKey = {
  ...{ vkey: `${logName}+0123abcd+AAAA`, replaced: `${logName}+89abcdef+BBBB` },
  checkpoint: { size: 1203, note: 'note' },
};

const line = `[pickup.shop.example]:2022 ssh-ed25519 ${'A'.repeat(68)}`;

export const rotatedHostKey = { fingerprint: pin, line, replaced: pin, replacedLine: line };

export const retiredHostKey = { fingerprint: pin, shown: pin };

export const retiredLogKey = { retired: rotatedLogKey.replaced, checkpoint: { size: 1, note: '' } };

export const rotatedKey = {
  purpose: 'sftp' as const,
  fingerprint: pin,
  line: `ssh-ed25519 ${'A'.repeat(68)}`,
  replaced: pin,
};

export const rotatedOpenpgpKey = {
  purpose: 'openpgp' as const,
  fingerprint: '9F2C41AA'.repeat(5),
  certificate: '-----BEGIN PGP PUBLIC KEY BLOCK-----',
  replaced: '0A1B2C3D'.repeat(5),
  isVouchedFor: true,
};

export const retiredOpenpgpKey = {
  purpose: 'openpgp' as const,
  fingerprint: rotatedOpenpgpKey.replaced,
  unsent: { batches: 0, handoffs: [] },
};

export { now as keysSeenAt };

export function endingKeys(size: Size): EndingKey[] {
  return heldKeys(size).flatMap((key) => {
    const end = endOf(key, now);
    return end?.warning === undefined ? [] : [{ key, end: { ...end, warning: end.warning } }];
  });
}

/** Every purpose and state, with ends far, near and past. */
export function heldKeys(size: Size): HeldKey[] {
  const us = { id: 'live-0123abcd', createdAt: day(-400), custodian: size.text };
  return [
    {
      ...{ purpose: 'openpgp', ...us, fingerprint: '9F2C41AA'.repeat(5), algorithm: 'RSA-4096' },
      ...{ strengthBits: 128, uses: ['sign', 'decrypt'], state: 'in-use' },
      ...{ expiresAt: day(6), periodEndsAt: day(29) },
    },
    {
      ...{ purpose: 'sftp', ...us, fingerprint: `SHA256:${'aB3/'.repeat(10)}xyz` },
      ...{ algorithm: 'Ed25519', uses: ['log-in'], state: 'retiring', periodEndsAt: day(-1) },
    },
    {
      ...{ purpose: 'log', ...us, fingerprint: `${'example.test/'.repeat(8)}+0123abcd+AAAA` },
      ...{ algorithm: 'Ed25519', uses: ['sign-checkpoints'], state: 'in-use' },
    },
    {
      ...{ purpose: 'workspace', id: us.id, algorithm: 'AES-256-GCM', strengthBits: 256 },
      ...{ uses: ['wrap'], state: 'in-use', periodEndsAt: day(0) },
    },
    {
      ...{ purpose: 'credential', id: us.id, algorithm: 'AES-256-GCM', strengthBits: 256 },
      ...{ uses: ['open'], state: 'in-use', problem: 'key-file-altered' },
    },
    ...Array.from({ length: size.list }, (): HeldKey => ({
      ...{ purpose: 'keyed-hash', id: size.id, algorithm: 'AES-256-CMAC', strengthBits: 256 },
      ...{ uses: ['hash'], state: 'destroyed' },
    })),
    {
      ...{ purpose: 'recipient', id: size.id, fingerprint: '9F2C41AA'.repeat(5), algorithm: '' },
      ...{ uses: ['encrypt'], state: 'in-use', problem: 'certificate-expired' },
    },
    {
      ...{ purpose: 'sender', id: size.id, fingerprint: '9F2C41AA'.repeat(5), uses: ['verify'] },
      ...{ algorithm: 'RSA-3072/X25519', state: 'retired', createdAt: day(-4) },
    },
  ];
}
