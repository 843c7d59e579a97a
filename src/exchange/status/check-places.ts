import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Check } from './check-workspace.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { Place, Places } from '../delivery/places.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

interface Ports {
  readonly places: Places;
  readonly facts: WorkspaceFacts;
  readonly folder: Pick<WorkspaceFolder, 'root'>;
}

/** What the refusal of a prepare needs besides. */
interface PreparePorts extends Ports {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly incidents: IncidentRegister;
  readonly log: LogBook;
  readonly clock: Clock;
}

/** What about a place makes it a poor one for card numbers. */
export type PlaceProblem = 'synced' | 'network' | 'open-to-all' | 'encryption-not-seen';

/** The problems of one place, the worst in front. Encryption counts only where it could be told. */
function placeProblems(place: Place): readonly PlaceProblem[] {
  return [
    ...(place.syncedBy === undefined ? [] : ['synced' as const]),
    ...(place.network === undefined ? [] : ['network' as const]),
    ...(place.isOpenToAll ? ['open-to-all' as const] : []),
    ...(place.encryption === 'not-seen' ? ['encryption-not-seen' as const] : []),
  ];
}

/**
 * The doctor's words about a place, one check per problem, or one that is fine. `check` is the first part of each.
 * A synchronised workspace fails in live mode, because `prepare` refuses it.
 */
export async function checkPlace(
  { places, facts }: Pick<Ports, 'places' | 'facts'>,
  check: 'workspace-place' | 'source-place' | 'backup-place',
  path: string,
): Promise<Check[]> {
  const place = await places.examine(path);
  if (place === undefined) {
    return [{ check: `${check}-unseen`, verdict: 'warning', facts: { path } }];
  }
  const problems = placeProblems(place);
  const about = { path, by: place.syncedBy ?? place.network ?? '' };
  if (problems.length === 0) return [{ check, verdict: 'ok', facts: about }];
  return problems.map((problem) => ({
    check: `${check}-${problem}`,
    verdict: isRefused(check, problem, facts.mode) ? 'failed' : 'warning',
    facts: {
      path,
      by: (problem === 'synced' ? place.syncedBy : place.network) ?? '',
    },
  }));
}

/**
 * Refuses to prepare in a live workspace that a program copies elsewhere: each file written here would leave the machine
 * by itself. Sources are told about and read: what they lie in has happened already. Returns the checks to be shown.
 *
 * Throws WorkspaceFault `workspace-synced`, which leaves a leaf; before that what `actingOfficer` and
 * `IncidentRegister.get` throw.
 */
export async function assertPlaces(
  ports: PreparePorts,
  request: {
    readonly incident: string;
    readonly officer: string | undefined;
    readonly sources: readonly { readonly path: string }[];
  },
): Promise<readonly Check[]> {
  const own = await checkPlace(ports, 'workspace-place', ports.folder.root);
  const bad = own.find(({ check }) => check === 'workspace-place-synced');
  if (bad !== undefined && ports.facts.mode === 'live') {
    const fault = new WorkspaceFault('workspace-synced', { by: String(bad.facts['by']) });
    await recordRefusal(ports, request, fault.code);
    throw fault;
  }
  const files = request.sources.filter(({ path }) => path !== '-');
  const found = await Promise.all(files.map(({ path }) => checkPlace(ports, 'source-place', path)));
  // Encryption is the doctor's to tell: on every prepare the line would soon be read by nobody.
  return [...own, ...found.flat()].filter(
    ({ check, verdict }) =>
      verdict !== 'ok' && !check.endsWith('-encryption-not-seen') && !check.endsWith('-unseen'),
  );
}

/** The leaf names who wanted it, and for which incident: both have to be real. */
async function recordRefusal(
  { configuration, incidents, clock, log, origin }: PreparePorts,
  request: { readonly incident: string; readonly officer: string | undefined },
  code: string,
): Promise<void> {
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  const { incident } = await incidents.get(request.incident);
  await log.append({
    draft: {
      ...{ actor: officer.id, act: 'handoff-prepare-refused', result: 'refused', origin },
      ...{ object: `incident:${incident.id}`, data: { incident: incident.id, code } },
    },
  });
}

function isRefused(check: string, problem: PlaceProblem, mode: 'drill' | 'live'): boolean {
  return check === 'workspace-place' && problem === 'synced' && mode === 'live';
}
