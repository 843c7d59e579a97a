import { CollectRound } from './collect-round.ts';
import type { CollectRoundPorts } from './collect-round.ts';
import { DeliveryRound } from './delivery-round.ts';
import type { DeliveryRoundPorts } from './delivery-round.ts';
import { FetchRound } from './fetch-round.ts';
import type { FetchRoundPorts } from './fetch-round.ts';
import { noticeRound } from './notice-round.ts';
import type { NoticeRoundPorts } from './notice-round.ts';
import { offerRound } from './offer-round.ts';
import type { Round } from './run-rounds.ts';

export type RoundPorts = DeliveryRoundPorts &
  CollectRoundPorts &
  FetchRoundPorts &
  NoticeRoundPorts;

/** Says that `serve` runs: `status` takes one that was not seen for a while for gone. */
export const alive: Round = { name: 'alive', everyMs: 60_000, run: () => Promise.resolve() };

/** Everything that `serve` does again and again. */
export function roundsOf(ports: RoundPorts): readonly Round[] {
  return [
    alive,
    new DeliveryRound(ports),
    new FetchRound(ports),
    new CollectRound(ports),
    offerRound(ports),
    noticeRound(ports),
  ];
}
