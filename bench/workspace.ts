import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { programPath } from '../tests/support/built-program.ts';
import { GpgHome } from '../tests/support/gpg.ts';
import { measuredRun } from './measured-run.ts';
import type { Measured } from './measured-run.ts';
import type { Scratch } from './scratch.ts';
import { incidentToml, issuerCsv, recipients, sourceSpecToml } from './shop.ts';

/** Who prepares. */
export const officer = 'officer-1';

/** A recipient with a GnuPG of their own. */
export interface Recipient {
  readonly gpg: GpgHome;
  readonly fingerprint: string;
}

/** What the peers sign with. */
export interface Peer {
  readonly gpg: GpgHome;
  readonly signer: string;
}

/**
 * A drill workspace as a person sets one up, every step through the built command line: our RSA-4096 key, an officer,
 * two recipients with RSA-3072 keys, the issuer table.
 */
export class Workspace {
  readonly recipients = new Map<string, Recipient>();
  readonly passphraseFile: string;
  readonly #scratch: Scratch;
  readonly #acting: string[];
  #incidents = 0;
  #peer: Peer | undefined;

  private constructor(scratch: Scratch) {
    this.#scratch = scratch;
    mkdirSync(scratch.path('home'), { mode: 0o700 });
    this.passphraseFile = this.#put('passphrase', 'a passphrase for benchmarks\n');
    this.#acting = ['--passphrase-file', this.passphraseFile, '--as', officer];
  }

  static async create(scratch: Scratch): Promise<Workspace> {
    const workspace = new Workspace(scratch);
    await workspace.#setUp();
    return workspace;
  }

  /** Runs a command with `--json` and returns what it came to. */
  run(args: readonly string[]): Promise<Measured> {
    const root = ['--workspace', this.#scratch.path('workspace')];
    return measuredRun(
      this.#scratch,
      process.execPath,
      [programPath, '--json', ...root, ...this.#acting, ...args],
      { cwd: this.#scratch.folder, env: this.#environment() },
    );
  }

  /** Opens an incident of its own for one prepare, which finds nothing handed off before; returns its id. */
  async openIncident(): Promise<string> {
    this.#incidents += 1;
    const id = `bench-${this.#incidents}`;
    await this.run(['incident', 'open', this.#put(`${id}.toml`, incidentToml(id))]);
    return id;
  }

  /** The recipient whose certificate single files are sealed to. */
  get firstRecipient(): Recipient {
    return this.recipients.get(recipients[0])!;
  }

  /** A GnuPG that knows the recipients and signs with an RSA-4096 key of its own, without passphrase. */
  async peer(): Promise<Peer> {
    if (this.#peer !== undefined) return this.#peer;
    const gpg = await this.#gpgHome();
    const signer = await gpg.createKey({ name: 'peer', kind: 'rsa', bits: 4096 });
    for (const { gpg: holder, fingerprint } of this.recipients.values()) {
      await gpg.importKey(await holder.exportKey(fingerprint));
    }
    this.#peer = { gpg, signer };
    return this.#peer;
  }

  async #gpgHome(): Promise<GpgHome> {
    const home = await GpgHome.create();
    this.#scratch.onDispose(() => home.dispose());
    return home;
  }

  async #setUp(): Promise<void> {
    const names = ['--org', 'Benchmark K.K.', '--mode', 'drill', '--openpgp', 'rsa4096'];
    const anchor = ['--anchor', this.#scratch.path('anchor')];
    await this.run(['--lang', 'en', 'init', this.#scratch.path('workspace'), ...names, ...anchor]);
    const own = await this.#keyholder('ed25519');
    const named = ['--name', 'Officer', '--roles', 'officer'];
    await this.run(['officer', 'add', officer, ...named, ...this.#certificate(officer, own)]);
    for (const id of recipients) {
      const holder = await this.#keyholder('rsa');
      this.recipients.set(id, holder);
      const box = this.#scratch.path(`box-${id}`);
      mkdirSync(box, { mode: 0o700 });
      const more = [
        '--confirmed-by',
        'benchmark',
        '--manual',
        box,
        '--profile',
        'pan-expiry-reference',
      ];
      await this.run(['recipient', 'add', id, ...this.#certificate(id, holder), ...more]);
    }
    await this.run(['bins', 'import', this.#put('issuers.csv', issuerCsv())]);
    this.#put('dirty.toml', sourceSpecToml());
  }

  async #keyholder(kind: 'rsa' | 'ed25519'): Promise<Holder> {
    const gpg = await this.#gpgHome();
    const fingerprint = await gpg.createKey({ name: kind, kind });
    return { gpg, fingerprint, certificate: await gpg.exportKey(fingerprint) };
  }

  #certificate(name: string, { fingerprint, certificate }: Holder): string[] {
    return ['--certificate', this.#put(`${name}.gpg`, certificate), '--fingerprint', fingerprint];
  }

  #put(name: string, content: Uint8Array | string): string {
    const path = this.#scratch.path('home', name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  #environment(): NodeJS.ProcessEnv {
    const { PATH } = process.env;
    return { PATH, HOME: this.#scratch.path('home'), LANG: 'C.UTF-8', NO_COLOR: '1' };
  }
}

interface Holder extends Recipient {
  readonly certificate: Uint8Array;
}

/** Where the spec of the dirty file stands. */
export function dirtySpec(scratch: Scratch): string {
  return join(scratch.folder, 'home', 'dirty.toml');
}
