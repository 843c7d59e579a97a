/** Which checkpoint a batch takes with it, where its recipient wants one. */
export interface FixedCheckpoints {
  /**
   * Gives a batch the checkpoint of this size, once and for all: asked again, with whatever size, it answers the same.
   * So a control file that an earlier attempt left has the bytes of this one.
   *
   * Returns the signed note. Throws when the log signed none of this size.
   */
  fix(batch: string, size: number): Promise<string>;
}
