import { isFault } from '../../domain/fault.ts';
import type { Facts } from '../../domain/fault.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { certificateDates } from '../keys/certificate-dates.ts';
import { clockChecks } from '../incident/check-clocks.ts';
import { keyChecks } from '../keys/check-keys.ts';
import { configurationChecks } from '../configuration/check-configuration.ts';
import { emergencyChecks } from '../delivery/check-emergency.ts';
import type { Machine } from '../workspace/machine.ts';
import type { Restored } from '../backup/restored-standing.ts';
import { vkeysOf } from '../audit/log-keys.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { logStatus } from './workspace-status.ts';
import type { AnchorState } from './workspace-status.ts';

/** One thing the doctor looked at. `check` is a stable word; what it found stands in `facts`. */
export interface Check {
  readonly check: string;
  readonly verdict: 'ok' | 'warning' | 'failed';
  readonly facts: Facts;
}

type Ports = Parameters<typeof certificateDates>[0] &
  Parameters<typeof logStatus>[0] &
  Parameters<typeof clockChecks>[0] &
  Parameters<typeof emergencyChecks>[0] &
  Parameters<typeof keyChecks>[0] &
  Parameters<typeof configurationChecks>[0] &
  Parameters<typeof verifyAudit>[0] & {
    readonly machine: Machine;
    readonly restored?: Restored | undefined;
  };

const warnDays = 90;

/**
 * Looks at everything a handoff will rest on: the machine, the files, the people, the certificates, the log. Needs no
 * secret and changes nothing. Each problem is a value; only what keeps the doctor from looking throws.
 */
export async function checkWorkspace(ports: Ports): Promise<readonly Check[]> {
  return [
    ...(await machineChecks(ports)),
    ...(await peopleChecks(ports)),
    ...(await configurationChecks(ports)),
    ...(await certificateChecks(ports)),
    ...(await keyChecks(ports)),
    ...(await clockChecks(ports)),
    ...(await emergencyChecks(ports)),
    ...(await logChecks(ports)),
    ...restoredChecks(ports),
  ];
}

async function machineChecks({ machine, facts }: Ports): Promise<Check[]> {
  const found = await machine.inspect();
  // Swap and core dumps would put memory, and so card numbers, on the disk.
  const unlessLive = facts.mode === 'live' ? 'failed' : 'warning';
  return [
    { check: 'node', verdict: 'ok', facts: { version: found.node, sqlite: found.sqlite } },
    check('core-dumps', !found.allowsCoreDumps, 'warning', {}),
    check('swap', !found.hasPlainSwap, 'warning', {}),
    check('inspection', found.inspectionOption === undefined, unlessLive, {
      option: found.inspectionOption ?? '',
    }),
    check('private-files', found.exposedFiles.length === 0, 'failed', {
      files: found.exposedFiles,
    }),
    check('durable-disk', found.volatileFileSystem === undefined, unlessLive, {
      fileSystem: found.volatileFileSystem ?? '',
    }),
  ];
}

async function peopleChecks({ configuration }: Ports): Promise<Check[]> {
  const { officers, recipients, settings } = await configuration.load();
  const enabled = officers.filter(({ state }) => state === 'enabled');
  const requesters = enabled.filter(({ roles }) => roles.includes('officer'));
  const approvers = enabled.filter(({ roles }) => roles.includes('approver'));
  const needed = settings.approvals.required;
  // Whoever requests, enough others must be there to approve.
  const isCovered = requesters.every(
    ({ id }) => approvers.filter((approver) => approver.id !== id).length >= needed,
  );
  return [
    check('officers', requesters.length > 0 && isCovered, 'warning', {
      officers: requesters.length,
      approvers: approvers.length,
      required: needed,
    }),
    check(
      'recipients',
      recipients.some(({ state }) => state === 'enabled'),
      'warning',
      {
        recipients: recipients.length,
      },
    ),
    ...algorithmChecks(recipients),
  ];
}

/** Weak SSH was allowed with a reason; whoever looks should see that it still is. */
function algorithmChecks(recipients: readonly Recipient[]): Check[] {
  return recipients
    .filter(({ state }) => state === 'enabled')
    .flatMap(({ id, endpoints }) =>
      endpoints.flatMap((endpoint): Check[] => {
        const allowed = endpoint.kind === 'sftp' ? (endpoint.allow_algorithms ?? []) : [];
        if (allowed.length === 0) return [];
        const algorithms = allowed.map(({ algorithm }) => algorithm);
        return [{ check: 'weak-algorithms', verdict: 'warning', facts: { id, algorithms } }];
      }),
    );
}

async function certificateChecks(ports: Ports): Promise<Check[]> {
  const dates = await certificateDates(ports);
  return dates.map(({ kind, id, daysLeft, problem }): Check => {
    const about = { kind, id, ...(daysLeft === undefined ? {} : { daysLeft }) };
    if (problem !== undefined) {
      return { check: 'certificate', verdict: 'failed', facts: { ...about, problem } };
    }
    const endsSoon = daysLeft !== undefined && daysLeft <= warnDays;
    return { check: 'certificate', verdict: endsSoon ? 'warning' : 'ok', facts: about };
  });
}

async function logChecks(ports: Ports): Promise<Check[]> {
  const verdict = await verifyLogSafely(ports);
  const { anchor, entries } = await logStatus(ports);
  return [
    check('log', verdict === undefined, 'failed', { entries, breach: verdict ?? '' }),
    {
      check: 'anchor',
      verdict: anchorVerdicts[anchor] ?? 'failed',
      facts: { anchor },
    },
  ];
}

/** Nothing to say of a workspace that was never restored. */
function restoredChecks({ restored }: Ports): Check[] {
  if (restored === undefined) return [];
  const { mark, standing } = restored;
  const about = { backup: mark.backup, at: mark.restoredAt };
  return standing.mayGoOn
    ? [{ check: 'restored', verdict: 'ok', facts: { ...about, with: standing.comparedWith } }]
    : [{ check: 'restored', verdict: 'failed', facts: { ...about, code: standing.fault.code } }];
}

const anchorVerdicts: Readonly<Partial<Record<AnchorState, Check['verdict']>>> = {
  agrees: 'ok',
  empty: 'ok',
  absent: 'warning',
};

async function verifyLogSafely(ports: Ports): Promise<string | undefined> {
  try {
    const keys = vkeysOf(ports.facts);
    const verdict = await verifyAudit(ports, keys, [], keys);
    return verdict.holds ? undefined : verdict.kind;
  } catch (error) {
    return isFault(error) ? error.code : 'unreadable';
  }
}

function check(name: string, holds: boolean, otherwise: 'warning' | 'failed', facts: Facts): Check {
  return { check: name, verdict: holds ? 'ok' : otherwise, facts: holds ? {} : facts };
}
