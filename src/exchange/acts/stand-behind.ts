import { encodeCommand, isAbout, parseCommand } from '../../domain/audit/command-statement.ts';
import type { CommandLine, SignableCommand } from '../../domain/audit/command-statement.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { isFault } from '../../domain/fault.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import { enabledOfficer } from './acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Ids } from '../workspace/ids.ts';
import { signStatement } from './sign-statement.ts';
import type { OfficerProof } from './sign-statement.ts';
import type { Signatures } from './signatures.ts';
import type { SignedCommands, WaitingCommand } from './signed-commands.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** How long a statement may wait for a signature that is made elsewhere. */
const WAITING_MS_MAX = 24 * 60 * 60 * 1000;

export interface StandBehindPorts {
  readonly facts: WorkspaceFacts;
  readonly origin: string;
  readonly configuration: Configuration;
  readonly signatures: Signatures;
  readonly signedCommands: SignedCommands;
  readonly ids: Ids;
  readonly clock: Clock;
}

export interface StandBehindRequest {
  readonly line: CommandLine;
  readonly officer: string | undefined;
  /** Absent: none was given. */
  readonly proof: OfficerProof | undefined;
  /** Whether the command may not run without. */
  readonly isRequired: boolean;
}

/**
 * Has the acting officer sign the command that is about to run, with a key used here or elsewhere, and stores statement,
 * signature and a leaf. Returns the digest of the statement, which the leaves of the command carry; undefined where
 * nobody signs and nobody has to. What the officer may do is the command's own question.
 *
 * Throws `officer-required`, `officer-unknown`, `officer-disabled`; `command-unsigned` with the `path` of the statement
 * to sign where a signature is missing; `command-not-waiting` for a signature where no such
 * command waits for one, or waited for more than 24 hours; `statement-used`; `incident-purged` where it would have to wait and
 * names an incident that was purged; and what `signStatement` throws.
 */
export async function standBehind(
  ports: StandBehindPorts,
  request: StandBehindRequest,
): Promise<string | undefined> {
  const { line, proof, isRequired } = request;
  if (proof === undefined && !isRequired) return undefined;
  const now = ports.clock.now();
  const { officers } = await ports.configuration.load();
  const officer = enabledOfficer(officers, request.officer, 'officer', now);
  if (proof === undefined) throw await askToSign(ports, line, officer);
  if (proof.by === 'key') {
    const command = signable(ports, line, officer);
    const { statement } = command;
    await store(ports, officer, command, await signStatement(ports, officer, statement, proof));
    return digestOf(statement);
  }
  const waiting = await signedElsewhere(ports, line, officer, proof);
  await store(ports, officer, waiting, proof.signature);
  await ports.signedCommands.removeWaiting(waiting.name);
  return digestOf(waiting.statement);
}

function signable(
  { facts, ids, clock }: StandBehindPorts,
  line: CommandLine,
  officer: Officer,
): SignableCommand {
  return encodeCommand(
    {
      ...{ workspace: facts.id, mode: facts.mode, officer: officer.id },
      ...{ nonce: ids.nonce(), at: clock.now().toISOString() },
    },
    line,
    ids.nonce(),
  );
}

/** Writes what there is to sign, and forgets statements that waited for too long. */
async function askToSign(
  ports: StandBehindPorts,
  line: CommandLine,
  officer: Officer,
): Promise<DecisionFault> {
  const { signedCommands } = ports;
  for (const waiting of await signedCommands.waiting()) {
    // The same command asked for again replaces the first asking: one run, one statement.
    if (readable(() => !isStale(ports, waiting) && !isAbout(waiting, line, officer.id)) !== true) {
      await signedCommands.removeWaiting(waiting.name);
    }
  }
  const command = signable(ports, line, officer);
  const { nonce } = parseCommand(command.statement);
  const path = await signedCommands.putWaiting(`${officer.id}-${nonce}`, command);
  return new DecisionFault('command-unsigned', {
    officer: officer.id,
    command: line.command,
    path,
  });
}

/** The waiting statement that a signature is over. */
async function signedElsewhere(
  ports: StandBehindPorts,
  line: CommandLine,
  officer: Officer,
  proof: OfficerProof,
): Promise<WaitingCommand> {
  let last: unknown = new DecisionFault('command-not-waiting', { command: line.command });
  for (const waiting of await ports.signedCommands.waiting()) {
    if (readable(() => isWaitingFor(ports, waiting, line, officer)) !== true) continue;
    try {
      await signStatement(ports, officer, waiting.statement, proof);
      return waiting;
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

function isWaitingFor(
  ports: StandBehindPorts,
  waiting: WaitingCommand,
  line: CommandLine,
  officer: Officer,
): boolean {
  const { facts } = ports;
  const { workspace, mode } = parseCommand(waiting.statement);
  const isHere = workspace === facts.id && mode === facts.mode;
  return isHere && !isStale(ports, waiting) && isAbout(waiting, line, officer.id);
}

function isStale({ clock }: StandBehindPorts, { statement }: SignableCommand): boolean {
  const age = clock.now().getTime() - Date.parse(parseCommand(statement).at);
  return age > WAITING_MS_MAX || age < -WAITING_MS_MAX;
}

/** Whatever else lies there is nobody's statement. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}

async function store(
  ports: StandBehindPorts,
  officer: Officer,
  { statement, said }: SignableCommand,
  signature: Uint8Array,
): Promise<void> {
  const { command, nonce } = parseCommand(statement);
  const { id, fingerprint } = officer;
  const sha256 = digestOf(statement);
  await ports.signedCommands.add(
    {
      ...{ sha256, nonce, officer: id, command, statement, signature, fingerprint },
      madeAt: ports.clock.now(),
    },
    {
      draft: {
        actor: id,
        act: 'command-sign',
        result: 'done',
        origin: ports.origin,
        object: `command:${nonce.slice(0, 16)}`,
        data: {
          officer: id,
          command: command.replace(' ', '-'),
          statement: sha256,
          signature: digestOf(signature),
          fingerprint,
        },
      },
      texts: { said: new TextDecoder().decode(said) },
    },
  );
}
