/** Tables about recipients who fetch their files. */
export interface PickupTables {
  /** `ranges`: JSON, pairs of byte offsets. */
  pickup_reading: { batch: string; ranges: string; changed_at: number };
  test_taken: { test: string; leaf: number };
  host_key: {
    number: number;
    fingerprint: string;
    state: 'shown' | 'next' | 'retired';
    leaf: number;
    made_at: number;
  };
}
