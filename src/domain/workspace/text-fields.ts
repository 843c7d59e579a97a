import { z } from 'zod';

/**
 * Building blocks for the schemas of configuration files. Each `error` text completes the sentence "expected …";
 * it never repeats the value that was found.
 */

/** Ids of incidents, recipients, officers, senders and workspaces: 2 to 41 characters. */
export const idField = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{1,40}$/,
    'an id of 2 to 41 small letters, digits and hyphens that starts with a letter or digit',
  );

/**
 * A line of text for people: no control characters and no direction overrides (it is printed on terminals and in
 * letters), no space at either end.
 *
 * @param charactersMax in UTF-16 units
 */
export function textField(charactersMax: number): z.ZodString {
  return z
    .string()
    .max(charactersMax, `a text of at most ${charactersMax} characters`)
    .regex(
      /^(?![\s])[^\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+(?<![\s])$/u,
      'a line of text without control characters and without spaces at its ends',
    );
}

/** A v4 OpenPGP fingerprint; groups of digits may be spaced, the result is 40 capital hex digits. */
export const fingerprintField = z
  .string()
  .regex(/^(?:\s*[0-9A-Fa-f]){40}\s*$/, 'the full fingerprint, 40 hexadecimal digits')
  .transform((spaced) => spaced.replace(/\s+/g, '').toUpperCase());

/** A path inside the workspace, written with `/`, that cannot climb out of it. */
export const workspacePathField = z
  .string()
  .max(255, 'a path of at most 255 characters')
  .regex(
    /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\p{Cc}\\]+$/u,
    'a path below the workspace, without ".." and not starting with "/"',
  );

/** A path on this machine, absolute or relative to the workspace. */
export const localPathField = z
  .string()
  .max(1024, 'a path of at most 1,024 characters')
  .regex(/^[^\p{Cc}]+$/u, 'a path');

/** A list without repetitions. */
export function listField<Item extends z.ZodType<string>>(
  item: Item,
  itemsMax: number,
): z.ZodArray<Item> {
  return z
    .array(item)
    .max(itemsMax, `at most ${itemsMax} entries`)
    .refine((items) => new Set(items).size === items.length, 'each entry only once');
}

/** Whether a registered person or system may still be used; entries are disabled, never deleted. */
export const stateField = z.enum(['enabled', 'disabled']).default('enabled');
