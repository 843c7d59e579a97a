import type { Probed } from '../../../exchange/recipients/probe-recipient.ts';
import { paint } from '../colour.ts';
import { figure, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { probeWords as en } from '../words/en/probe.ts';
import { probeWords as ja } from '../words/ja/probe.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

/** What a server was seen to do, and the traits that speaks for. The TOML itself is printed by `traitLines`. */
export function probeScreen(probed: Probed, view: View): string[] {
  const say = words[view.language];
  const { recipient, directory, findings } = probed;
  const changed = changedTraits(probed);
  return [
    ...hang('', say.title(recipient.id, showForeign(directory))),
    '',
    ...labelledLines(rowsOf(findings, view), view, 2),
    '',
    ...(findings.left.length === 0
      ? []
      : [...hang('', paint(say.leftBehind(findings.left.map(showForeign)), 'warn', view)), '']),
    ...(findings.renameOntoExisting === 'overwrites'
      ? [...hang('', paint(say.overwriteMeans, 'warn', view)), '']
      : []),
    ...hang('', changed.length === 0 ? say.agrees : say.differs(changed)),
    ...(findings.canRename ? [] : hang('', say.controlAdvice)),
    ...hang('', say.snippet(recipient.id)),
    '',
    ...traitLines(probed).map((line) => `  ${line}`),
    '',
    ...nextLines(
      [
        ...(changed.length === 0
          ? []
          : [{ command: updateCommand(probed), label: say.updateLabel }]),
        { command: say.test(recipient.id), label: say.testLabel },
      ],
      view,
    ),
  ];
}

/** The proposed traits as TOML. */
export function traitLines({ traits }: Probed): string[] {
  return Object.entries(traits).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
}

/** What sets the proposed traits that differ, as one command. */
export function updateCommand(probed: Probed): string {
  const { traits, recipient } = probed;
  const options = changedTraits(probed).map((name) => {
    const value = traits[name]!;
    if (name === 'can_list') return value === true ? '--list' : '--no-list';
    if (name === 'can_read_back') return value === true ? '--read-back' : '--no-read-back';
    if (name === 'rename') return `--rename ${String(value)}`;
    return `--temporary-name '${String(value)}'`;
  });
  return `mimamori recipient update ${recipient.id} ${options.join(' ')} --as ID`;
}

/** Proposed traits that the endpoint does not have. */
export function changedTraits({ recipient, traits }: Probed): string[] {
  const [endpoint] = recipient.endpoints;
  const configured = { ...endpoint } as Readonly<Record<string, unknown>>;
  return Object.keys(traits).filter((name) => configured[name] !== traits[name]);
}

function rowsOf(findings: Probed['findings'], view: View): LabelledRow[] {
  const say = words[view.language];
  const { limits, freeBytes, writeBytesMax, renameOntoExisting } = findings;
  const yes = (is: boolean): string => (is ? say.yes : say.no);
  const size = (bytes: number): string => (bytes > 0 ? `${figure(bytes / 1024)} KiB` : say.untold);
  return [
    [say.hostKey, findings.hostKey],
    [say.exclusive, findings.isCreateExclusive ? say.yes : say.exclusiveNo],
    [say.sync, yes(findings.canSync)],
    [say.readBack, say.readBackFound[findings.readBack]],
    [say.look, yes(findings.canLook)],
    [say.list, yes(findings.canList)],
    [say.rename, yes(findings.canRename)],
    [say.dotNames, yes(findings.takesDotNames)],
    [say.ontoExisting, say.ontoExistingFound[renameOntoExisting]],
    [say.free, freeBytes === undefined ? say.untold : sizeIn(freeBytes, view.language)],
    [
      say.limits,
      limits === undefined
        ? say.untold
        : say.limitsText(size(limits.readBytes), size(limits.writeBytes), limits.openHandles),
    ],
    [say.largest, writeBytesMax === 0 ? say.no : size(writeBytesMax)],
  ];
}
