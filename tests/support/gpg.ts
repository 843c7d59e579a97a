import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `gpg` is GnuPG 2.2, `gpg1` is GnuPG 1.4: what many receivers still run. */
export type GpgProgram = 'gpg' | 'gpg1';

export interface GpgResult {
  readonly exitStatus: number;
  readonly output: Uint8Array;
  /** Lines of `--status-fd` without their prefix: `GOODSIG …`, `DECRYPTION_OKAY`. */
  readonly status: readonly string[];
  readonly messages: string;
}

export interface GpgKeyRequest {
  readonly name: string;
  /** Primary key and encryption subkey; the words are GnuPG's own. */
  readonly kind: 'rsa' | 'ed25519' | 'dsa-elgamal';
  readonly bits?: number;
  /** No encryption subkey. */
  readonly signOnly?: boolean;
  /** GnuPG's form: `1d`, `2y`, `0` for never (default). */
  readonly expires?: string;
  readonly passphrase?: string;
  /** Further options, such as `--faked-system-time`. */
  readonly options?: readonly string[];
}

/** An instant as `--faked-system-time` takes it; the clock runs on from there. */
export function gpgTime(at: Date): string {
  return at.toISOString().replace(/[-:]/g, '').slice(0, 15);
}

/** A real GnuPG with a home of its own. `dispose()` stops its agent and removes the home. */
export class GpgHome {
  readonly program: GpgProgram;
  readonly path: string;
  #files = 0;

  private constructor(program: GpgProgram, path: string) {
    this.program = program;
    this.path = path;
  }

  static async create(program: GpgProgram = 'gpg'): Promise<GpgHome> {
    // mkdtemp gives 0700; the path stays short because the agent's socket lives under it.
    const path = await mkdtemp(join(tmpdir(), 'mm-gpg-'));
    // By itself the agent measures how slow it can make a passphrase: seconds, and again whenever the key is used.
    await writeFile(join(path, 'gpg-agent.conf'), 's2k-count 65536\n');
    return new GpgHome(program, path);
  }

  async dispose(): Promise<void> {
    if (this.program === 'gpg') {
      await collect('gpgconf', ['--homedir', this.path, '--kill', 'all']);
    }
    await rm(this.path, { recursive: true, force: true });
  }

  /** Runs GnuPG; rejects only when it cannot be started. */
  async run(
    args: readonly string[],
    input: Uint8Array | string = '',
    passphrase = '',
  ): Promise<GpgResult> {
    const base = ['--homedir', this.path, '--batch', '--no-tty', '--yes', '--status-fd', '2'];
    const own =
      this.program === 'gpg'
        ? ['--pinentry-mode', 'loopback', '--passphrase', passphrase]
        : ['--passphrase', passphrase];
    const result = await collect(this.program, [...base, ...own, ...args], input);
    const lines = result.messages.split('\n');
    return {
      ...result,
      status: lines.filter((line) => line.startsWith('[GNUPG:] ')).map((line) => line.slice(9)),
    };
  }

  /** Like `run`, but rejects unless GnuPG says that it went well. */
  async do(
    args: readonly string[],
    input: Uint8Array | string = '',
    passphrase = '',
  ): Promise<GpgResult> {
    const result = await this.run(args, input, passphrase);
    if (result.exitStatus !== 0) {
      throw new Error(`${this.program} ${args.join(' ')}: ${result.messages}`);
    }
    return result;
  }

