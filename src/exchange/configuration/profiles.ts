import type { Profile } from '../../domain/formats/profile.ts';
import type { AnswerFormat } from '../../domain/responses/answer-format.ts';

/** Layouts of one kind that this workspace has: its own, and those that come with the program. */
export interface Layouts<Layout> {
  /** Throws FormatsFault `profile-unknown`, `profile-invalid`, WorkspaceFault `config-*`. */
  get(id: string): Promise<Layout>;
  /** Throws as `get`, but `profile-unknown`. */
  list(): Promise<readonly Layout[]>;
}

/** The format profiles of this workspace: what it sends. */
export type Profiles = Layouts<Profile>;
/** How its recipients write answers about cards. */
export type AnswerFormats = Layouts<AnswerFormat>;
