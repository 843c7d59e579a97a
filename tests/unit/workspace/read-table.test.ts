import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Fault } from '../../../src/domain/fault.ts';
import { recipientsSchema } from '../../../src/domain/recipients/recipient.ts';
import { readTable } from '../../../src/domain/workspace/read-table.ts';
import { settingsSchema } from '../../../src/domain/workspace/settings.ts';
import { recipientEntry, sftpEndpoint } from '../../support/recipient-entry.ts';

function faultOf(schema: z.ZodType, table: unknown): Fault {
  try {
    readTable(schema, table, { file: 'a.toml', lineOf: (path) => path.length });
  } catch (error) {
    if (error instanceof Fault) return error as Fault;
    throw error;
  }
  throw new Error('the table was accepted');
}

const schema = z.strictObject({
  name: z.string(),
  count: z.int().min(1).default(1),
  on: z.boolean().default(false),
  mode: z.enum(['drill', 'live']).default('drill'),
});

describe('readTable()', () => {
  it("returns the schema's output", () => {
    const origin = { file: 'a.toml', lineOf: () => undefined };
    expect(readTable(schema, { name: 'x' }, origin)).toMatchObject({ name: 'x', count: 1 });
  });

  it('names an unknown key, its line and the key that was meant', () => {
    expect(faultOf(schema, { nmae: 'x' })).toMatchObject({
      code: 'config-unknown-key',
      retry: 'after-operator',
      facts: { file: 'a.toml', key: 'nmae', line: 1, suggestion: 'name' },
    });
  });

  it('suggests nothing where nothing is close', () => {
    expect(faultOf(schema, { name: 'x', telemetry: true }).facts).not.toHaveProperty('suggestion');
  });

  it('suggests keys of the right member of nested lists and unions', () => {
    const { host_keys: pins, ...endpoint } = sftpEndpoint;
    const table = {
      recipients: [recipientEntry({ endpoints: [{ ...endpoint, hostkeys: pins } as never] })],
    };
    expect(faultOf(recipientsSchema, table)).toMatchObject({
      code: 'config-unknown-key',
      facts: { key: 'recipients[psp].endpoints[1].hostkeys', suggestion: 'host_keys' },
    });
  });

  it('suggests the spelling with underscores', () => {
    const table = { workspace: { 'time-zone': 'Asia/Tokyo' } };
    expect(faultOf(settingsSchema, table).facts['suggestion']).toBe('time_zone');
  });

  it('names a missing key and what it should hold', () => {
    expect(faultOf(schema, {})).toMatchObject({
      code: 'config-missing-key',
      facts: { key: 'name', expected: 'a text in quotes' },
    });
  });

  it('names the missing host key of a recipient', () => {
    const endpoint = { ...sftpEndpoint, host_keys: undefined };
    const table = { recipients: [recipientEntry({ endpoints: [endpoint as never] })] };
    expect(faultOf(recipientsSchema, table)).toMatchObject({
      code: 'config-missing-key',
      facts: { key: 'recipients[psp].endpoints[1].host_keys' },
    });
  });

  it('treats a key that another key demands as missing', () => {
    const table = {
      workspace: { id: 'example', mode: 'live', organisation: 'Example' },
      log: { origin: 'example' },
    };
    expect(faultOf(settingsSchema, table)).toMatchObject({
      code: 'config-missing-key',
      facts: { key: 'log.anchor' },
    });
  });

  it.each([
    [{ name: 7 }, 'name', 'a text in quotes', 'a whole number'],
    [{ name: 'x', count: '7' }, 'count', 'a number', 'a text'],
    [{ name: 'x', count: 1.5 }, 'count', 'a whole number', 'a number'],
    [{ name: 'x', count: 0 }, 'count', 'at least 1', 'a whole number'],
    [{ name: 'x', on: 'yes' }, 'on', 'true or false', 'a text'],
    [{ name: 'x', mode: 'secret' }, 'mode', '"drill" or "live"', 'a text'],
    [{ name: ['x'] }, 'name', 'a text in quotes', 'a list'],
    [{ name: {} }, 'name', 'a text in quotes', 'a table'],
  ])('names key, expectation and kind for %j', (table, key, expected, found) => {
    expect(faultOf(schema, table)).toMatchObject({
      code: 'config-invalid',
      facts: { key, expected, found },
    });
  });

  it('names the kinds of a union where the kind is wrong', () => {
    const table = { recipients: [recipientEntry({ endpoints: [{ kind: 'ftp' } as never] })] };
    expect(faultOf(recipientsSchema, table)).toMatchObject({
      code: 'config-invalid',
      facts: {
        key: 'recipients[psp].endpoints[1].kind',
        expected: '"sftp" or "manual" or "pickup"',
      },
    });
  });

  it('repeats no value', () => {
    const secret = 'hunter2-hunter2';
    const tables = [{ name: 'x', mode: secret }, { name: 'x', count: secret }, { name: [secret] }];
    for (const table of tables) expect(String(faultOf(schema, table))).not.toContain(secret);
  });

  it('shows no control character of a key', () => {
    const key = faultOf(schema, { name: 'x', 'a\u001b[31m': 1 }).facts['key'];
    expect(key).toBe('a?[31m');
  });
});
