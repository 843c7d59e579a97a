import { SqliteEscalationBook } from '../../src/edge/sqlite/escalation-book.ts';
import { SqliteKeyWarnings } from '../../src/edge/sqlite/key-warnings.ts';
import { SqliteRoundBook } from '../../src/edge/sqlite/round-book.ts';
import { SqliteServeDeliveries } from '../../src/edge/sqlite/serve-deliveries.ts';
import { SqliteIncidentPurges } from '../../src/edge/sqlite/incident-purges.ts';
import { answerFormat } from './answer-formats.ts';
import { builtinProfiles } from '../../src/domain/formats/builtin-profiles.ts';
import { FormatsFault } from '../../src/domain/formats/errors.ts';
import type { Plan } from '../../src/domain/handoff/plan.ts';
import type { IncidentEntry } from '../../src/domain/incident/incident.ts';
import { sourceSpecSchema } from '../../src/domain/intake/source-spec.ts';
import { decideHandoff } from '../../src/exchange/handoff/decide-handoff.ts';
import type { Decided, DecideRequest } from '../../src/exchange/handoff/decide-handoff.ts';
import { openIncident } from '../../src/exchange/incident/open-incident.ts';
import { prepareHandoff } from '../../src/exchange/handoff/prepare-handoff.ts';
import type { Prepared, PrepareRequest } from '../../src/exchange/handoff/prepare-handoff.ts';
import { requestHandoff } from '../../src/exchange/handoff/request-handoff.ts';
import type { OfficerProof } from '../../src/exchange/acts/sign-statement.ts';
import type { OwnKey, OwnKeyPurpose } from '../../src/exchange/keys/own-keys.ts';
import type { MachineFindings } from '../../src/exchange/workspace/machine.ts';
import { AnchorDirectory } from '../../src/edge/files/anchor-directory.ts';
import { testLogKey } from './audit-log.ts';
import { FakeCardProcess } from './fake-card-process.ts';
import { incidentEntry } from './incident-entry.ts';
import {
  MemoryCertificates,
  MemoryConfiguration,
  MemoryFolder,
  MemoryTables,
  plainSignatures,
} from './memory-workspace.ts';
import { ORIGIN, StoreBench } from './store-bench.ts';

