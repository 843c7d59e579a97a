import { brandIndexOf, isBrandLength } from '../cards/brands.ts';
import { passesLuhn } from '../cards/luhn.ts';
import { codePointRead } from './code-points.ts';
import { NUMBER_READ, NumberReader } from './digits.ts';
import { visitHead, type Head } from './head-sample.ts';
import { DELIMITER_RECORDS } from './limits.ts';
import type { RecordScanner } from './scanner.ts';
import type { ScannerOptions } from './scanner-options.ts';

const shareMin = 0.8;

/**
 * The column of a source without a header that holds card numbers: the only one, or the one where at least four of
 * five fields are numbers of a brand, of its lengths, with the right check digit. Undefined where none is, or several
 * are: then a person has to say.
 */
export function findNumberColumn(
  head: Head,
  options: ScannerOptions,
  width: number,
): number | undefined {
  if (width <= 1) return 0;
  const numbers = new NumberReader(codePointRead(options.encoding));
  const hits = new Uint32Array(width);
  const records = visitHead(head, options, DELIMITER_RECORDS, (scanner) => {
    for (let column = 0; column < Math.min(width, scanner.fieldCount); column++) {
      if (holdsCard(scanner, column, numbers)) hits[column]! += 1;
    }
  });
  numbers.wipe();
  const found = [...hits.keys()].filter((column) => hits[column]! >= records * shareMin);
  return found.length === 1 ? found[0] : undefined;
}

function holdsCard(scanner: RecordScanner, column: number, numbers: NumberReader): boolean {
  numbers.clear();
  const reading = numbers.read(scanner.bytes, scanner.starts[column]!, scanner.ends[column]!);
  const { digits, length } = numbers;
  if (reading !== NUMBER_READ || length < 12 || length > 19) return false;
  const brand = brandIndexOf(digits, length);
  return brand !== 0 && isBrandLength(brand, length) && passesLuhn(digits, 0, length);
}
