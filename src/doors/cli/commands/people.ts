import type { Command } from 'commander';

import { roles } from '../../../domain/workspace/officer.ts';
import type { Role } from '../../../domain/workspace/officer.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { addOfficer, addSender, disablePerson } from '../../../exchange/add-person.ts';
import { reasonOf } from '../invocation.ts';
import { peopleDocument, personDocument } from '../outputs/people.ts';
import { peopleScreen, personAddedScreen, personDisabledScreen } from '../screens/people-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

const senderKinds = ['pfi', 'processor', 'merchant'] as const;
const certificateBytesMax = 256 * 1024;

interface AddOptions {
  readonly name: string;
  readonly roles: string;
  readonly certificate: string;
  readonly fingerprint: string;
  readonly confirmedBy: string;
  readonly kind: string;
}

/** `officer add|list|disable` and `sender add|list|disable`. */
export function registerPeople(program: Command, shellOf: () => Shell): void {
  registerGroup(program, 'officer', 'people who request, approve, answer or review', shellOf);
  registerGroup(program, 'sender', 'who may send us encrypted lists (a PFI, a processor)', shellOf);
}

function registerGroup(
  program: Command,
  kind: 'officer' | 'sender',
  description: string,
  shellOf: () => Shell,
): void {
  const group = program.command(kind).description(description);
  const add = group
    .command('add <id>')
    .description(`pin the certificate of a new ${kind}`)
    .requiredOption('--name <text>', 'as people know them')
    .requiredOption('--certificate <file>', 'their OpenPGP certificate')
    .requiredOption(
      '--fingerprint <hex>',
      'as they confirmed it on another way than the file came',
    );
  if (kind === 'officer')
    add.requiredOption('--roles <list>', `comma-separated: ${roles.join(', ')}`);
  else {
    add.requiredOption('--kind <kind>', senderKinds.join(', '));
    add.requiredOption('--confirmed-by <text>', 'how and with whom the fingerprint was confirmed');
  }
  add.action(async (id: string, options: AddOptions) => {
    await addPerson(shellOf(), kind, id, options);
  });
  group
    .command('list')
    .description(`all ${kind}s`)
    .action(async () => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const loaded = await workspace.configuration.load();
        const people = kind === 'officer' ? loaded.officers : loaded.senders;
        shell.print(peopleScreen({ kind, people }, shell));
        shell.document(peopleDocument({ kind, people }));
      });
    });
  group
    .command('disable <id>')
    .description('accept nothing new by them; needs --reason')
    .action(async (id: string) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const { as: actor } = shell.options;
        await disablePerson(workspace, { kind, id, reason: reasonOf(shell.options), actor });
        shell.print(personDisabledScreen({ kind, id }, shell));
        shell.document(personDocument({ kind, id, state: 'disabled' }));
      });
    });
}

async function addPerson(
  shell: Shell,
  kind: 'officer' | 'sender',
  id: string,
  options: AddOptions,
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const bytes = await workspace.inputs.read(options.certificate, certificateBytesMax);
    const { name, fingerprint, confirmedBy } = options;
    const actor = shell.options.as;
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
            },
            certificate: bytes,
            actor,
          });
    shell.print(personAddedScreen({ kind, id, name, certificate }, shell));
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
