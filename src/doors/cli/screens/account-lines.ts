import type { SharedAccount } from '../../../exchange/acts/shared-accounts.ts';
import { paint } from '../colour.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { accountWords as en } from '../words/en/accounts.ts';
import { accountWords as ja } from '../words/ja/accounts.ts';
import type { LabelledRow } from './labelled-lines.ts';

const words = { en, ja };

/** A line for each account under which several officers signed; nothing where each had their own. */
export function accountLines(accounts: readonly SharedAccount[] | undefined, view: View): string[] {
  return accountRows(accounts, view).flatMap(([label, text]) =>
    hang('', paint(`${label}: ${String(text)}`, 'warn', view)),
  );
}

/** The same as rows of a page. */
export function accountRows(
  accounts: readonly SharedAccount[] | undefined,
  view: View,
): LabelledRow[] {
  const say = words[view.language];
  return (accounts ?? []).map(({ host, account, officers }): LabelledRow => [
    say.oneAccount,
    say.signedUnder(
      officers.map(showForeign).join(say.and),
      showForeign(account),
      showForeign(host),
    ),
  ]);
}
