import type { DeliveryEvidence } from './delivery-journal.ts';
import type { Likeness } from './remote-content.ts';

export type Verdict =
  'stored' | 'stored-remove-temporary' | 'rename-again' | 'presumed' | 'conflict' | 'failed';

/**
 * What the two names in the recipient's directory say about a publishing whose outcome is unknown.
 *
 * Only our rename removes our temporary name once `publishing` is recorded, or a janitor of the recipient; so with
 * both names gone the file was probably taken, and sending it again might deliver it twice.
 *
 * `temporary` is undefined when the file was written in place. Then a file of the right size proves little: blocks
 * arrive in any order, and the last may be there without the first.
 */
export function reconcileVerdict(
  final: Likeness,
  temporary: Likeness | undefined,
  rename: DeliveryEvidence['rename'],
): Verdict {
  switch (final) {
    case 'different':
      return 'conflict';
    case 'same':
      return temporary === 'same' ? 'stored-remove-temporary' : 'stored';
    case 'same-size':
      return temporary === 'absent' ? 'stored' : 'presumed';
    case 'hidden':
      return rename === 'answered' ? 'stored' : 'presumed';
    case 'absent':
      return withoutFinal(temporary, rename);
  }
}

function withoutFinal(
  temporary: Likeness | undefined,
  rename: DeliveryEvidence['rename'],
): Verdict {
  switch (temporary) {
    case 'same':
    case 'same-size':
      return 'rename-again';
    case 'different':
      return 'failed';
    case 'hidden':
      return 'presumed';
    case 'absent':
      return rename === 'answered' ? 'stored' : 'presumed';
    case undefined:
      return rename === 'refused' ? 'failed' : 'presumed';
  }
}
