import { exampleKeys } from '../../domain/workspace/example-keys.ts';
import type { ExampleName } from '../../domain/workspace/example-keys.ts';
import { addOfficer, addSender } from '../acts/add-person.ts';
import { addRecipient } from '../recipients/add-recipient.ts';
import type { DemoPartners, DemoRecipient } from './demo-partners.ts';
import type { PublicKeys } from '../keys/public-keys.ts';
import type { MadeWorkspace } from '../workspace/workspace-maker.ts';

/** Who asks for the handoff, who approves it, who sends the list. */
export const requester = 'officer-1';
export const approver = 'approver-1';
const investigator = 'pfi-1';

export interface CastPorts {
  readonly made: MadeWorkspace;
  readonly workspace: Parameters<typeof addOfficer>[0] &
    Parameters<typeof addRecipient>[0] & { readonly publicKeys: PublicKeys };
  readonly partners: DemoPartners;
  /** Certificate of an example key. */
  certificate(name: ExampleName): Promise<Uint8Array>;
}

/**
 * Pins everybody of the demo, as one would after phone calls, and tells the partners who we are. Throws what adding a
 * person or a recipient throws.
 */
export async function meetEverybody(
  ports: CastPorts,
): Promise<{ readonly ids: readonly string[] }> {
  const { workspace, partners, made } = ports;
  for (const [id, name, roles] of [
    // May approve as well, but never what they requested themselves.
    [requester, 'Hanako Example', ['officer', 'approver']],
    [approver, 'Taro Example', ['approver']],
  ] as const) {
    const entry = { id, name, roles: [...roles], fingerprint: exampleKeys[id] };
    await addOfficer(workspace, {
      entry,
      certificate: await ports.certificate(id),
      actor: requester,
    });
  }
  await addSender(workspace, {
    entry: {
      id: investigator,
      name: 'Fukurou Forensics',
      kind: 'pfi',
      fingerprint: exampleKeys[investigator],
      confirmed_by: 'keys.example/README.md',
      confirmed_at: workspace.clock.now().toISOString(),
    },
    certificate: await ports.certificate(investigator),
    actor: requester,
  });
  await addRecipientAt(ports, 'psp', 'Suzume Payment Service');
  await addRecipientAt(ports, 'amex', 'Charge card desk');
  const { line } = await workspace.publicKeys.sftp();
  await partners.meet({
    sftpLine: line,
    certificate: await workspace.publicKeys.openpgp(),
    fingerprint: made.openpgpFingerprint,
  });
  return { ids: [requester, approver, investigator, 'psp', 'amex'] };
}

async function addRecipientAt(ports: CastPorts, id: DemoRecipient, name: string): Promise<void> {
  const { host, port, hostKey } = ports.partners.server;
  await addRecipient(ports.workspace, {
    entry: {
      id,
      name,
      fingerprint: exampleKeys[id],
      confirmed_by: 'keys.example/README.md',
      endpoints: [{ kind: 'sftp', host, port, user: id, directory: id, host_keys: [hostKey] }],
    },
    certificate: await ports.certificate(id),
    actor: requester,
  });
}
