import { BinsFault } from '../../domain/bins/errors.ts';
import { BinTable } from '../../domain/bins/bin-table.ts';
import { readBinCsv } from '../../domain/bins/parse-bin-csv.ts';
import { brandIndexOf, brands } from '../../domain/cards/brands.ts';
import type { Clock } from '../workspace/clock.ts';
import { issuerTableInForce } from './issuer-table.ts';
import type { IssuerTablePorts } from './issuer-table.ts';

/** What brand and issuer tables say about the first digits of a number; never a whole number. */
export interface BinAnswer {
  readonly brand: string;
  readonly issuer: string;
  readonly country: string;
}

/**
 * Looks up the first 6 to 11 digits of a number. More digits are refused: a command line is no place for a card number.
 *
 * Throws BinsFault `bin-malformed` and `bins-altered`.
 */
export async function showBin(
  ports: IssuerTablePorts & { readonly clock: Clock },
  bin: string,
): Promise<BinAnswer> {
  if (!/^[0-9]{6,11}$/.test(bin)) throw new BinsFault('bin-malformed', { line: 0 });
  const digits = Uint8Array.from(bin, (digit) => Number(digit));
  const stored = await issuerTableInForce(ports);
  const on = ports.clock.now().toISOString().slice(0, 10);
  const table = BinTable.from(stored === undefined ? [] : readBinCsv(stored.text), on);
  const index = table.indexOf(digits, digits.length);
  const entry = index < 0 ? undefined : table.entry(index);
  const stated = entry === undefined || entry.brandIndex === 0 ? undefined : entry.brandIndex;
  // The brand table wants eight digits; a shorter start is asked for as the range's first number.
  const eight = Uint8Array.from({ length: Math.max(8, digits.length) }, (_, at) => digits[at] ?? 0);
  const brand = brands[stated ?? brandIndexOf(eight, eight.length)]!;
  return { brand: brand.id, issuer: entry?.issuer ?? '', country: entry?.country ?? '' };
}
