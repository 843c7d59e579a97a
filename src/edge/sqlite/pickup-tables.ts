import type { ArrivalWay } from '../../domain/arrivals/arrival-limits.ts';
import type { ArrivalState } from '../../domain/arrivals/arrival-states.ts';

/** Tables about recipients who fetch their files. */
export interface PickupTables {
  /** `ranges`: JSON, pairs of byte offsets. */
  pickup_reading: { batch: string; ranges: string; changed_at: number };
  /** `place`: the order in which they came. */
  familiar_address: { address: string; place: number };
  test_taken: { test: string; leaf: number };
  host_key: {
    number: number;
    fingerprint: string;
    state: 'shown' | 'next' | 'retired';
    leaf: number;
    made_at: number;
  };
  arrival: ArrivalTable;
  refused_arrival: RefusedArrivalTable;
}

interface ArrivalTable {
  id: string;
  recipient: string;
  way: ArrivalWay;
  key: string | null;
  name: string;
  sha256: string;
  bytes: number;
  state: ArrivalState;
  code: string | null;
  batch: string | null;
  leaf: number;
  arrived_at: number;
  changed_at: number;
  clear_bytes: number | null;
  deaths: number;
}

interface RefusedArrivalTable {
  id: string;
  recipient: string;
  way: ArrivalWay;
  name: string;
  code: string;
  leaf: number;
  refused_at: number;
  /** 1: it was seen in their directory at the last look. */
  is_there: number;
  settled_leaf: number | null;
}
