import { EventEmitter } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { OrderedPassphraseSource } from '../../../src/edge/keys/passphrase-source.ts';
import type { PassphrasePlaces } from '../../../src/edge/keys/passphrase-source.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const words = 'correct horse battery';
const prompts = { workspace: 'Passphrase: ', officer: 'Officer passphrase: ', repeat: 'Again: ' };

describe('OrderedPassphraseSource.read() from a file', () => {
  it.each(['', '\n', '\r\n'])('drops one final line end %j', async (end) => {
    expect(await read({ workspace: await file(words + end) })).toBe(words);
  });

  it('keeps spaces at both ends', async () => {
    expect(await read({ workspace: await file(` ${words} \n`) })).toBe(` ${words} `);
  });

  it('takes 12 characters, also of several bytes each', async () => {
    expect(await read({ workspace: await file('見守り見守り見守り見守り') })).toHaveLength(12);
  });

  it.each([
    ['passphrase-too-short', 'eleven char'],
    ['passphrase-too-short', '見守り見守り見守り見守'],
    ['passphrase-malformed', `${words}\n\n`],
    ['passphrase-malformed', `${words}\nsecond line`],
    ['passphrase-malformed', `${words}\0`],
    ['passphrase-malformed', 'x'.repeat(1025)],
    ['secret-empty', ''],
    ['secret-empty', '\n'],
  ])('refuses with %s', async (code, content) => {
    await expect(read({ workspace: await file(content) })).rejects.toMatchObject({ code });
  });

  it('refuses a file that others can read', async () => {
    const open = await file(words);
    await chmod(open, 0o644);
    await expect(read({ workspace: open })).rejects.toMatchObject({
      code: 'secret-readable-by-others',
      facts: { file: open },
    });
  });

  it('tries nothing else where the named file is missing', async () => {
    const credentialsDirectory = await credentials('mimamori-passphrase', 0o400);
    const missing = join(credentialsDirectory, 'missing');
    const source = sourceOf({ files: { workspace: missing }, credentialsDirectory });
    await expect(source.read('workspace')).rejects.toMatchObject({ code: 'secret-missing' });
  });

  it('does not take the workspace passphrase for an officer', async () => {
    const source = sourceOf({ files: { workspace: await file(words) } });
    await expect(source.read('officer')).rejects.toMatchObject({ code: 'passphrase-missing' });
  });
});

describe('OrderedPassphraseSource.read() from systemd', () => {
  it.each([
    ['workspace', 'mimamori-passphrase'],
    ['officer', 'mimamori-officer-passphrase'],
  ] as const)('reads the %s credential %s', async (of, name) => {
    const credentialsDirectory = await credentials(name, 0o440);
    const passphrase = await sourceOf({ credentialsDirectory }).read(of);
    expect(text(passphrase)).toBe(words);
  });

  it('refuses a credential that the world can read', async () => {
    const credentialsDirectory = await credentials('mimamori-passphrase', 0o444);
    await expect(sourceOf({ credentialsDirectory }).read('workspace')).rejects.toMatchObject({
      code: 'secret-readable-by-others',
    });
  });

  it.each([undefined, '', '/nonexistent'])('goes on without a directory: %j', async (place) => {
    await expect(sourceOf({ credentialsDirectory: place }).read('workspace')).rejects.toMatchObject(
      { code: 'passphrase-missing', facts: { of: 'workspace' } },
    );
  });
});

