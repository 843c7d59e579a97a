import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Desk } from './cli.ts';
import type { CliOptions, CliRun, Document } from './cli.ts';
import { isPlaced, isSigned, standingOf } from '../../src/doors/cli/command-standings.ts';
import type { CommandStanding } from '../../src/doors/cli/command-standings.ts';
import { GpgHome } from './gpg.ts';
import type { GpgKeyRequest, GpgProgram } from './gpg.ts';
import {
  incidentToml,
  issuerColumns,
  issuerCsv,
  orderSpecToml,
  recoveredSpecToml,
} from './shop-incident.ts';
import { passTest } from './recipient-test.ts';
import { startSshd } from './sshd.ts';
import type { Sshd, SshdOptions } from './sshd.ts';

const passphrase = 'a passphrase for journeys';
const officerPassphrase = 'the passphrase of one officer';

export interface KitOptions {
  readonly mode?: 'live' | 'drill';
  /** Our own key; `rsa4096` takes seconds, and is what GnuPG 1.4 can verify. */
  readonly openpgp?: 'rsa4096' | 'ed25519';
  /** Keys of the recipients; `rsa` has 3,072 bits. */
  readonly recipients?: 'rsa' | 'ed25519';
  /** Which GnuPG the recipient `amex` runs. */
  readonly amex?: GpgProgram;
  readonly sshd?: Partial<SshdOptions>;
  /** How commands open the workspace; default `passphrase`. */
  readonly opens?: 'credential' | 'passphrase';
  /** Live: whether two officers have approved the configuration; default true. A drill never has. */
  readonly isApproved?: boolean;
}

/** Somebody with an OpenPGP key and a GnuPG of their own. */
export interface Keyholder {
  readonly gpg: GpgHome;
  readonly fingerprint: string;
  /** Their certificate, as a file on the officer's desk. */
  readonly certificate: string;
}

export interface Officer extends Keyholder {
  readonly id: string;
  /** Global options with which they act here, their private key beside them. */
  readonly acting: readonly string[];
}

/**
 * A workspace as two officers and two recipients would set it up, every step through the command line: `psp` takes
 * files by SFTP, `amex` from a folder. Everything but the incident is there.
 */
export class Kit {
  readonly desk: Desk;
  readonly workspace: string;
  readonly anchor: string;
  /** Global options that give the passphrase. */
  readonly passphrase: readonly string[];
  /** Those that open the workspace; not given to commands that only read. */
  secret: readonly string[];
  officer!: Officer;
  approver!: Officer;
  psp!: Keyholder;
  amex!: Keyholder;
  sshd!: Sshd;
  readonly amexFolder: string;
  readonly #homes: GpgHome[] = [];
  readonly #holders = new Map<string, Keyholder>();
  readonly #servers: Sshd[] = [];
  readonly #options: KitOptions;
  #isApproved = false;

  private constructor(desk: Desk, options: KitOptions) {
    this.desk = desk;
    this.#options = options;
    this.workspace = join(desk.root, 'workspace');
    this.anchor = join(desk.root, 'anchor');
    this.amexFolder = join(desk.root, 'handover');
    mkdirSync(this.amexFolder, { mode: 0o700 });
    this.passphrase = ['--passphrase-file', this.put('passphrase', `${passphrase}\n`)];
    this.secret = this.passphrase;
  }

