import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import type { OpenpgpKeyKind } from '../../../exchange/keys/openpgp-key-maker.ts';
import type { SftpKeyKind } from '../../../exchange/keys/own-keys.ts';
import { retireSftpKey, rotateSftpKey } from '../../../exchange/keys/rotate-key.ts';
import { retireLogKey, rotateLogKey } from '../../../exchange/audit/rotate-log-key.ts';
import { retireHostKey, rotateHostKey } from '../../../exchange/pickup/rotate-host-key.ts';
import { retireOpenpgpKey, rotateOpenpgpKey } from '../../../exchange/keys/rotate-openpgp-key.ts';
import { reasonOf } from '../invocation.ts';
import { keyRetireDocument, keyRotateDocument } from '../outputs/key-life.ts';
import type { AnyRetiredKey, AnyRotatedKey } from '../outputs/key-life.ts';
import { keyRetireScreen, keyRotateScreen } from '../screens/key-life-screen.ts';
import { hostKeyRetireDocument, hostKeyRotateDocument } from '../outputs/host-key-life.ts';
import { hostKeyRetireScreen, hostKeyRotateScreen } from '../screens/host-key-life-screen.ts';
import { logKeyRetireDocument, logKeyRotateDocument } from '../outputs/log-key-life.ts';
import { logKeyRetireScreen, logKeyRotateScreen } from '../screens/log-key-life-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

export type KeyAlgorithm = OpenpgpKeyKind | SftpKeyKind;

/** Exactly one is to be set. */
export interface WhichKey {
  readonly openpgp?: boolean;
  readonly sftp?: boolean;
  readonly pickup?: boolean;
  readonly log?: boolean;
}

export interface RotateOptions extends WhichKey {
  readonly algorithm?: KeyAlgorithm;
}

/** `key rotate`. Throws `usage` for an algorithm that keys of this purpose do not have. */
export async function rotate(shell: Shell, options: RotateOptions): Promise<void> {
  const purpose = purposeOf(options, 'key rotate');
  if (purpose === 'log') {
    await rotateLog(shell, options);
    return;
  }
  if (purpose === 'pickup') {
    await rotatePickup(shell, options);
    return;
  }
  await withWorkspace(shell, async (workspace) => {
    const request = { officer: shell.options.as, reason: reasonOf(shell.options) };
    const rotated: AnyRotatedKey =
      purpose === 'sftp'
        ? {
            purpose,
            ...(await rotateSftpKey(
              workspace,
              { ...request, kind: sftpKind(options.algorithm ?? 'ed25519') },
              () => workspace.openSecrets(),
            )),
          }
        : {
            purpose,
            ...(await rotateOpenpgpKey(
              workspace,
              { ...request, kind: openpgpKind(options.algorithm ?? 'rsa4096') },
              shell.signal,
            )),
          };
    shell.print(keyRotateScreen(rotated, shell));
    shell.document(keyRotateDocument(rotated));
  });
}

/** `key retire`. */
export async function retire(shell: Shell, options: WhichKey): Promise<void> {
  const purpose = purposeOf(options, 'key retire');
  if (purpose === 'log') {
    await retireLog(shell);
    return;
  }
  if (purpose === 'pickup') {
    await retirePickup(shell);
    return;
  }
  await withWorkspace(shell, async (workspace) => {
    const request = { officer: shell.options.as, reason: reasonOf(shell.options) };
    const retired: AnyRetiredKey =
      purpose === 'sftp'
        ? { purpose, ...(await retireSftpKey(workspace, request)) }
        : { purpose, ...(await retireOpenpgpKey(workspace, request)) };
    shell.print(keyRetireScreen(retired, shell));
    shell.document(keyRetireDocument(retired));
  });
}

async function rotateLog(shell: Shell, { algorithm }: RotateOptions): Promise<void> {
  if (algorithm !== undefined && algorithm !== 'ed25519') throw wrongAlgorithm('ed25519');
  await withWorkspace(shell, async (workspace) => {
    const request = { officer: shell.options.as, reason: reasonOf(shell.options) };
    const rotated = await rotateLogKey(workspace, request, () => workspace.openSecrets());
    shell.print(logKeyRotateScreen(rotated, shell));
    shell.document(logKeyRotateDocument(rotated));
  });
}

async function retireLog(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const request = { officer: shell.options.as, reason: reasonOf(shell.options) };
    const retired = await retireLogKey(workspace, request, () => workspace.openSecrets());
    shell.print(logKeyRetireScreen(retired, shell));
    shell.document(logKeyRetireDocument(retired));
  });
}

async function rotatePickup(shell: Shell, { algorithm }: RotateOptions): Promise<void> {
  if (algorithm !== undefined && algorithm !== 'ed25519') throw wrongAlgorithm('ed25519');
  await withWorkspace(shell, async (workspace) => {
    const request = { officer: shell.options.as, reason: reasonOf(shell.options) };
    const rotated = await rotateHostKey(workspace, request, () => workspace.openSecrets());
    shell.print(hostKeyRotateScreen(rotated, shell));
    shell.document(hostKeyRotateDocument(rotated));
  });
}

async function retirePickup(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const request = { officer: shell.options.as, reason: reasonOf(shell.options) };
    const retired = await retireHostKey(workspace, request);
    shell.print(hostKeyRetireScreen(retired, shell));
    shell.document(hostKeyRetireDocument(retired));
  });
}

const purposes = ['openpgp', 'sftp', 'pickup', 'log'] as const;

function purposeOf(options: WhichKey, option: string): (typeof purposes)[number] {
  const [purpose, ...others] = purposes.filter((one) => options[one] === true);
  if (purpose === undefined || others.length > 0) {
    throw new WorkspaceFault('usage', {
      ...{ option, command: option },
      expected: 'one of --openpgp, --sftp, --pickup, --log',
    });
  }
  return purpose;
}

function sftpKind(algorithm: KeyAlgorithm): SftpKeyKind {
  if (algorithm === 'rsa4096') throw wrongAlgorithm('ed25519, rsa-3072');
  return algorithm;
}

function openpgpKind(algorithm: KeyAlgorithm): OpenpgpKeyKind {
  if (algorithm === 'rsa-3072') throw wrongAlgorithm('rsa4096, ed25519');
  return algorithm;
}

function wrongAlgorithm(expected: string): WorkspaceFault {
  return new WorkspaceFault('usage', { option: '--algorithm', expected });
}
