import type { Check } from '../../../exchange/check-workspace.ts';
import type { Style } from '../colour.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell } from '../table.ts';
import type { View } from '../view.ts';
import { checkWords as checksEn } from '../words/en/checks.ts';
import { workspaceWords as en } from '../words/en/workspace.ts';
import { checkWords as checksJa } from '../words/ja/checks.ts';
import { workspaceWords as ja } from '../words/ja/workspace.ts';

const words = { en, ja };
const checkWords = { en: checksEn, ja: checksJa };
const styles: Readonly<Record<Check['verdict'], Style>> = {
  ok: 'good',
  warning: 'warn',
  failed: 'bad',
};

/** Everything the doctor looked at, and what to do about what is not in order. */
export function doctorScreen(checks: readonly Check[], view: View): string[] {
  const say = words[view.language];
  const count = (verdict: Check['verdict']): number =>
    checks.filter((check) => check.verdict === verdict).length;
  const rows = checks.map((check): Cell[] => [
    { text: say.verdict[check.verdict], style: styles[check.verdict] },
    checkWords[view.language][check.check]?.name ?? check.check,
    textOf(check, view),
  ]);
  const has = (verdict: Check['verdict']): boolean =>
    checks.some((check) => check.verdict === verdict);
  const advice = has('failed')
    ? say.doctorFailed
    : has('warning')
      ? say.doctorWarned
      : say.doctorFine;
  return [
    ...table([{}, {}, { overflow: 'wrap' }], rows, view),
    '',
    say.doctorSum(count('ok'), count('warning'), count('failed')),
    ...hang('', advice),
  ];
}

function textOf({ check, verdict, facts }: Check, view: View): string {
  const said = checkWords[view.language][check];
  if (verdict === 'ok') return said?.found?.(facts) ?? '';
  const advice = said?.advice;
  return [said?.bad?.(facts) ?? '', ...(advice === undefined ? [] : [`→ ${advice}`])].join('  ');
}
