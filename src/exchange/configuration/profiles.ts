import type { Profile } from '../../domain/formats/profile.ts';

/** The format profiles of this workspace. */
export interface Profiles {
  /** Throws FormatsFault `profile-unknown`, `profile-invalid`. */
  get(id: string): Promise<Profile>;
  list(): Promise<readonly Profile[]>;
}