describe('OrderedPassphraseSource.read() from a person', () => {
  it('asks the right question and shows nothing of the answer', async () => {
    const terminal = new FakeTerminal([`${words}\r`]);
    expect(await ask(terminal, 'officer')).toBe(words);
    expect(terminal.shown).toBe('Officer passphrase: \n');
  });

  it('asks twice for a new passphrase', async () => {
    const terminal = new FakeTerminal([`${words}\r`, `${words}\r`]);
    expect(await ask(terminal, 'workspace', true)).toBe(words);
    expect(terminal.shown).toBe('Passphrase: \nAgain: \n');
  });

  it('refuses two different answers', async () => {
    const terminal = new FakeTerminal([`${words}\r`, `${words}!\r`]);
    await expect(ask(terminal, 'workspace', true)).rejects.toMatchObject({
      code: 'passphrase-not-repeated',
    });
    expect(terminal.isClosed).toBe(true);
  });

  it.each([
    ['backspace', 'correct horse batterz\u007fy\r'],
    ['backspace over a character of three bytes', 'correct horse 見\u007fbattery\r'],
    ['backspace at the start', '\u007f\u007fcorrect horse battery\r'],
    ['Ctrl-U', 'something else\u0015correct horse battery\r'],
    ['a final newline', 'correct horse battery\n'],
    ['keys after enter', 'correct horse battery\rmore'],
    ['control keys', 'correct\u0001 horse\u0002 battery\r'],
  ])('understands %s', async (_, keys) => {
    expect(await ask(new FakeTerminal([keys]), 'workspace')).toBe(words);
    const oneByOne = [...new TextEncoder().encode(keys)].map((byte) => Uint8Array.of(byte));
    expect(await ask(new FakeTerminal([oneByOne]), 'workspace')).toBe(words);
  });

  it('ignores an arrow key', async () => {
    const chunks = ['correct horse ', '\u001b[D', 'battery\r'].map(utf8);
    expect(await ask(new FakeTerminal([chunks]), 'workspace')).toBe(words);
  });

  it('zeroes what the terminal handed over', async () => {
    const chunk = utf8(`${words}\r`);
    await ask(new FakeTerminal([[chunk]]), 'workspace');
    expect(chunk.every((byte) => byte === 0)).toBe(true);
  });

  it.each(['\u0003', 'half a passph\u0003', '\u0004'])('stops at %j', async (keys) => {
    const terminal = new FakeTerminal([keys]);
    await expect(ask(terminal, 'workspace')).rejects.toMatchObject({
      code: 'passphrase-interrupted',
    });
    expect(terminal.isRaw).toBe(false);
    expect(terminal.isClosed).toBe(true);
    expect(terminal.listenerCount('data')).toBe(0);
  });

  it('stops when the terminal goes away', async () => {
    const terminal = new FakeTerminal([[]]);
    const asked = ask(terminal, 'workspace');
    setImmediate(() => terminal.emit('end'));
    await expect(asked).rejects.toMatchObject({ code: 'passphrase-interrupted' });
  });

  it('refuses a short answer', async () => {
    await expect(ask(new FakeTerminal(['short\r']), 'workspace')).rejects.toMatchObject({
      code: 'passphrase-too-short',
    });
  });
});

/** Types the next answer whenever it is read from; answers are texts or chunks. */
class FakeTerminal extends EventEmitter {
  isRaw = false;
  isClosed = false;
  shown = '';
  readonly #answers: (string | Uint8Array[])[];

  constructor(answers: (string | Uint8Array[])[]) {
    super();
    this.#answers = answers;
  }

  setRawMode(isRaw: boolean): void {
    this.isRaw = isRaw;
  }

  resume(): void {
    const answer = this.#answers.shift() ?? [];
    for (const chunk of typeof answer === 'string' ? [utf8(answer)] : answer) {
      expect(this.isRaw).toBe(true);
      this.emit('data', chunk);
    }
  }

  pause(): void {
    // Nothing flows between answers.
  }

  write(shown: string): void {
    this.shown += shown;
  }
}

async function ask(
  terminal: FakeTerminal,
  of: 'workspace' | 'officer',
  repeat = false,
): Promise<string> {
  const close = () => {
    terminal.isClosed = true;
  };
  const openTerminal = () => ({ input: terminal, output: terminal, close });
  return text(await sourceOf({ openTerminal }).read(of, { repeat }));
}

function sourceOf(places: Partial<PassphrasePlaces>): OrderedPassphraseSource {
  return new OrderedPassphraseSource({ files: {}, prompts, ...places });
}

async function read(files: PassphrasePlaces['files']): Promise<string> {
  return text(await sourceOf({ files }).read('workspace'));
}

async function file(content: string): Promise<string> {
  const path = join(await scratchFolder(), 'passphrase');
  await writeFile(path, content, { mode: 0o600 });
  return path;
}

async function credentials(name: string, mode: number): Promise<string> {
  const folder = await scratchFolder();
  await writeFile(join(folder, name), `${words}\n`);
  await chmod(join(folder, name), mode);
  return folder;
}

function utf8(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

describe('OrderedPassphraseSource.readAhead()', () => {
  it('leaves what it read to the next read, and hands out a copy to be zeroed', async () => {
    const path = await file(words);
    const source = sourceOf({ files: { workspace: path } });
    const ahead = await source.readAhead('workspace');
    expect(text(ahead!)).toBe(words);
    ahead!.fill(0);
    // A pipe would be empty by now.
    await writeFile(path, 'another passphrase');
    expect(text(await source.read('workspace'))).toBe(words);
    expect(text(await source.read('workspace'))).toBe('another passphrase');
  });

  it('leaves the refusal to the next read', async () => {
    const source = sourceOf({ files: { workspace: await file('eleven char') } });
    expect(await source.readAhead('workspace')).toBeUndefined();
    await expect(source.read('workspace')).rejects.toMatchObject({ code: 'passphrase-too-short' });
  });

  it('asks nobody', async () => {
    const openTerminal = (): never => {
      throw new Error('asked');
    };
    expect(await sourceOf({ openTerminal }).readAhead('workspace')).toBeUndefined();
  });
});
