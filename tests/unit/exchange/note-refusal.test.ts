import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DecisionFault } from '../../../src/domain/handoff/decision-errors.ts';
import { KeyFault } from '../../../src/edge/keys/errors.ts';
import { noteRefusal } from '../../../src/exchange/acts/note-refusal.ts';
import { recordRefusal } from '../../../src/exchange/acts/record-refusal.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

const attempt = { officer: 'officer-1', command: 'key rotate' };

describe('noteRefusal()', () => {
  it('records who tried what, and under which code it was refused', async () => {
    await noteRefusal(desk, attempt, new DecisionFault('role-missing', { officer: 'officer-1' }));
    await noteRefusal(desk, { ...attempt, officer: 'mallory' }, new KeyFault('passphrase-wrong'));
    expect(await desk.store.leaves()).toMatchObject([
      {
        ...{ act: 'permission-refused', result: 'refused', actor: 'officer-1' },
        data: { asked: 'key-rotate', code: 'role-missing' },
      },
      { actor: 'unknown', data: { asked: 'key-rotate', code: 'passphrase-wrong' } },
    ]);
  });

  it('leaves out what was recorded already, what is a mistake, and what is no fault', async () => {
    const fault = new DecisionFault('officer-disabled', { officer: 'officer-1' });
    const more = { officers: [], asked: 'approve', object: 'handoff:h-1' };
    await recordRefusal(desk, { ...attempt, ...more }, fault);
    await noteRefusal(desk, attempt, fault);
    await noteRefusal(desk, attempt, new DecisionFault('reason-required', { act: 'key-rotate' }));
    await noteRefusal(desk, attempt, new RangeError('a bug'));
    expect(await desk.acts()).toEqual(['permission-refused']);
  });

  it('leaves out a command for which a statement was written to be signed elsewhere', async () => {
    const path = '/workspace/data/commands/officer-1-0.json';
    const facts = { officer: 'officer-1', command: 'key rotate', path };
    await noteRefusal(desk, attempt, new DecisionFault('command-unsigned', facts));
    expect(await desk.acts()).toEqual([]);
  });

  it.each([new KeyFault('key-ring-closed'), new Error('SQLITE_FULL')])(
    'does not hide the refusal where the log throws %s',
    async (failure) => {
      const log = { append: () => Promise.reject(failure) };
      const fault = new DecisionFault('role-missing', { officer: 'officer-1' });
      const { origin, configuration, facts } = desk;
      const ports = { log, origin, configuration, facts };
      await expect(noteRefusal(ports, attempt, fault)).resolves.toBeUndefined();
    },
  );
});
