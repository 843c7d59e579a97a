import type { ToldRecovery } from '../../../exchange/audit/told-recoveries.ts';
import type { KitFile } from '../../../exchange/kit/incident-kit.ts';
import { kitGuideWords as en } from '../words/en/kit-guide.ts';
import type { KitGuideWords } from '../words/en/kit-guide.ts';
import { kitGuideWords as ja } from '../words/ja/kit-guide.ts';
import { kitCheck } from './kit-check.ts';

const byHand = `find . ! -type f ! -type d
sha256sum --check --strict --quiet SHA256SUMS
listed=$(mktemp)
cut -c 67- SHA256SUMS | sort > "$listed"
find . -type f ! -path './log/*' ! -path ./SHA256SUMS | cut -c 3- | sort | comm -3 - "$listed"
python3 -I verify_log.py verify log --vkey KEY-FILE --proofs proofs \\
  --holds "$(sha256sum SHA256SUMS | cut -c 1-64)"
gpg --import people/signers/*
gpg --verify handoffs/ID/plan.json.sig handoffs/ID/plan.json`;

/**
 * What a kit tells its reader: how to check it, in both languages, a script that does, and the report, whose lines are
 * those of the screens.
 */
export function kitPages(
  incident: string,
  report: readonly string[],
  recoveries: readonly ToldRecovery[],
): readonly KitFile[] {
  const file = (path: string, text: string): KitFile => ({
    path,
    bytes: new TextEncoder().encode(text),
  });
  return [
    file('README.md', guideText(incident, recoveries, en)),
    file('README.ja.md', guideText(incident, recoveries, ja)),
    file('check.sh', kitCheck),
    file('report.txt', `${report.join('\n')}\n`),
  ];
}

function guideText(
  incident: string,
  recoveries: readonly ToldRecovery[],
  say: KitGuideWords,
): string {
  const files = say.files.map(([path, what]) => `| \`${path}\` | ${what} |`).join('\n');
  const parts = [
    `# ${say.title(incident)}`,
    ...say.what,
    `## ${say.filesTitle}`,
    `| ${say.filesHead.join(' | ')} |\n| --- | --- |\n${files}`,
    ...recoveries.flatMap((one) => recoveredPart(one, say)),
    `## ${say.checkTitle}`,
    say.check,
    shell('sh check.sh KEY-FILE [OLDER-CHECKPOINT…]'),
    ...say.checked,
    `## ${say.byHandTitle}`,
    shell(byHand),
    say.byHand,
    `## ${say.meansTitle}`,
    ...say.means,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What was lost, how to see which key the officers said to follow, and what of the log before that still holds. */
function recoveredPart(
  { recovery, line, checkpoint }: ToldRecovery,
  say: KitGuideWords,
): readonly string[] {
  const { index, size, anchored, requester, officer } = recovery;
  const place = `recoveries/${index}`;
  const [request, approval] = [
    `${place}/request-${requester}.json`,
    `${place}/approve-${officer}.json`,
  ];
  return [
    `## ${say.recoveredTitle(index)}`,
    say.recovered({
      ...{ index, first: size, last: anchored - 1, requester, officer },
      ...{ before: nameOf(recovery.replaced), after: nameOf(recovery.vkey) },
    }),
    say.recoveredKey,
    shell(`gpg --import people/signers/*
gpg --verify ${request}.sig ${request}
gpg --verify ${approval}.sig ${approval}
sha256sum ${request} ${approval}
recovered=$(mktemp)
grep -o '"vkey":"[^"]*"' ${request} | cut -d '"' -f 4 > "$recovered"
echo "$recovered"`),
    say.recoveredKeyGood(recovery.statement, line + 1),
    say.recoveredBefore,
    shell(`sed -n ${line}p log/log.vkey | cmp - KEPT-KEY-FILE`),
    ...(checkpoint === undefined
      ? []
      : [say.recoveredBeforeGood(`log/${checkpoint.name}`, checkpoint.size, size)]),
  ];
}

function nameOf(vkey: string): string {
  return vkey.split('+')[0]!;
}

function shell(code: string): string {
  return `\`\`\`sh\n${code}\n\`\`\``;
}
