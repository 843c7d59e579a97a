import { isFault } from '../../domain/fault.ts';
import { writeFileAtomically } from './atomic-write.ts';

/**
 * Writes a file under the first number from `from` on that no file has: it may be that of a key that somebody else is
 * making. Returns the number. Throws as `writeFileAtomically`.
 */
export async function writeUnderFreeNumber(
  from: number,
  pathOf: (number: number) => string,
  content: string,
): Promise<number> {
  for (let number = from; ; number += 1) {
    try {
      await writeFileAtomically(pathOf(number), content, { replace: false });
      return number;
    } catch (error) {
      if (!isFault(error) || error.code !== 'file-exists') throw error;
    }
  }
}
