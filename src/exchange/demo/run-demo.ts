import { Fault, isFault } from '../../domain/fault.ts';
import { sourceSpecSchema } from '../../domain/intake/source-spec.ts';
import type { ExampleName } from '../../domain/workspace/example-keys.ts';
import { decideHandoff } from '../handoff/decide-handoff.ts';
import type { DecidePorts } from '../handoff/decide-handoff.ts';
import { deliverHandoff } from '../delivery/deliver-handoff.ts';
import type { Delivered } from '../delivery/deliver-handoff.ts';
import type { DeliverPorts } from '../delivery/deliver-ports.ts';
import { DeliveryFault } from '../delivery/delivery-errors.ts';
import { DemoFault } from './demo-errors.ts';
import { approver, meetEverybody, requester } from './demo-cast.ts';
import type { CastPorts } from './demo-cast.ts';
import type { DemoSource } from './demo-partners.ts';
import { checkStory } from './demo-story.ts';
import type { DemoNews, DemoScene, DemoStory } from './demo-story.ts';
import { importBins } from '../configuration/import-bins.ts';
import { openIncident } from '../incident/open-incident.ts';
import { prepareHandoff } from '../handoff/prepare-handoff.ts';
import type { Prepared, PreparePorts, PrepareRequest } from '../handoff/prepare-handoff.ts';
import { requestHandoff } from '../handoff/request-handoff.ts';
import type { RequestPorts } from '../handoff/request-handoff.ts';
import type { OfficerProof } from '../acts/sign-statement.ts';
import { verifyAudit } from '../audit/verify-audit.ts';

/** An opened workspace: the ports of every use case the story needs. */
export type DemoWorkspace = CastPorts['workspace'] &
  PreparePorts &
  RequestPorts &
  DecidePorts &
  DeliverPorts &
  Parameters<typeof importBins>[0] &
  Parameters<typeof openIncident>[0] &
  Parameters<typeof verifyAudit>[0];

export interface DemoPorts extends CastPorts {
  readonly workspace: DemoWorkspace;
  /** An officer's private key with its passphrase, as the officer would bring it. */
  proof(officer: ExampleName): Promise<OfficerProof>;
  /** Files that come with the program: an issuer table as text, and the paths of tables to read. */
  readonly files: {
    issuers(): Promise<string>;
    readonly incident: string;
    readonly orders: string;
    readonly recovered: string;
  };
  /** Aborts a delivery that takes longer than any healthy one on this machine. */
  deliveryLimit(): AbortSignal;
}

export interface DemoListener {
  /** Aborted by the person who watches. */
  readonly signal: AbortSignal;
  begins(scene: DemoScene): void;
  ends(news: DemoNews): void;
  readonly progress?: PrepareRequest['onProgress'];
}

const REASON = 'Counts agree with the export and the list of the investigator (demo)';

/**
 * Plays the sample incident from the first certificate to the verified log, through the same use cases as the
 * commands. Both officers are played by the demo itself, each with their own key; the rules stay the same for it.
 *
 * Throws `demo-partner-lost` when the partners' process ends or stops answering, `interrupted`, and what the use cases
 * throw. What does not hold at the end stands in `checks`.
 */
export async function runDemo(ports: DemoPorts, listener: DemoListener): Promise<DemoStory> {
  const { made, workspace, partners } = ports;
  const play = player(listener);
  await play('people', () => meetEverybody(ports));
  const { orders, recovered } = await play('sources', async () => {
    const sources = await partners.handOverSources();
    return { ...sources, sources: [sources.orders, sources.recovered] };
  });
  const { id: incident } = await play('incident', () => openSampleIncident(ports));
  const { prepared } = await play('prepare', () =>
    prepare(ports, incident, [orders, recovered], listener),
  );
  const planSha256 = prepared.plan?.planSha256 ?? '';
  await play('request', async () => {
    const proof = await ports.proof(requester);
    await requestHandoff(workspace, { handoff: prepared.handoff, officer: requester, proof });
    return { officer: requester, planSha256 };
  });
  const { code: refusal } = await play('refusal', () => tryOwnApproval(ports, prepared.handoff));
  await play('approve', async () => {
    await approve(ports, prepared.handoff, approver);
    return { officer: approver, planSha256 };
  });
  const { delivered } = await play('deliver', () => deliver(ports, prepared, listener));
  const { receipts } = await play('receive', async () => ({ receipts: await partners.receipts() }));
  const { verdict } = await play('verify', async () => ({
    verdict: await verifyAudit(workspace, made.vkey, []),
  }));
  const sources = [orders, recovered];
  const story = {
    workspace: made,
    sources,
    prepared,
    approver,
    refusal,
    delivered,
    receipts,
    verdict,
  };
  return { ...story, checks: checkStory(story) };
}

