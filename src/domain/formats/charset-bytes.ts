import { encodeCp932 } from './cp932.ts';

/** What outgoing files are written in; `cp932` is Shift_JIS as Windows writes it. */
export const charsets = ['ascii', 'utf-8', 'cp932'] as const;
export type Charset = (typeof charsets)[number];

/** A text that the charset can write, in it. Throws nothing. */
export function bytesOf(text: string, charset: Charset): Uint8Array {
  const bytes = charset === 'cp932' ? encodeCp932(text) : undefined;
  return bytes ?? new TextEncoder().encode(text);
}
