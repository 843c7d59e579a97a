import type { KitFile } from '../../../exchange/kit/incident-kit.ts';
import { kitGuideWords as en } from '../words/en/kit-guide.ts';
import type { KitGuideWords } from '../words/en/kit-guide.ts';
import { kitGuideWords as ja } from '../words/ja/kit-guide.ts';
import { kitCheck } from './kit-check.ts';

const byHand = `find . ! -type f ! -type d
sha256sum --check --strict --quiet SHA256SUMS
python3 -I verify_log.py verify log --vkey KEY-FILE --proofs proofs \\
  --holds "$(sha256sum SHA256SUMS | cut -c 1-64)"
gpg --import people/signers/*
gpg --verify handoffs/ID/plan.json.sig handoffs/ID/plan.json`;

/**
 * What a kit tells its reader: how to check it, in both languages, a script that does, and the report, whose lines are
 * those of the screens.
 */
export function kitPages(incident: string, report: readonly string[]): readonly KitFile[] {
  const file = (path: string, text: string): KitFile => ({
    path,
    bytes: new TextEncoder().encode(text),
  });
  return [
    file('README.md', guideText(incident, en)),
    file('README.ja.md', guideText(incident, ja)),
    file('check.sh', kitCheck),
    file('report.txt', `${report.join('\n')}\n`),
  ];
}

function guideText(incident: string, say: KitGuideWords): string {
  const shell = (code: string): string => `\`\`\`sh\n${code}\n\`\`\``;
  const files = say.files.map(([path, what]) => `| \`${path}\` | ${what} |`).join('\n');
  const parts = [
    `# ${say.title(incident)}`,
    ...say.what,
    `## ${say.filesTitle}`,
    `| ${say.filesHead.join(' | ')} |\n| --- | --- |\n${files}`,
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
