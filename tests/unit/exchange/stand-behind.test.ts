import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { encodeCanonicalJson } from '../../../src/domain/canonical-json.ts';
import { parseCommand, parseCommandSaid } from '../../../src/domain/audit/command-statement.ts';
import type { CommandLine } from '../../../src/domain/audit/command-statement.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import type { Fault } from '../../../src/domain/fault.ts';
import { WaitingStatements } from '../../../src/edge/files/waiting-statements.ts';
import { keepWaiting, storeSignedCommand } from '../../../src/edge/sqlite/signed-commands.ts';
import type { SignedCommands, WaitingCommand } from '../../../src/exchange/acts/signed-commands.ts';
import { standBehind } from '../../../src/exchange/acts/stand-behind.ts';
import type { StandBehindRequest } from '../../../src/exchange/acts/stand-behind.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { plainSignatures } from '../../support/memory-workspace.ts';

const line: CommandLine = {
  command: 'incident open',
  arguments: { file: 'incident.toml' },
  documents: { file: 'a'.repeat(64) },
  reason: '',
};

let desk: ExchangeDesk;
let folder: string;
let nonces: number;
let ports: Parameters<typeof standBehind>[0];

beforeEach(() => {
  desk = new ExchangeDesk();
  folder = mkdtempSync(join(tmpdir(), 'waiting-'));
  nonces = 0;
  const waiting = new WaitingStatements(folder);
  const signedCommands: SignedCommands = {
    add: (signed, act) => storeSignedCommand(desk.store.db, desk.clock, signed, act),
    get: () => Promise.resolve([]),
    putWaiting: (name, command) =>
      keepWaiting(desk.store.db, command, () => waiting.put(name, command)),
    waiting: () => waiting.list(),
    removeWaiting: (name) => waiting.remove(name),
    forgetWaiting: () => waiting.clear(),
  };
  const nonce = (): string => String((nonces += 1)).padStart(32, '0');
  ports = {
    ...{ facts: desk.facts, origin: desk.origin, configuration: desk.configuration },
    ...{ signatures: desk.signatures, clock: desk.clock, signedCommands },
    ids: { ...desk.ids, nonce },
  };
});

afterEach(async () => {
  await desk.dispose();
  rmSync(folder, { recursive: true });
});

function stand(changes: Partial<StandBehindRequest> = {}): Promise<string | undefined> {
  const given = { line, officer: 'officer-1', proof: undefined, isRequired: true, ...changes };
  return standBehind(ports, given);
}

/** What the command wrote to be signed. */
async function asked(changes: Partial<StandBehindRequest> = {}): Promise<Uint8Array> {
  const fault = (await stand(changes).catch((error: unknown) => error)) as Fault;
  expect(fault.code).toBe('command-unsigned');
  return new Uint8Array(readFileSync(String(fault.facts['path'])));
}

async function signature(statement: Uint8Array, officer = 'officer-1'): Promise<Uint8Array> {
  const proof = desk.proof(officer);
  if (proof.by !== 'key') throw new Error('not a key');
  return plainSignatures.signDetached(statement, proof.key);
}

const rows = (): Promise<{ sha256: string; statement: Uint8Array }[]> =>
  desk.store.db.selectFrom('signed_command').select(['sha256', 'statement']).execute();

describe('standBehind() with a key', () => {
  it('stores the statement it signed, with a leaf that binds both, before anything else', async () => {
    const signed = await stand({ proof: desk.proof('officer-1') });
    const [row] = await rows();
    expect(signed).toBe(row!.sha256);
    expect(digestOf(new Uint8Array(row!.statement))).toBe(signed);
    expect(parseCommand(new Uint8Array(row!.statement))).toMatchObject({
      ...{ command: line.command, officer: 'officer-1', workspace: 'drill-1', mode: 'drill' },
    });
    expect((await desk.store.leaves()).at(-1)).toMatchObject({
      ...{ act: 'command-sign', actor: 'officer-1' },
      data: { command: 'incident-open', statement: signed },
    });
  });

  it('signs what was said by a digest with random digits of its own, and keeps it as a text', async () => {
    await stand({ proof: desk.proof('officer-1') });
    await stand({ proof: desk.proof('officer-1') });
    const texts = await desk.store.db.selectFrom('leaf_text').selectAll().execute();
    const said = texts.flatMap(({ field, text }) => (field === 'said' ? [text] : []));
    const { salt, ...rest } = parseCommandSaid(new TextEncoder().encode(said[0]));
    expect({ command: line.command, ...rest }).toEqual(line);
    expect(said[1]).not.toContain(salt);
    const statements = (await rows()).map(({ statement }) => new Uint8Array(statement));
    expect(statements.map((each) => parseCommand(each).said)).toEqual(
      said.map((each) => digestOf(new TextEncoder().encode(each))),
    );
    expect(Buffer.concat(statements).toString()).not.toMatch(
      new RegExp(`incident.toml|${'a'.repeat(64)}|${salt}`),
    );
  });

  it('refuses more than would be read back, and stores nothing', async () => {
    const reason = 'x'.repeat(70_000);
    const asking = stand({ proof: desk.proof('officer-1'), line: { ...line, reason } });
    await expect(asking).rejects.toMatchObject({ code: 'statement-invalid' });
    expect(await rows()).toEqual([]);
  });

  it('refuses the key of somebody else, and stores nothing', async () => {
    await expect(stand({ proof: desk.proof('approver-1') })).rejects.toMatchObject({
      code: 'signature-not-theirs',
    });
    expect(await rows()).toEqual([]);
  });

  it.each([
    [undefined, 'officer-required'],
    ['nobody', 'officer-unknown'],
  ])('refuses officer %s: %s', async (officer, code) => {
    await expect(stand({ officer, proof: desk.proof('officer-1') })).rejects.toMatchObject({
      code,
    });
  });
});

