import { setTimeout as wait } from 'node:timers/promises';

import type { Pause } from '../../exchange/workspace/clock.ts';

/** Waiting by the machine's timers. */
export const systemPause: Pause = {
  sleep: async (durationMs, signal) => {
    // An aborted wait ends early and quietly: the caller looks at the signal.
    await wait(durationMs, undefined, signal === undefined ? {} : { signal }).catch(
      () => undefined,
    );
  },
};
