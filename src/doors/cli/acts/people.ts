import { roles } from '../../../domain/workspace/roles.ts';
import type { Role } from '../../../domain/workspace/roles.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { addOfficer, addSender, disablePerson } from '../../../exchange/acts/add-person.ts';
import { reasonOf } from '../invocation.ts';
import { senderKinds } from '../option-values.ts';
import { peopleDocument, personDocument } from '../outputs/people.ts';
import { peopleScreen, personAddedScreen, personDisabledScreen } from '../screens/people-screen.ts';
import { readPickupKey } from './read-pickup-key.ts';
import { sayProposal } from './say-proposal.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

const certificateBytesMax = 256 * 1024;

/** As commander hands them over. */
export interface AddOptions {
  readonly name: string;
  readonly roles: string;
  readonly certificate: string;
  readonly fingerprint: string;
  readonly confirmedBy: string;
  readonly kind: string;
  /** Of a sender: files of public keys. */
  readonly pickupKey?: readonly string[];
}

/** `officer list`, `sender list`. */
export async function listPeople(shell: Shell, kind: 'officer' | 'sender'): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const loaded = await workspace.configuration.load();
    const people = kind === 'officer' ? loaded.officers : loaded.senders;
    shell.print(peopleScreen({ kind, people }, shell));
    shell.document(peopleDocument({ kind, people }));
  });
}

/** `officer disable`, `sender disable`. */
export async function disable(shell: Shell, kind: 'officer' | 'sender', id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { as: actor } = shell.options;
    await disablePerson(workspace, { kind, id, reason: reasonOf(shell.options), actor });
    shell.print(personDisabledScreen({ kind, id }, shell));
    await sayProposal(shell, workspace);
    shell.document(personDocument({ kind, id, state: 'disabled' }));
  });
}

/** `officer add`, `sender add`. */
export async function addPerson(
  shell: Shell,
  kind: 'officer' | 'sender',
  id: string,
  options: AddOptions,
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const bytes = await workspace.inputs.read(options.certificate, certificateBytesMax);
    const { name, fingerprint, confirmedBy } = options;
    const actor = shell.options.as;
    const { pickupKey = [] } = options;
    const keys = await Promise.all(pickupKey.map((file) => readPickupKey(workspace, file)));
    const certificate =
      kind === 'officer'
        ? await addOfficer(workspace, {
            entry: { id, name, fingerprint, roles: rolesOf(options.roles) },
            certificate: bytes,
            actor,
          })
        : await addSender(workspace, {
            entry: {
              id,
              name,
              kind: senderKind(options.kind),
              fingerprint,
              confirmed_by: confirmedBy,
              confirmed_at: workspace.clock.now().toISOString(),
              ...(keys.length === 0 ? {} : { pickup_keys: keys }),
            },
            certificate: bytes,
            actor,
          });
    shell.print(personAddedScreen({ kind, id, name, certificate }, shell));
    await sayProposal(shell, workspace);
    shell.document(personDocument({ kind, id, state: 'enabled', certificate }));
  });
}

function rolesOf(text: string): Role[] {
  return text.split(',').map((word) => {
    const role = roles.find((known) => known === word.trim());
    if (role === undefined)
      throw new WorkspaceFault('usage', { option: '--roles', expected: roles.join(', ') });
    return role;
  });
}

function senderKind(text: string): (typeof senderKinds)[number] {
  const kind = senderKinds.find((known) => known === text);
  if (kind === undefined)
    throw new WorkspaceFault('usage', { option: '--kind', expected: senderKinds.join(', ') });
  return kind;
}