describe('standBehind() without a proof', () => {
  it('lets a command pass that nobody has to sign', async () => {
    expect(await stand({ isRequired: false })).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes what is to be signed, once for one command', async () => {
    await asked();
    await asked();
    expect(readdirSync(folder)).toHaveLength(2);
    await asked({ line: { ...line, reason: 'again' } });
    expect(readdirSync(folder)).toHaveLength(4);
    await ports.signedCommands.forgetWaiting();
    expect(readdirSync(folder)).toEqual([]);
    expect(await rows()).toEqual([]);
  });
});

describe('standBehind() with a signature from elsewhere', () => {
  const by = (bytes: Uint8Array) => ({ proof: { by: 'signature' as const, signature: bytes } });

  it('takes the one over the statement that waits, and no second time', async () => {
    const statement = await asked();
    const brought = by(await signature(statement));
    const [waiting] = await ports.signedCommands.waiting();
    expect(await stand(brought)).toBe(digestOf(statement));
    expect(readdirSync(folder)).toEqual([]);
    await expect(stand(brought)).rejects.toMatchObject({ code: 'command-not-waiting' });
    await ports.signedCommands.putWaiting('back', waiting!);
    await expect(stand(brought)).rejects.toMatchObject({ code: 'statement-used' });
    expect(await rows()).toHaveLength(1);
  });

  it.each<[string, Partial<CommandLine>]>([
    ['another command', { command: 'incident close' }],
    ['other arguments', { arguments: { file: 'other.toml' } }],
    ['another content of a file', { documents: { file: 'b'.repeat(64) } }],
    ['another reason', { reason: 'because' }],
  ])('refuses it for %s', async (_, changes) => {
    const brought = by(await signature(await asked()));
    await expect(stand({ line: { ...line, ...changes }, ...brought })).rejects.toMatchObject({
      code: 'command-not-waiting',
    });
  });

  it('refuses it after a day, and forgets the statement when the next one is asked for', async () => {
    const brought = by(await signature(await asked()));
    desk.store.nowMs += 24 * 3_600_000 + 1;
    await expect(stand(brought)).rejects.toMatchObject({ code: 'command-not-waiting' });
    await asked({ line: { ...line, reason: 'later' } });
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('refuses it where what lies beside the statement is not what was signed for', async () => {
    const statement = await asked();
    const [{ name, said }] = (await ports.signedCommands.waiting()) as [WaitingCommand];
    const other = Buffer.from(said)
      .toString()
      .replace(/"salt":"./, '"salt":"f');
    const brought = by(await signature(statement));
    writeFileSync(join(folder, `${name}.said.json`), `${other} `);
    await expect(stand(brought)).rejects.toMatchObject({ code: 'command-not-waiting' });
    writeFileSync(join(folder, `${name}.said.json`), other);
    await expect(stand(brought)).rejects.toMatchObject({ code: 'command-not-waiting' });
  });

  it('refuses one by somebody else, and a statement that was altered', async () => {
    const statement = await asked();
    const other = by(await signature(statement, 'approver-1'));
    await expect(stand(other)).rejects.toMatchObject({ code: 'signature-not-theirs' });
    const [name] = readdirSync(folder);
    const altered = encodeCanonicalJson({ ...parseCommand(statement), nonce: 'f'.repeat(32) });
    writeFileSync(join(folder, name!), altered);
    await expect(stand(by(await signature(statement)))).rejects.toMatchObject({
      code: 'signature-wrong',
    });
  });
});

describe('parseCommand()', () => {
  it.each([
    ['white space', (text: string) => ` ${text}`],
    ['another member', (text: string) => text.replace('{', '{"also":1,')],
    ['a nonce that is none', (text: string) => text.replace(/"nonce":"./, '"nonce":"x')],
    ['another type', (text: string) => text.replace('command/v1', 'command/v2')],
  ])('refuses %s', async (_, change) => {
    const text = change(new TextDecoder().decode(await asked()));
    expect(() => parseCommand(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ code: 'statement-invalid' }),
    );
  });
});