/** Everything the use cases want: the database is real, what lies around it is small. */
export class ExchangeDesk {
  readonly store = new StoreBench();
  readonly facts = {
    id: 'drill-1',
    mode: 'drill' as 'drill' | 'live',
    signer: 'F'.repeat(40),
    vkey: testLogKey().vkey,
  };
  readonly origin = ORIGIN;
  readonly clock = this.store.clock;
  readonly handoffs = this.store.handoffs;
  readonly purges = new SqliteIncidentPurges(this.store.db, this.store.clock);
  readonly clockBook = this.store.clockBook;
  readonly words = this.store.words;
  readonly told = this.store.told;
  readonly exceptions = this.store.exceptions;
  readonly arrivals = this.store.arrivals;
  readonly responses = this.store.responses;
  readonly cardAnswers = this.store.cardAnswers;
  readonly emergencies = this.store.emergencies;
  readonly amendments = this.store.amendments;
  readonly incidents = this.store.incidents;
  readonly log = this.store.log;
  readonly roundBook = new SqliteRoundBook(this.store.db, this.store.clock);
  readonly processMark = (): undefined => undefined;
  readonly isProcessGone = (mark: string): boolean => mark === 'gone';
  readonly escalations = new SqliteEscalationBook(this.store.db, this.store.clock);
  readonly keyWarnings = new SqliteKeyWarnings(this.store.db, this.store.clock);
  readonly serveDeliveries = new SqliteServeDeliveries(this.store.db, this.store.clock);
  readonly configurationVersions = this.store.configurationVersions;
  readonly configuration = new MemoryConfiguration();
  readonly proposal = {
    load: () => this.configuration.load(),
    readCertificate: (path: string) => this.configuration.readCertificate(path),
    profiles: () => Promise.resolve([]),
    answers: () => Promise.resolve([]),
  };
  readonly certificates = new MemoryCertificates();
  /** The certificate's fingerprint is its bytes here. */
  readonly publicKeys = {
    openpgp: () => Promise.resolve(this.facts.signer),
    sftp: () => Promise.resolve({ line: '', fingerprint: '', algorithm: 'Ed25519' }),
  };
  /** No rows until a key follows the one of `init`. */
  openpgpKeys: OwnKey[] = [];
  readonly hostKeys = { list: () => Promise.resolve([]) };
  readonly ownKeys = {
    list: (purpose: OwnKeyPurpose): Promise<readonly OwnKey[]> =>
      Promise.resolve(purpose === 'openpgp' ? this.openpgpKeys : []),
  };
  readonly signatures = plainSignatures;
  readonly folder = new MemoryFolder();
  readonly tables = new MemoryTables();
  anchor = new AnchorDirectory(undefined);
  readonly cardProcess = new FakeCardProcess((file, bytes) => this.folder.sealed.set(file, bytes));
  readonly profiles = {
    get: (id: string) => {
      const found = builtinProfiles.find((profile) => profile.id === id);
      return found === undefined
        ? Promise.reject(new FormatsFault('profile-unknown', { profile: id }))
        : Promise.resolve(found);
    },
    list: () => Promise.resolve(builtinProfiles),
  };
  readonly answerFormats = { get: (id: string) => Promise.resolve(answerFormat(id)) };
  readonly credentialFiles = { find: () => Promise.resolve(undefined) };
  readonly passphrases = { read: () => Promise.resolve(new Uint8Array(12).fill(0x70)) };
  findings: MachineFindings = {
    ...{ node: 'v24', sqlite: '3.53', allowsCoreDumps: false, hasPlainSwap: false },
    ...{ inspectionOption: undefined, exposedFiles: [], volatileFileSystem: undefined },
  };
  readonly machine = { inspect: () => Promise.resolve(this.findings) };
  #handoffs = 0;
  #arrivals = 0;
  #nonces = 0;
  readonly ids = {
    handoff: () => `h-${(this.#handoffs += 1)}`,
    backup: () => 'b2222222',
    arrival: () => `a${String((this.#arrivals += 1)).padStart(7, '0')}`,
    nonce: () => (this.#nonces += 1).toString(16).padStart(32, '0'),
  };

  /** Another OpenPGP key follows the one of `init`, which is retired. */
  retireSigner(): void {
    const first = { number: 1, fingerprint: this.facts.signer, madeAt: undefined } as const;
    const next = { number: 2, fingerprint: 'E'.repeat(40), madeAt: this.clock.now() } as const;
    this.openpgpKeys = [
      { ...first, state: 'retired' },
      { ...next, state: 'in-use' },
    ];
  }

  async openIncident(changes: Partial<IncidentEntry> = {}): Promise<void> {
    const entry = incidentEntry({
      routes: [{ brand: 'american-express', recipient: 'amex' }],
      ...changes,
    });
    this.tables.tables.set('incident.toml', entry);
    await openIncident(this, { file: 'incident.toml', officer: 'officer-1' });
  }

  prepare(changes: Partial<PrepareRequest> = {}): Promise<Prepared> {
    const spec = sourceSpecSchema.parse({ kind: 'orders' });
    return prepareHandoff(this, {
      incident: 'shop-a-2020',
      officer: 'officer-1',
      sources: [{ path: '/orders.csv', name: 'orders.csv', spec }],
      acceptHeld: [],
      reason: undefined,
      dryRun: false,
      ...changes,
    });
  }

  /** The officer's key, as they would hand it in. */
  proof(officer: string): OfficerProof {
    const { fingerprint } = this.configuration.officers.find(({ id }) => id === officer)!;
    return {
      by: 'key',
      key: { bytes: new TextEncoder().encode(fingerprint), passphrase: undefined },
    };
  }

  request(handoff: string, officer = 'officer-1'): Promise<void> {
    return requestHandoff(this, { handoff, officer, proof: this.proof(officer) });
  }

  /** A handoff that waits for its approval. */
  async requested(): Promise<string> {
    await this.openIncident();
    const { handoff } = await this.prepare();
    await this.request(handoff);
    return handoff;
  }

  decide(handoff: string, changes: Partial<DecideRequest> = {}): Promise<Decided> {
    const officer = changes.officer ?? 'approver-1';
    const isKnown = this.configuration.officers.some(({ id }) => id === officer);
    return decideHandoff(this, {
      handoff,
      decision: 'approve',
      officer,
      reason: undefined,
      proof: isKnown ? this.proof(officer) : undefined,
      ...changes,
    });
  }

  async planOf(handoff: string): Promise<Plan> {
    const { plan } = await this.handoffs.get(handoff);
    return JSON.parse(new TextDecoder().decode(plan)) as Plan;
  }

  /** Acts of the log after the first `from`. */
  async acts(from = 0): Promise<string[]> {
    return (await this.store.acts()).slice(from);
  }

  dispose(): Promise<void> {
    return this.store.dispose();
  }
}
