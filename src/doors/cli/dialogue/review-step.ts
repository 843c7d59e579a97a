import type { Stage } from '../../../domain/handoff/stage.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { isFault } from '../../../domain/fault.ts';
import { requestHandoff } from '../../../exchange/handoff/request-handoff.ts';
import { prepare } from '../acts/handoff-prepare.ts';
import { officerProof } from '../invocation.ts';
import { hang } from '../layout.ts';
import { nextLines } from '../screens/next-lines.ts';
import type { Shell } from '../shell.ts';
import { commandText, showCommand } from './dialogue-parts.ts';
import type { DialogueParts } from './dialogue-parts.ts';
import { prepareWords } from './source-step.ts';
import type { ChosenSource } from './source-step.ts';

interface Choices {
  readonly incident: Incident;
  readonly stage: Stage | undefined;
  readonly officer: string;
  readonly source: ChosenSource;
}

/** Counts everything first, then seals on a written yes, then offers the signature, then says who has to do what. */
export async function prepareAndSign(parts: DialogueParts, choices: Choices): Promise<void> {
  const { shell, asking, workspace } = parts;
  const { say } = asking;
  const { incident, stage, officer, source } = choices;
  const staged = stage === undefined ? {} : { stage };
  const words = [
    ...prepareWords(incident.id, source),
    ...(stage === undefined ? [] : ['--stage', stage]),
  ];
  const acting = actingAs(shell, officer);
  const options = { ...source, ...staged, incident: incident.id };
  showCommand(parts, [...words, '--dry-run'], officer);
  shell.print(['']);
  await prepare(acting, workspace, { ...options, dryRun: true }, performance.now());
  shell.print(['', ...hang('', say.beforePrepare)]);
  if (!(await asking.yes(say.prepareNow))) {
    shell.print(hang('', say.notPrepared));
    showCommand(parts, words, officer);
    return;
  }
  showCommand(parts, words, officer);
  shell.print(['']);
  const { handoff, result } = await prepare(acting, workspace, options, performance.now());
  if (result.batches.length === 0) return;
  await sign(parts, handoff, officer);
  await sayWhatIsLeft(parts, handoff, officer);
}

/** The requester's signature; an empty answer leaves it for later, on this machine or another. */
async function sign(parts: DialogueParts, handoff: string, officer: string): Promise<void> {
  const { shell, asking, workspace } = parts;
  const { say } = asking;
  const command = (key: string): string[] => [
    ...['handoff', 'request', handoff, '--officer-key', key],
  ];
  for (;;) {
    const given = shell.options.officerKey;
    const key =
      given ??
      (await asking.optional({
        text: say.officerKey(officer),
        files: true,
        read: (answer) => ({ value: answer }),
      }));
    if (key === undefined) {
      showCommand(parts, command('FILE'), officer);
      return;
    }
    try {
      const acting = { ...shell.options, as: officer, officerKey: key };
      const proof = await officerProof(acting, workspace);
      await requestHandoff(workspace, { handoff, officer, proof: proof! });
      showCommand(parts, command(key), officer);
      shell.print(hang('  ', say.signed));
      return;
    } catch (error) {
      if (given !== undefined || !isFault(error)) throw error;
      asking.showFault(error);
    }
  }
}

/** What is left for others, as commands they can type. */
async function sayWhatIsLeft(
  { shell, asking, workspace }: DialogueParts,
  handoff: string,
  officer: string,
): Promise<void> {
  const { say } = asking;
  const { officers, settings } = await workspace.configuration.load();
  const approvers = officers.filter(
    ({ id, state, roles }) => id !== officer && state === 'enabled' && roles.includes('approver'),
  );
  const command = (words: readonly string[], as?: string): string =>
    commandText(
      shell.options.workspace === undefined ? {} : { workspace: shell.options.workspace },
      words,
      as,
    );
  const [only] = approvers;
  const approver = approvers.length === 1 ? only!.id : 'ID';
  shell.print([
    '',
    ...hang(
      '',
      say.left(
        settings.approvals.required,
        approvers.map(({ id }) => id),
      ),
    ),
    ...nextLines(
      [
        { command: command(['handoff', 'review', handoff]), label: say.reviewLabel },
        {
          command: command(['handoff', 'approve', handoff, '--officer-key', 'FILE'], approver),
          label: say.approveLabel,
        },
        { command: command(['handoff', 'deliver', handoff], officer), label: say.deliverLabel },
      ],
      shell,
    ),
  ]);
}

/** The same shell with the officer that was chosen. Its language is known by now. */
function actingAs(shell: Shell, officer: string): Shell {
  return { ...shell, options: { ...shell.options, as: officer } };
}
