import type { SourceRow } from '../../../exchange/handoff/handoff-register.ts';
import { shortDigest } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { pad } from '../layout.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { commonWords as en } from '../words/en/common.ts';
import { commonWords as ja } from '../words/ja/common.ts';

const words = { en, ja };

const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
};

/** An encoding as people write it. */
export function encodingName(encoding: string): string {
  return encodings[encoding] ?? encoding;
}

/** One line per source behind a label: name, kind, and what is known of it. */
export function sourceLines(
  label: string,
  labelColumns: number,
  sources: readonly SourceRow[],
  view: View,
): string[] {
  const say = words[view.language];
  const rows = sources.map(({ name, kind, encoding, records, sha256, sender, form, received }) => [
    name === 'standard input' ? say.standardInput : showForeign(name),
    say.sourceKind[kind],
    [
      ...(sender === undefined ? [] : [say.signedBy(sender)]),
      ...(form === 'encrypted-unsigned' ? [say.unsignedSource] : []),
      ...(received === undefined ? [] : [say.receivedBy[received]]),
      encodingName(encoding),
      say.records(records),
      `sha256 ${shortDigest(sha256)}`,
    ].join(' · '),
  ]);
  const columns = [{ overflow: 'middle', min: 12 }, {}, { overflow: 'wrap' }] as const;
  return table(columns, rows, view, labelColumns).map((line, at) =>
    at === 0 ? pad(label, labelColumns) + line.slice(labelColumns) : line,
  );
}
