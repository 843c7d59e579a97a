import { describe, expect, it } from 'vitest';

import type { ConfigurationDocument } from '../../../src/domain/configuration/configuration-document.ts';
import { WorkspaceFault } from '../../../src/domain/workspace/errors.ts';
import type { HandoffRow } from '../../../src/exchange/handoff/handoff-register.ts';
import { handoffFiles } from '../../../src/exchange/kit/kit-handoffs.ts';
import type { KitHandoffPorts } from '../../../src/exchange/kit/kit-handoffs.ts';
import { signerFiles } from '../../../src/exchange/kit/kit-signers.ts';
import { MemoryConfiguration, testOfficer } from '../../support/memory-workspace.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const before = testOfficer('officer-1', 31);
const now = new MemoryConfiguration();

/** An adopted version that pins `before` with a certificate of these bytes. */
function version(certificate: string): ConfigurationDocument {
  const certificates = { [before.certificate]: Buffer.from(certificate).toString('base64') };
  return { officers: [before], certificates } as unknown as ConfigurationDocument;
}

const signedBy = (fingerprint: string) => [{ path: 'plan.json', fingerprint }];

describe('signerFiles()', () => {
  it('takes the certificate of an officer who was replaced from the version that had it', async () => {
    const files = await signerFiles(now, [version('old')], signedBy(before.fingerprint));
    expect(files).toEqual([
      { path: `people/signers/${before.fingerprint}.asc`, bytes: bytes('old') },
    ]);
  });

  it('takes each form that a certificate had, and none twice', async () => {
    const versions = [version('old'), version('old'), version('revoked')];
    const files = await signerFiles(now, versions, signedBy(before.fingerprint));
    expect(files.map((file) => new TextDecoder().decode(file.bytes))).toEqual(['old', 'revoked']);
    expect(new Set(files.map(({ path }) => path)).size).toBe(2);
  });

  it('takes one that is only in the files where nothing was adopted, and no other', async () => {
    const { fingerprint } = now.officers[2]!;
    const files = await signerFiles(now, [], signedBy(fingerprint));
    expect(files.map(({ path }) => path)).toEqual([`people/signers/${fingerprint}.asc`]);
  });

  it('takes one that was replaced in the files as it was when its officer was added', async () => {
    const { fingerprint } = before;
    const [file] = await signerFiles(now, [], signedBy(fingerprint));
    expect(file).toEqual({
      path: `people/signers/${fingerprint}.asc`,
      bytes: await now.readCertificate(`keys/officers/${fingerprint}.asc`),
    });
  });

  it('leaves no signature out whose certificate nobody has any more', async () => {
    const without = {
      load: () => now.load(),
      readCertificate: (file: string) =>
        Promise.reject(new WorkspaceFault('config-file-missing', { file })),
    };
    await expect(signerFiles(without, [], signedBy(before.fingerprint))).rejects.toMatchObject({
      ...{ code: 'signer-certificate-lost', facts: { fingerprint: before.fingerprint } },
    });
  });
});

describe('handoffFiles()', () => {
  it('lists an emergency under the certificate that signed it, whoever is pinned now', async () => {
    const none = (): Promise<[]> => Promise.resolve([]);
    const ports = {
      handoffs: { batchesOf: none, sourcesOf: none, decisionsOf: none },
      words: { ofHandoff: none },
      ...{ responses: { list: none }, cardAnswers: {} },
    } as unknown as KitHandoffPorts;
    const emergency = {
      ...{ statement: bytes('{}'), signature: bytes('s'), fingerprint: before.fingerprint },
    };
    const row = { id: 'h1', requester: 'officer-1', emergency } as unknown as HandoffRow;
    const { signatures } = await handoffFiles(ports, [row], []);
    expect(signatures).toEqual([
      { path: 'handoffs/h1/emergency.json', fingerprint: before.fingerprint },
    ]);
  });
});
