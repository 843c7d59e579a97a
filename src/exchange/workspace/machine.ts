/** What the doctor wants to know about this machine and the workspace's files on it. */
export interface MachineFindings {
  readonly node: string;
  readonly sqlite: string;
  readonly allowsCoreDumps: boolean;
  readonly hasPlainSwap: boolean;
  /** The Node option that lets somebody read this process's memory, if one is set. */
  readonly inspectionOption: string | undefined;
  /** Files and directories of the workspace that others than the owner can read, relative to it; at most 20. */
  readonly exposedFiles: readonly string[];
  /** `tmpfs`, `nfs` and the like, where the database's durability does not hold. */
  readonly volatileFileSystem: string | undefined;
}

export interface Machine {
  inspect(): Promise<MachineFindings>;
}
