import { showForeign } from './foreign-text.ts';

/** What `--issuer` takes for a card company, as a shell takes it for one word, whatever the table calls it. */
export function issuerWord(issuer: string): string {
  return issuer === '' ? 'unknown' : `'${showForeign(issuer).replaceAll("'", "'\\''")}'`;
}
