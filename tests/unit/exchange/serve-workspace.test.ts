import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { systemPause } from '../../../src/edge/clock/system-pause.ts';
import { settingsSchema } from '../../../src/domain/workspace/settings.ts';
import { PickupFault } from '../../../src/exchange/pickup/errors.ts';
import type { PickupAnswers, PickupServers } from '../../../src/exchange/pickup/pickup-server.ts';
import { serveStatus } from '../../../src/exchange/serve/serve-status.ts';
import { serveWorkspace } from '../../../src/exchange/serve/serve-workspace.ts';
import type { ServePorts } from '../../../src/exchange/serve/serve-workspace.ts';
import { PickupBox, visitorOf } from '../../support/pickup-box.ts';

const psp = visitorOf('psp');
const fault = new PickupFault('pickup-host-key-missing');

let box: PickupBox;
/** What happened outside, in order. */
let told: string[];
/** How many checkpoints succeed. */
let signs: number;
let answers: PickupAnswers;
beforeEach(async () => {
  box = new PickupBox();
  await box.offer();
  [told, signs] = [[], 9];
});
afterEach(() => box.dispose());

const pickupServers: PickupServers = {
  start: (_place, _key, _shelves, given) => {
    answers = given;
    told.push('start');
    const end = Promise.withResolvers<'stopped'>();
    const stop = (): Promise<void> => {
      if (told.at(-1) !== 'stop') told.push('stop');
      end.resolve('stopped');
      return Promise.resolve();
    };
    return Promise.resolve({ port: 2022, ended: end.promise, stop });
  },
};

function serve(onStart: () => void, more: Partial<ServePorts> = {}): Promise<void> {
  const { settings } = box.configuration;
  const pickup = { address: '127.0.0.1', port: 2022 };
  box.configuration.settings = settingsSchema.parse({ ...settings, pickup });
  const around = {
    folder: Object.assign(box.folder, { outbox: '/outbox', tests: '/tests' }),
    hostKeys: {
      list: () =>
        Promise.resolve([{ number: 1, fingerprint: psp.key, state: 'shown', madeAt: new Date(0) }]),
      record: () => Promise.reject(fault),
      turn: () => Promise.reject(fault),
    },
    ...{ pickupServers, pause: systemPause },
    answerFolders: { open: () => Promise.reject(fault) },
    openSecrets: () =>
      Promise.resolve({
        credentials: () => Promise.resolve({}),
        signCheckpoint: () => {
          signs -= 1;
          return signs < 0 ? Promise.reject(fault) : Promise.resolve({ size: 0, note: '' });
        },
        makeHostKey: () => Promise.reject(fault),
        hostKey: () => Promise.resolve(new Uint8Array(1)),
        close: () => void told.push('close'),
      }),
    lockServe: () => ({ release: () => void told.push('release') }),
  };
  const ports: ServePorts = Object.assign(Object.create(box) as PickupBox, around, more);
  return serveWorkspace(ports, { signal: new AbortController().signal, onStart });
}

describe('serveWorkspace()', () => {
  it('answers as recorded what no checkpoint could be signed for, and ends with that', async () => {
    signs = 1;
    const started = Promise.withResolvers<undefined>();
    const ended = serve(() => {
      started.resolve(undefined);
    });
    const outcome = expect(ended).rejects.toBe(fault);
    await started.promise;
    const { id, bytes } = await box.batch();
    expect(await answers.open(psp, id)).toBe(true);
    expect(await answers.covered(psp, id, [[0, bytes]], true)).toBe(true);
    expect(await answers.take(psp, id)).toBe(true);
    await outcome;
    expect(told).toEqual(['start', 'stop', 'close', 'release']);
    const stop = (await box.store.leaves()).findLast(({ act }) => act === 'serve-stop');
    expect(stop).toMatchObject({ result: 'failed', data: { code: fault.code } });
  });

  it('lets nobody in before the first checkpoint is signed', async () => {
    signs = 0;
    await expect(serve(() => undefined)).rejects.toBe(fault);
    expect(told).toEqual(['close', 'release']);
  });

  it('is found running by whoever is told that it runs', async () => {
    const ended = new Error('seen enough');
    const sees = Promise.withResolvers<boolean>();
    const ports = Object.assign(Object.create(box) as PickupBox, { isProcessGone: () => false });
    const roundBook: ServePorts['roundBook'] = {
      began: (mark) => box.roundBook.began(mark),
      ran: (...run) => box.roundBook.ran(...run),
      ended: () => sees.promise.then(() => box.roundBook.ended()),
    };
    const onStart = (): never => {
      serveStatus(ports).then(({ isRunning }) => sees.resolve(isRunning), sees.reject);
      throw ended;
    };
    const looking = serve(onStart, { roundBook });
    await Promise.all([expect(looking).rejects.toBe(ended), sees.promise]);
    expect(await sees.promise).toBe(true);
  });

  it('leaves no server behind when its start cannot be told or recorded', async () => {
    const broken = new Error('the pipe is gone');
    const throwing = (): never => {
      throw broken;
    };
    await expect(serve(throwing)).rejects.toBe(broken);
    expect(told).toEqual(['start', 'stop', 'close', 'release']);
    expect((await box.acts()).slice(-2)).toEqual(['serve-start', 'serve-stop']);
    told = [];
    const log = Object.assign(Object.create(box.log) as typeof box.log, {
      append: () => Promise.reject(broken),
    });
    await expect(serve(() => undefined, { log })).rejects.toBe(broken);
    expect(told).toEqual(['start', 'stop', 'close', 'release']);
  });
});
