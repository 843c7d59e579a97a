import type { Incident } from '../../../domain/incident/incident.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { certificateDates } from '../../../exchange/keys/certificate-dates.ts';
import type { CertificateDate } from '../../../exchange/keys/certificate-dates.ts';
import { recipientStanding } from '../../../exchange/recipients/recipient-standing.ts';
import type { Recipient } from '../../../domain/recipients/recipient.ts';
import { hang } from '../layout.ts';
import { placeOf } from '../screens/recipients-screen.ts';
import { nextLines } from '../screens/next-lines.ts';
import { commandText } from './dialogue-parts.ts';
import type { DialogueParts } from './dialogue-parts.ts';

/**
 * Shows who will get files of this incident and how they stand, and asks for a yes. Throws `recipients-missing` when
 * nobody is there to send to, with the command that adds somebody on the screen.
 */
export async function checkRecipients(parts: DialogueParts, incident: Incident): Promise<void> {
  const { shell, workspace, asking } = parts;
  const { say } = asking;
  const { recipients } = await workspace.configuration.load();
  const wanted = new Set([incident.default_recipient, ...incident.routes.map((r) => r.recipient)]);
  const chosen = recipients.filter(({ id, state }) => state === 'enabled' && wanted.has(id));
  if (chosen.length === 0) {
    const command = commandText(shell.options, ['recipient', 'add', 'ID', '…']);
    shell.print([...hang('  ', say.noRecipient), ...nextLines([{ command }], shell)]);
    throw new WorkspaceFault('recipients-missing');
  }
  const dates = await certificateDates(workspace);
  for (const recipient of chosen) await showStanding(parts, recipient, dates);
  if (!(await asking.yes(say.rightRecipients))) {
    shell.print(
      nextLines(
        [
          { command: commandText(shell.options, ['recipient', 'show', 'ID']) },
          {
            command: commandText(shell.options, ['incident', 'amend', incident.id, 'FILE.toml']),
            label: say.amendLabel,
          },
        ],
        shell,
      ),
    );
    asking.stop();
  }
}

async function showStanding(
  { shell, workspace, asking }: DialogueParts,
  recipient: Recipient,
  dates: readonly CertificateDate[],
): Promise<void> {
  const { say } = asking;
  const [endpoint] = recipient.endpoints;
  const date = dates.find(({ kind, id }) => kind === 'recipient' && id === recipient.id);
  const place =
    endpoint?.kind === 'sftp'
      ? `${endpoint.user}@${endpoint.host}:${String(endpoint.port)}`
      : endpoint === undefined
        ? ''
        : placeOf(endpoint, shell);
  const isDrill = workspace.facts.mode === 'drill';
  const { isTested } = await recipientStanding(workspace, recipient);
  const texts = [
    place,
    date?.problem === undefined
      ? say.certificate(date?.expiresAt?.toISOString().slice(0, 10))
      : say.badCertificate(date.problem),
    ...(isDrill ? [] : [isTested ? say.tested : say.untested]),
  ];
  shell.print(hang(`  ${recipient.id}  `, texts.join(' · ')));
  if (isDrill || isTested) return;
  const command = commandText(shell.options, ['recipient', 'test', recipient.id, '--as', 'ID']);
  shell.print(nextLines([{ command, label: say.testLabel }], shell));
}
