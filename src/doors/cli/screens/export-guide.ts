import type { ExportedLog, ExportGuide } from '../../../exchange/audit/export-audit.ts';
import type { ToldRecovery } from '../../../exchange/audit/told-recoveries.ts';
import { exportGuideWords as en } from '../words/en/export-guide.ts';
import type { ExportGuideWords } from '../words/en/export-guide.ts';
import { exportGuideWords as ja } from '../words/ja/export-guide.ts';

/** Ed25519 in DER before the 32 bytes of the key (RFC 8410 §4): openssl takes no bare key. */
const signatureCheck = (checkpoint: string, keyLine: string): string => `work=$(mktemp -d)
head -n 3 ${checkpoint} > "$work/text"
grep '^— ' ${checkpoint} | tail -n 1 | cut -d' ' -f3 | base64 -d | tail -c 64 > "$work/signature"
{ printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'
  ${keyLine} log.vkey | cut -d+ -f3- | base64 -d | tail -c 32; } > "$work/key.der"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" \\
  -rawin -in "$work/text" -sigfile "$work/signature"`;

const rootCheck = `import base64, hashlib, pathlib, struct, sys
sha = lambda data: hashlib.sha256(data).digest()
origin, size, root = pathlib.Path("checkpoint").read_text("utf-8").split("\\n")[:3]
names = {line.split("+")[0] for line in pathlib.Path("log.vkey").read_text("utf-8").splitlines()}
size, known, stack = int(size), {}, []
for older in sys.argv[1:]:
    lines = pathlib.Path(older).read_text("utf-8").split("\\n")
    assert lines[0] in names, older + " is of another log"
    known.setdefault(int(lines[1]), []).append((older, base64.b64decode(lines[2])))
known.setdefault(size, []).append(("checkpoint", base64.b64decode(root)))
def fold(stack):
    node = b""
    for _, left in reversed(stack):
        node = sha(b"\\x01" + left + node) if node else left
    return node or sha(b"")
count = 0
while count < size:
    number, width = count // 256, min(256, size - count)
    groups = ["%03d" % (number % 1000)]
    while number >= 1000:
        number //= 1000
        groups.insert(0, "x%03d" % (number % 1000))
    path = "tile/entries/" + "/".join(groups) + ("" if width == 256 else ".p/%d" % width)
    data = pathlib.Path(path).read_bytes()
    for _ in range(width):
        length, = struct.unpack(">H", data[:2])
        entry, data = data[2:2 + length], data[2 + length:]
        assert len(entry) == length, "entry %d is cut off" % count
        level, node = 0, sha(b"\\x00" + entry)
        while stack and stack[-1][0] == level:
            node = sha(b"\\x01" + stack.pop()[1] + node)
            level += 1
        stack.append((level, node))
        count += 1
        for name, expected in known.pop(count, []):
            assert fold(stack) == expected, "the log is not the one that %s was signed over" % name
    assert not data, "bytes left over in " + path
assert not known, "older checkpoints that this log does not reach: %s" % known
print("all holds:", count, "entries of", origin)`;

const wholeCheck = `key=$(mktemp)
tail -n 1 log.vkey > "$key"
go run github.com/transparency-dev/tessera/cmd/fsck@latest \\
  --ui=false --public_key="$key" --storage_url="file://$PWD/"`;

/** How to check an export with tools that are not ours, in both languages: whoever reads it may not be who made it. */
export function exportGuides(log: ExportedLog): readonly ExportGuide[] {
  return [
    { name: 'README.md', text: guideText(log, en) },
    { name: 'README.ja.md', text: guideText(log, ja) },
  ];
}

function guideText(log: ExportedLog, say: ExportGuideWords): string {
  const files = say.files.map(([path, what]) => `| \`${path}\` | ${what} |`).join('\n');
  const parts = [
    `# ${say.title}`,
    say.what(log.origin, log.size),
    `## ${say.filesTitle}`,
    `| ${say.filesHead.join(' | ')} |\n| --- | --- |\n${files}`,
    ...log.recoveries.flatMap((one) => recoveredPart(one, say)),
    `## ${say.keyTitle}`,
    ...say.key,
    `## ${say.signatureTitle}`,
    say.signature,
    shell(signatureCheck('checkpoint', 'tail -n 1')),
    say.signatureGood,
    `## ${say.entriesTitle}`,
    say.entries,
    `\`\`\`python\n${rootCheck}\n\`\`\``,
    say.entriesGood,
    `## ${say.wholeTitle}`,
    say.whole,
    shell(wholeCheck),
    `## ${say.meansTitle}`,
    ...say.means,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What was lost, how to check which key the officers said to follow, and the log as it was before. */
function recoveredPart(
  { recovery, line, checkpoint }: ToldRecovery,
  say: ExportGuideWords,
): readonly string[] {
  const { index, size, anchored, requester, officer, statement } = recovery;
  return [
    `## ${say.recoveredTitle(index)}`,
    say.recovered({
      ...{ index, first: size, last: anchored - 1, requester, officer },
      ...{ before: nameOf(recovery.replaced), after: nameOf(recovery.vkey) },
    }),
    say.recoveredKey,
    shell(statementCheck(recovery)),
    say.recoveredKeyGood(statement, line + 1),
    ...(checkpoint === undefined
      ? []
      : [
          say.recoveredBefore(line),
          shell(signatureCheck(checkpoint.name, `sed -n ${line}p`)),
          say.recoveredBeforeGood(checkpoint.name, checkpoint.size, size),
        ]),
  ];
}

function statementCheck({ requester, officer }: ToldRecovery['recovery']): string {
  return `gpg --verify ${requester}.sig recover.json
gpg --verify ${officer}.sig recover.json
sha256sum recover.json
grep -o '"vkey":"[^"]*"' recover.json | cut -d '"' -f 4`;
}

function nameOf(vkey: string): string {
  return vkey.split('+')[0]!;
}

function shell(code: string): string {
  return `\`\`\`sh\n${code}\n\`\`\``;
}
