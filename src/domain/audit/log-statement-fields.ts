import { z } from 'zod';

import { scrub } from '../cards/scrubber.ts';

/** SHA-256 in lower-case hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Entries of a log: 0 to 999,999,999,999. */
export const size = z.int().min(0).max(999_999_999_999);

/** Why, 1 to 2000 characters: what officers sign is kept and goes to reviewers, so it holds nothing like a card number. */
export const reason = z
  .string()
  .min(1)
  .max(2000)
  .refine((text) => scrub(text.normalize('NFKC')).hits === 0);
