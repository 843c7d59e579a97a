import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import { subjects, waiverStates } from '../../../domain/readiness/statements.ts';
import type { Party, Subject, Told } from '../../../domain/readiness/statements.ts';
import { isLocalDate } from '../../../domain/workspace/time-fields.ts';
import { incidentReadiness } from '../../../exchange/incident/incident-readiness.ts';
import { recordTold } from '../../../exchange/incident/record-told.ts';
import type { ToldRequest } from '../../../exchange/incident/record-told.ts';
import { reasonOf } from '../invocation.ts';
import { momentOf } from '../moment.ts';
import { readinessDocument } from '../outputs/readiness.ts';
import { readinessScreen, toldScreen } from '../screens/readiness-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { evidenceAt, oneOf, partyOf, textsOf, usage } from './told-options.ts';
import type { ToldBy } from './told-options.ts';

export interface ToldOptions extends ToldBy {
  readonly since?: string;
  readonly state?: string;
  readonly notBefore?: string;
  readonly withdraw?: boolean;
  readonly channel?: string;
  readonly at?: string;
  readonly evidence?: string;
}

/** `incident readiness`. */
export async function readiness(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const found = await incidentReadiness(workspace, id);
    shell.print(readinessScreen(found, shell));
    shell.document(readinessDocument(found));
    if (!found.isReady) shell.setStatus(1);
  });
}

/** `incident told`. */
export async function told(
  shell: Shell,
  id: string,
  what: string,
  options: ToldOptions,
): Promise<void> {
  const subject = oneOf(subjects, 'told <what>', what);
  assertFitting(subject, options);
  const party: Party = subject === 'desk' ? { kind: 'desk', name: '' } : partyOf(options);
  const texts = textsOf(options);
  const channel =
    options.channel === undefined ? undefined : oneOf(wordChannels, '--channel', options.channel);
  if (subject !== 'desk' && (texts.by === undefined || channel === undefined)) {
    throw usage('--by', 'who said it, and --channel');
  }
  await withWorkspace(shell, async (workspace) => {
    const { incident } = await workspace.incidents.get(id);
    const zone = incident.time_zone;
    const request: ToldRequest = {
      ...{ incident: id, party, ...texts, channel },
      told: toldOf(subject, options, zone),
      saidAt: options.at === undefined ? undefined : momentOf('--at', options.at, zone),
      evidence:
        options.evidence === undefined ? undefined : await evidenceAt(workspace, options.evidence),
      ...{ officer: shell.options.as, reason: reasonOf(shell.options) },
    };
    const recorded = await recordTold(workspace, request);
    const found = await incidentReadiness(workspace, id);
    shell.print(toldScreen(recorded, found, shell));
    shell.document(readinessDocument(found));
  });
}

/** Which options say something about which subject. */
const fitting: Readonly<Record<Subject, readonly (keyof ToldOptions)[]>> = {
  monitoring: ['since', 'withdraw'],
  waiver: ['state', 'terms'],
  publication: ['notBefore', 'withdraw'],
  desk: ['withdraw'],
};

/** An option that would be passed over is refused. */
function assertFitting(subject: Subject, options: ToldOptions): void {
  const ofSubjects = [...new Set(Object.values(fitting).flat())];
  const ofOthers = ['by', 'channel', 'evidence', 'issuer', 'recipient'] as const;
  const wrong = [...ofSubjects, ...(subject === 'desk' ? ofOthers : [])].find(
    (name) => options[name] !== undefined && !fitting[subject].includes(name),
  );
  if (wrong !== undefined) throw usage(optionOf(wrong), `not with ${subject}`);
  if (options.terms !== undefined && options.state !== 'granted-with-terms') {
    throw usage('--terms', 'only with --state granted-with-terms');
  }
}

function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function toldOf(
  subject: Subject,
  { since, state, terms, notBefore, withdraw }: ToldOptions,
  zone: string,
): Told {
  if (subject === 'waiver') {
    const outcome = oneOf(waiverStates, '--state', state ?? '');
    if (outcome === 'granted-with-terms' && (terms?.trim() ?? '') === '') {
      throw usage('--terms', 'the terms, as they were told');
    }
    return { subject, outcome };
  }
  if (withdraw === true) {
    if (since !== undefined) throw usage('--since', 'either --since or --withdraw');
    if (notBefore !== undefined) throw usage('--not-before', 'either --not-before or --withdraw');
    return { subject, outcome: 'withdrawn' };
  }
  if (subject === 'desk') return { subject, outcome: 'briefed' };
  if (subject === 'monitoring') {
    if (since === undefined) throw usage('--since', 'either --since or --withdraw');
    return { subject, outcome: 'on', sinceMs: momentOf('--since', since, zone).getTime() };
  }
  if (!isLocalDate(notBefore ?? '')) throw usage('--not-before', 'a date such as 2026-12-01');
  return { subject, outcome: 'not-before', day: notBefore! };
}
