import type { Facts } from '../../../domain/fault.ts';
import type { Check } from '../../../exchange/status/check-workspace.ts';
import { paint } from '../colour.ts';
import type { Style } from '../colour.ts';
import { withSlashes } from '../figures.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { checkWords as checksEn } from '../words/en/checks.ts';
import { workspaceWords as en } from '../words/en/workspace.ts';
import { checkWords as checksJa } from '../words/ja/checks.ts';
import { workspaceWords as ja } from '../words/ja/workspace.ts';
import { momentText } from './clock-texts.ts';

const words = { en, ja };
const checkWords = { en: checksEn, ja: checksJa };
const styles: Readonly<Record<Check['verdict'], Style>> = {
  ok: 'good',
  warning: 'warn',
  failed: 'bad',
};

/** Everything the doctor looked at, and what to do about what is not in order. */
export function doctorScreen(
  checks: readonly Check[],
  view: View,
  asked: 'health' | 'tonight' = 'health',
): string[] {
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
  const isTonight = asked === 'tonight';
  const advice = isTonight
    ? has('failed')
      ? say.notReady
      : say.isReady
    : has('failed')
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

function textOf({ check, verdict, facts: found }: Check, view: View): string {
  const facts = inReadersForm(found, view);
  const said = checkWords[view.language][check];
  if (verdict === 'ok') return said?.found?.(facts) ?? '';
  const advice = adviceOn({ check, facts }, view);
  return [said?.bad?.(facts) ?? '', ...(advice === '' ? [] : [`→ ${advice}`])].join('  ');
}

/** Moments and days among the facts as a person reads them, moments in the zone of the workspace. */
function inReadersForm(facts: Facts, view: View): Facts {
  const shown = Object.entries(facts).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value];
    if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) {
      return [name, view.language === 'ja' ? withSlashes(value) : value];
    }
    const isMoment = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/u.test(value);
    return [name, isMoment ? momentText(new Date(value), zoneOf(view), view) : value];
  });
  return Object.fromEntries(shown) as Facts;
}

/** What to do about a check that is not fine: a command that can be typed, else words; empty when there is neither. */
export function adviceOn({ check, facts }: Pick<Check, 'check' | 'facts'>, view: View): string {
  const said = checkWords[view.language][check];
  return said?.command?.(facts) ?? said?.advice ?? '';
}

/** What `prepare` says of places that are not fine: one line each. */
export function placeLines(checks: readonly Check[], view: View): string[] {
  return checks.flatMap((check) =>
    hang(paint(`${words[view.language].verdict.warning}  `, 'warn', view), textOf(check, view)),
  );
}
