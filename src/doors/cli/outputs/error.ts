import { z } from 'zod';

/** What every command prints under `--json` when it fails, on standard output and alone. */
export const errorSchema = z.strictObject({
  error: z.strictObject({
    /** Stable; `internal` for what nobody foresaw. */
    code: z.string(),
    message: z.string(),
    hint: z.string(),
    retry: z.enum(['never', 'later', 'after-operator']),
  }),
});