  /** Makes a key and returns its fingerprint. */
  async createKey(request: GpgKeyRequest): Promise<string> {
    const { kind, bits = 3072, signOnly = false, options = [], passphrase } = request;
    const [primary, subkey] = {
      rsa: [`Key-Type: RSA\nKey-Length: ${bits}`, `Subkey-Type: RSA\nSubkey-Length: ${bits}`],
      ed25519: ['Key-Type: EDDSA\nKey-Curve: ed25519', 'Subkey-Type: ECDH\nSubkey-Curve: cv25519'],
      'dsa-elgamal': [
        `Key-Type: DSA\nKey-Length: ${bits}`,
        `Subkey-Type: ELG-E\nSubkey-Length: ${bits}`,
      ],
    }[kind];
    const usage = this.program === 'gpg1' && kind === 'dsa-elgamal' ? '' : 'Key-Usage: sign,cert\n';
    const protection = this.program === 'gpg' ? '%no-protection\n' : '';
    const parameters =
      `${passphrase === undefined ? protection : ''}${primary}\n${usage}` +
      (signOnly ? '' : `${subkey}\n${kind === 'rsa' ? 'Subkey-Usage: encrypt\n' : ''}`) +
      `Name-Real: ${request.name}\nExpire-Date: ${request.expires ?? '0'}\n` +
      `${passphrase === undefined ? '' : `Passphrase: ${passphrase}\n`}%commit\n`;
    const usageSafe =
      this.program === 'gpg1' ? parameters.replace('sign,cert', 'sign') : parameters;
    // GnuPG 1.4 would wait for the mouse to be moved; only for making keys, because it refuses good keys with it.
    const random = this.program === 'gpg1' ? ['--quick-random'] : [];
    const { status } = await this.do([...options, ...random, '--gen-key'], usageSafe, passphrase);
    const created = status.find((line) => line.startsWith('KEY_CREATED'));
    return created?.split(' ')[2] ?? '';
  }

  async exportKey(fingerprint: string, options: readonly string[] = []): Promise<Uint8Array> {
    return (await this.do([...options, '--export', fingerprint])).output;
  }

  async exportSecretKey(fingerprint: string, passphrase = ''): Promise<Uint8Array> {
    return (await this.do(['--export-secret-keys', fingerprint], '', passphrase)).output;
  }

  async importKey(key: Uint8Array | string, passphrase = ''): Promise<GpgResult> {
    return this.do(['--import'], key, passphrase);
  }

  async decrypt(sealed: Uint8Array, passphrase = ''): Promise<GpgResult> {
    return this.run(['--decrypt'], sealed, passphrase);
  }

  /** Encrypts to `recipients` and signs as `signer`, if there is one. */
  async encrypt(
    clear: Uint8Array,
    recipients: readonly string[],
    signer?: string,
    options: readonly string[] = [],
  ): Promise<Uint8Array> {
    const to = recipients.flatMap((recipient) => ['--recipient', recipient]);
    const by = signer === undefined ? [] : ['--sign', '--local-user', signer];
    const result = await this.do(
      ['--trust-model', 'always', ...options, ...to, ...by, '--encrypt'],
      clear,
    );
    return result.output;
  }

  async detachSign(
    statement: Uint8Array,
    signer: string,
    options: readonly string[] = [],
  ): Promise<Uint8Array> {
    return (await this.do([...options, '--local-user', signer, '--detach-sign'], statement)).output;
  }

  async verifyDetached(statement: Uint8Array, signature: Uint8Array): Promise<GpgResult> {
    const file = await this.#file(signature);
    return this.run(['--verify', file, '-'], statement);
  }

  /** The packets of a message this home can decrypt, one line each and indented particulars, as text. */
  async listPackets(sealed: Uint8Array): Promise<string> {
    const { output } = await this.run(['--list-packets', '--verbose'], sealed);
    return new TextDecoder().decode(output);
  }

  /** Revokes a key with the revocation certificate GnuPG 2 wrote when it made it. */
  async revoke(fingerprint: string): Promise<void> {
    const prepared = join(this.path, 'openpgp-revocs.d', `${fingerprint}.rev`);
    const certificate = (await readFile(prepared, 'utf8')).replace(':-----BEGIN', '-----BEGIN');
    await this.do(['--import'], certificate);
  }

  async #file(content: Uint8Array): Promise<string> {
    this.#files += 1;
    const path = join(this.path, `input-${this.#files}`);
    await writeFile(path, content);
    return path;
  }
}

function collect(
  program: string,
  args: readonly string[],
  input: Uint8Array | string = '',
): Promise<Omit<GpgResult, 'status'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, LC_ALL: 'C', GPG_TTY: '' } });
    const output: Buffer[] = [];
    const messages: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => messages.push(chunk));
    child.on('error', reject);
    child.on('close', (exitStatus) => {
      resolve({
        exitStatus: exitStatus ?? -1,
        output: new Uint8Array(Buffer.concat(output)),
        messages: Buffer.concat(messages).toString('utf8'),
      });
    });
    // GnuPG may stop reading early, when it refuses; its exit status tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