type NewsOf<Scene extends DemoScene> = Omit<Extract<DemoNews, { scene: Scene }>, 'scene'>;

/** Announces each scene, plays it and tells what came of it, unless the person has gone. */
function player(listener: DemoListener) {
  return async <Scene extends DemoScene, Result extends NewsOf<Scene>>(
    scene: Scene,
    act: () => Promise<Result>,
  ): Promise<Result> => {
    if (listener.signal.aborted) throw new Fault('interrupted', 'later');
    listener.begins(scene);
    const result = await act();
    listener.ends({ scene, ...result } as unknown as DemoNews);
    return result;
  };
}

async function openSampleIncident({ workspace, files }: DemoPorts): Promise<NewsOf<'incident'>> {
  const { ranges } = await importBins(workspace, {
    text: await files.issuers(),
    columns: {},
    officer: requester,
  });
  const { id, public_name: name } = await openIncident(workspace, {
    file: files.incident,
    officer: requester,
  });
  return { id, name, ranges };
}

async function prepare(
  { workspace, files }: DemoPorts,
  incident: string,
  [orders, recovered]: readonly [DemoSource, DemoSource],
  listener: DemoListener,
): Promise<{ prepared: Prepared }> {
  const specs = await Promise.all(
    [files.orders, files.recovered].map((file) => workspace.tables.read(file, sourceSpecSchema)),
  );
  const prepared = await prepareHandoff(workspace, {
    incident,
    officer: requester,
    sources: [orders, recovered].map(({ path, name }, at) => ({ path, name, spec: specs[at]! })),
    acceptHeld: [],
    reason: undefined,
    dryRun: false,
    signal: listener.signal,
    ...(listener.progress === undefined ? {} : { onProgress: listener.progress }),
  });
  return { prepared };
}

/** The one refusal of the story: whoever asked for a handoff does not approve it. */
async function tryOwnApproval(ports: DemoPorts, handoff: string): Promise<NewsOf<'refusal'>> {
  try {
    await approve(ports, handoff, requester);
    return { officer: requester, code: undefined };
  } catch (error) {
    if (!isFault(error)) throw error;
    return { officer: requester, code: error.code };
  }
}

async function approve(ports: DemoPorts, handoff: string, officer: ExampleName): Promise<void> {
  await decideHandoff(ports.workspace, {
    handoff,
    decision: 'approve',
    officer,
    reason: REASON,
    proof: await ports.proof(officer),
  });
}

async function deliver(
  { workspace, partners, ...ports }: DemoPorts,
  { handoff }: Prepared,
  { signal }: DemoListener,
): Promise<{ delivered: Delivered }> {
  const limit = ports.deliveryLimit();
  const delivered = await deliverHandoff(workspace, {
    handoff,
    officer: requester,
    recipient: undefined,
    signal: AbortSignal.any([signal, partners.lost, limit]),
  });
  const open = delivered.reports.find(({ state }) => state !== 'stored');
  if (open === undefined) return { delivered };
  if (signal.aborted) throw new Fault('interrupted', 'later');
  if (partners.lost.aborted) throw new DemoFault('demo-partner-lost', { reason: 'ended' });
  if (limit.aborted) throw new DemoFault('demo-partner-lost', { reason: 'no-answer' });
  throw open.fault ?? new DeliveryFault('outcome-unknown', { batch: open.batch });
}