  static async create(options: KitOptions = {}): Promise<Kit> {
    const kit = new Kit(await Desk.create(), options);
    try {
      await kit.#setUp();
      return kit;
    } catch (error) {
      await kit.dispose();
      throw error;
    }
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
    await Promise.all(this.#homes.map((home) => home.dispose()));
    await this.desk.dispose();
  }

  /** Runs a command on this workspace. */
  run(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
    return this.desk.run(['--workspace', this.workspace, ...this.withKey(args)], options);
  }

  json(
    args: readonly string[],
    options: CliOptions = {},
  ): Promise<{ status: number; document: Document }> {
    return this.desk.json(['--workspace', this.workspace, ...this.withKey(args)], options);
  }

  /** A `--json` run that has to go well. */
  async done(args: readonly string[], options: CliOptions = {}): Promise<Document> {
    const { status, document } = await this.json(args, options);
    if (status !== 0)
      throw new Error(`${args.join(' ')}: exit ${status}: ${JSON.stringify(document)}`);
    return document;
  }

  /** Exit status and error code of a `--json` run that must be refused. */
  async refused(
    args: readonly string[],
    options: CliOptions = {},
  ): Promise<{ status: number; code: string }> {
    const { status, document } = await this.json(args, options);
    return { status, code: String(document.error?.code) };
  }

  /** Puts a file onto the officer's desk, for its owner alone, and returns its path. */
  put(name: string, content: Uint8Array | string): string {
    const path = join(this.desk.home, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  /** Opens the incident of shop-incident.ts under another name, perhaps with other recipients by brand. */
  async openIncident(id: string, recipients?: Readonly<Record<string, string>>): Promise<void> {
    const file = this.put(`${id}.toml`, incidentToml(id, recipients));
    await this.done(['--as', this.officer.id, 'incident', 'open', file]);
  }

  /** Arguments of a prepare by the officer, which they sign at once. */
  prepare(incident: string, sources: readonly string[], more: readonly string[] = []): string[] {
    const given = sources.flatMap((source) => ['--source', source]);
    const command = ['handoff', 'prepare', '--incident', incident, ...given, ...more];
    return [...this.secret, ...this.officer.acting, ...command];
  }

  /** A source of the shop's orders, or a recovered list, with its spec. */
  source(name: string, bytes: Uint8Array | string, spec: 'shop' | 'recovered' = 'shop'): string {
    return `${this.put(name, bytes)}=${spec}`;
  }

  approve(handoff: string): Promise<Document> {
    return this.done([
      ...this.approver.acting,
      '--reason',
      'checked',
      'handoff',
      'approve',
      handoff,
    ]);
  }

  deliver(handoff: string): string[] {
    return [...this.secret, '--as', this.officer.id, 'handoff', 'deliver', handoff];
  }

  /** Names in the workspace's outbox. */
  outbox(): string[] {
    return readdirSync(join(this.workspace, 'data/outbox')).sort();
  }

  /** Names where a refused source could have left something. */
  traces(): string[] {
    const places = ['data/outbox', 'data/handoffs'].map((name) => join(this.workspace, name));
    return [...places, this.desk.temporary, this.desk.folder].flatMap((place) =>
      readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => join(place, name)),
    );
  }

  /** A further server that lets our key in. */
  async startServer(options: Partial<SshdOptions> = {}): Promise<Sshd> {
    const { stdout } = await this.run(['key', 'export', '--sftp']);
    const server = await startSshd({ authorizedKeys: [stdout.trim()], ...options });
    this.#servers.push(server);
    return server;
  }

  async keyholder(
    name: string,
    program: GpgProgram,
    key: Partial<GpgKeyRequest> = {},
  ): Promise<Keyholder> {
    const gpg = await GpgHome.create(program);
    this.#homes.push(gpg);
    const fingerprint = await gpg.createKey({ name, kind: 'rsa', bits: 3072, ...key });
    const certificate = this.put(`${name}.gpg`, await gpg.exportKey(fingerprint));
    return { gpg, fingerprint, certificate };
  }

  /** Where to reach a server, as `recipient add` and `recipient update` take it. */
  endpointOf(server: Sshd, directory = server.directory): string[] {
    const { user, host, port, hostKeys } = server;
    const address = `${user}@${host}:${port}${directory}`;
    return ['--sftp', address, '--host-key', hostKeys[0]!, '--confirmed-by', 'by phone'];
  }

  /**
   * Sends a test file to each of them and has it read back, so that live files may go there. Again after a change of
   * certificate, profile or endpoint.
   */
  async testRecipients(...ids: readonly string[]): Promise<void> {
    for (const id of ids) await passTest(this, id, this.#holders.get(id)!);
  }

  async addRecipient(id: string, holder: Keyholder, more: readonly string[]): Promise<void> {
    const confirmed = ['--fingerprint', holder.fingerprint, '--confirmed-by', 'by phone'];
    const command = ['recipient', 'add', id, '--certificate', holder.certificate, ...confirmed];
    await this.done(['--as', this.officer.id, ...command, ...more]);
    this.#holders.set(id, holder);
    if (this.#isApproved) await this.putInForce();
  }

  /** In a live workspace the officer whom a command names signs it, unless the test says how. */
  withKey(args: readonly string[]): readonly string[] {
    const pairs = args.map((word, at) => `${word} ${args[at + 1] ?? ''}`);
    const names = [...args, ...pairs];
    const isToBeSigned = names.some((name) => isSigned({ standing: placedStanding(name) }));
    const isSaid = args.some((word) => ['--officer-key', '--signature'].includes(word));
    const as = args[args.indexOf('--as') + 1];
    if (!this.#isApproved || !args.includes('--as') || !isToBeSigned || isSaid) return args;
    const officer = [this.officer, this.approver].find(({ id }) => id === as);
    return officer === undefined ? args : [...officer.acting.slice(2), ...args];
  }

  /** Two officers stand behind what the files say now; without cooling-off time, unless the policy in force has one. */
  async putInForce(): Promise<Document> {
    const { configuration } = await this.done([...this.officer.acting, 'config', 'propose']);
    this.#isApproved = true;
    return this.done([...this.approver.acting, 'config', 'approve', String(configuration)]);
  }

  /** Without it every change of a test would have to wait for a day. */
  #leaveOutCoolingOff(): void {
    const path = join(this.workspace, 'config/mimamori.toml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/^cooling_off_hours = .*$/m, 'cooling_off_hours = 0'));
  }

  async #setUp(): Promise<void> {
    const { recipients: kind = 'ed25519', amex = 'gpg', sshd } = this.#options;
    // Keys take longest, and are made while the workspace is.
    [this.officer, this.approver, this.psp, this.amex] = await Promise.all([
      this.#officer('officer-1'),
      this.#officer('approver-1'),
      this.keyholder('psp', 'gpg', { kind }),
      this.keyholder('amex', amex, { kind }),
      this.#init(),
    ]);
    await Promise.all([this.#addOfficers(), this.startServer(sshd)]);
    await this.#createCredential();
    this.sshd = this.#servers[0]!;
    await Promise.all([this.#addRecipients(), this.#importIssuers()]);
    const specs = join(this.workspace, 'config/sources');
    writeFileSync(join(specs, 'shop.toml'), orderSpecToml, { mode: 0o600 });
    writeFileSync(join(specs, 'recovered.toml'), recoveredSpecToml, { mode: 0o600 });
    const { mode = 'live', isApproved = mode === 'live' } = this.#options;
    if (!isApproved) return;
    this.#leaveOutCoolingOff();
    await this.putInForce();
  }

  async #addOfficers(): Promise<void> {
    // One who may do both, so that nothing but being the requester keeps them from approving.
    await this.#addOfficer(this.officer, 'officer,approver');
    await this.#addOfficer(this.approver, 'approver');
  }

  /** As a service has it. */
  async #createCredential(): Promise<void> {
    if (this.#options.opens !== 'credential') return;
    const file = join(this.desk.home, 'credential');
    const by = ['--as', this.officer.id, '--reason', 'unattended'];
    await this.done([...this.passphrase, ...by, 'credential', 'create', file]);
    this.secret = ['--credential-file', file];
  }

  async #addRecipients(): Promise<void> {
    await this.addRecipient('psp', this.psp, this.endpointOf(this.sshd));
    const folder = ['--manual', this.amexFolder, '--profile', 'pan-list'];
    await this.addRecipient('amex', this.amex, folder);
    await this.#introduceUs();
  }

  async #importIssuers(): Promise<void> {
    const table = this.put('issuers.csv', issuerCsv());
    await this.done(['--as', this.officer.id, 'bins', 'import', table, '--columns', issuerColumns]);
  }

  /** Recipients take our certificate in, to check our signature. */
  async #introduceUs(): Promise<void> {
    const ours = readFileSync(join(this.workspace, 'keys/openpgp.asc'));
    for (const { gpg } of [this.psp, this.amex]) await gpg.importKey(ours);
  }

  async #init(): Promise<void> {
    const { mode = 'live', openpgp = 'ed25519' } = this.#options;
    const names = ['--org', 'Kitsutsuki Coffee K.K.', '--mode', mode, '--openpgp', openpgp];
    const init = [...this.passphrase, '--lang', 'en', 'init', this.workspace];
    const { status } = await this.desk.json([...init, ...names, '--anchor', this.anchor]);
    if (status !== 0) throw new Error(`init: exit ${status}`);
  }

  /** A person with a protected key; the private half lies on the desk for the commands that act with it. */
  async #officer(id: string): Promise<Officer> {
    const gpg = await GpgHome.create('gpg');
    this.#homes.push(gpg);
    const request = { name: id, kind: 'ed25519', passphrase: officerPassphrase } as const;
    const fingerprint = await gpg.createKey(request);
    const certificate = this.put(`${id}.gpg`, await gpg.exportKey(fingerprint));
    const armored = ['--armor', '--export-secret-keys', fingerprint];
    const { output } = await gpg.do(armored, '', officerPassphrase);
    const key = ['--officer-key', this.put(`${id}.private.asc`, output)];
    const passphraseFile = this.put(`${id}.passphrase`, officerPassphrase);
    const acting = ['--as', id, ...key, '--officer-passphrase-file', passphraseFile];
    return { id, gpg, fingerprint, certificate, acting };
  }

  async #addOfficer({ id, certificate, fingerprint }: Officer, roles: string): Promise<void> {
    const command = ['officer', 'add', id, '--name', id, '--roles', roles];
    await this.done([...command, '--certificate', certificate, '--fingerprint', fingerprint]);
  }
}

function placedStanding(name: string): CommandStanding {
  return isPlaced(name) ? standingOf(name) : 'reads';
}

/** A detached signature made by the officer with their own GnuPG, as on another machine. */
export async function signedBy(
  { gpg, fingerprint }: Officer,
  statement: Uint8Array,
): Promise<Uint8Array> {
  const signing = ['--local-user', fingerprint, '--detach-sign'];
  return (await gpg.do(signing, statement, officerPassphrase)).output;
}
