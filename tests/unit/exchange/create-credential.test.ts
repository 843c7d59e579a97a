import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Fault } from '../../../src/domain/fault.ts';
import {
  createCredential,
  revokeCredential,
} from '../../../src/exchange/keys/create-credential.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

const secret = new Uint8Array(65).fill(0x61);
const content = new Uint8Array([1, 2, 3]);
const request = { officer: 'officer-1', reason: 'by night', output: 'out', directory: '.' };
let desk: ExchangeDesk;
/** What happened to files and log, in order. */
let order: string[];
let kept: string | undefined;

beforeEach(() => {
  desk = new ExchangeDesk();
  order = [];
  kept = undefined;
});
afterEach(() => desk.dispose());

/** Ports that tell what was done; `failing` is where the disk is full. */
function ports(failing?: string) {
  const did = (what: string): Promise<void> => {
    order.push(what);
    return what === failing ? Promise.reject(new Fault('disk-full', 'later')) : Promise.resolve();
  };
  return {
    ...{ origin: desk.origin, facts: desk.facts, configuration: desk.configuration },
    ...{ clock: desk.clock, passphrases: desk.passphrases },
    backupFiles: { holds: (path: string) => Promise.resolve(path.startsWith('workspace')) },
    newFiles: {
      begin: async (path: string) => {
        await did(`begin ${path}`);
        return {
          write: () => did(`write ${path}`),
          publish: () => did(`publish ${path}`),
          discard: () => did(`discard ${path}`),
        };
      },
    },
    credentialFiles: {
      path: 'kept',
      digest: () => Promise.resolve(kept),
      find: () => Promise.resolve(undefined),
      make: () => Promise.resolve({ secret: secret.slice(), content, sha256: '0'.repeat(64) }),
      remove: () => did('remove kept'),
    },
    log: {
      append: async (...given: Parameters<ExchangeDesk['log']['append']>) => {
        await did('leaf');
        return desk.log.append(...given);
      },
    },
  };
}

describe('createCredential()', () => {
  it('makes it work only after its leaf', async () => {
    await createCredential(ports(), request);
    expect(order.filter((step) => /publish|leaf/.test(step))).toEqual([
      ...['publish out', 'leaf', 'publish kept'],
    ]);
    expect((await desk.acts()).at(-1)).toBe('credential-create');
  });

  it.each(['begin kept', 'write out', 'write kept', 'publish out', 'leaf'])(
    'leaves nothing that works where the disk is full at: %s',
    async (step) => {
      await expect(createCredential(ports(step), request)).rejects.toMatchObject({
        code: 'disk-full',
      });
      expect(order).not.toContain('publish kept');
      expect(order).toContain('discard out');
      if (step !== 'begin kept') expect(order).toContain('discard kept');
    },
  );

  it('refuses a place inside the workspace, a second one, nobody and no reason', async () => {
    const refused = async (changes: Partial<typeof request>): Promise<unknown> => {
      const made = createCredential(ports(), { ...request, ...changes });
      return made.catch((error: unknown) => (error as Fault).code);
    };
    expect(await refused({ directory: 'workspace/data' })).toBe('credential-inside-workspace');
    expect(await refused({ officer: 'nobody' })).toBe('officer-unknown');
    expect(await refused({ reason: '' })).toBe('reason-required');
    kept = '0'.repeat(64);
    expect(await refused({})).toBe('credential-exists');
    expect(order).toEqual([]);
  });
});

describe('revokeCredential()', () => {
  it('says so in the log before it is gone, and refuses where there is none', async () => {
    await expect(revokeCredential(ports(), request)).rejects.toMatchObject({
      code: 'credential-none',
    });
    kept = '1'.repeat(64);
    await revokeCredential(ports(), request);
    expect(order).toEqual(['leaf', 'remove kept']);
    expect((await desk.acts()).at(-1)).toBe('credential-revoke');
  });
});
