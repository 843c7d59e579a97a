import type { Incident } from '../../../domain/incident/incident.ts';
import { isFault } from '../../../domain/fault.ts';
import { previewPrepare } from '../../../exchange/handoff/preview-prepare.ts';
import { pairs } from '../option-values.ts';
import { previewScreen } from '../screens/preview-screen.ts';
import { readSources } from '../source-arguments.ts';
import type { SourceOptions } from '../source-arguments.ts';
import type { Choice } from './asking.ts';
import { showCommand } from './dialogue-parts.ts';
import type { DialogueParts } from './dialogue-parts.ts';

const previewRecords = 10;

/** The options of a prepare that say how its one source is read. */
export interface ChosenSource extends SourceOptions {
  readonly source: readonly [string];
}

/** What to do after a look at the source. */
type Turn = 'take' | 'spec' | 'columns' | 'ignore' | 'encoding' | 'other';

/** Asks for a file, shows how it is read, and lets the person change that until they say it is right. */
export async function chooseSource(
  parts: DialogueParts,
  incident: Incident,
  officer: string,
): Promise<ChosenSource> {
  const { asking } = parts;
  let chosen = await askFile(parts);
  for (;;) {
    showCommand(parts, [...prepareWords(incident.id, chosen), '--preview'], officer);
    const look = await lookAt(parts, incident.id, chosen);
    if (look.isAbsent) {
      chosen = await askFile(parts);
      continue;
    }
    const turn = await asking.choose(asking.say.isItRight, turns(parts, look));
    if (turn === 'take') return chosen;
    if (turn === 'other') chosen = await askFile(parts);
    else chosen = await changed(parts, chosen, turn, look.fits);
  }
}

/** The words of the command, without those of the step. */
export function prepareWords(incident: string, chosen: ChosenSource): string[] {
  const { source, kind, encoding, columns, ignoreColumn } = chosen;
  const map = Object.entries(columns ?? {}).map(([purpose, column]) => `${purpose}=${column}`);
  return [
    ...['handoff', 'prepare', '--incident', incident, '--source', source[0]],
    ...(kind === undefined ? [] : ['--kind', kind]),
    ...(encoding === undefined ? [] : ['--encoding', encoding]),
    ...(map.length === 0 ? [] : ['--columns', map.join(',')]),
    ...(ignoreColumn ?? []).flatMap((column) => ['--ignore-column', column]),
  ];
}

async function askFile({ asking }: DialogueParts): Promise<ChosenSource> {
  const { say } = asking;
  const path = await asking.text({
    text: say.whichFile,
    files: true,
    read: (answer) =>
      answer === '' || answer === '-' ? { wrong: say.typeFile } : { value: answer },
  });
  const kind = await asking.choose(say.whichKind, [
    { text: say.kinds.orders, value: 'orders' },
    { text: say.kinds.recovered, value: 'recovered' },
    { text: say.kinds.references, value: 'references' },
  ]);
  return { source: [path], kind };
}

interface Look {
  /** There is no file to read, and so nothing to change about how it is read. */
  readonly isAbsent?: boolean;
  readonly isReadable: boolean;
  /** Specs whose columns are those of the file, when none is used yet. */
  readonly fits: readonly string[];
}

/** Nothing about the source: the workspace did not open. */
const opening = new Set([
  'passphrase-wrong',
  'credential-wrong',
  'credential-malformed',
  'credential-none',
]);

const absent = new Set(['source-missing', 'source-not-a-file', 'source-unreadable']);

/** Again and again while a typed passphrase is wrong: that says nothing about the file. */
async function lookAt(parts: DialogueParts, incident: string, chosen: ChosenSource): Promise<Look> {
  const { shell, workspace, asking, forgetPassphrase } = parts;
  let names: readonly string[] = [];
  try {
    const sources = await readSources(chosen, workspace.sourceSpecs);
    names = sources.map(({ name }) => name);
    const previewed = await previewPrepare(workspace, {
      ...{ incident, sources, acceptHeld: [], records: previewRecords, signal: shell.signal },
    });
    shell.print(['', ...previewScreen(previewed, sources, shell)]);
    const isSpecNamed = sources[0]?.specName !== undefined;
    return {
      isReadable: true,
      fits: isSpecNamed ? [] : (previewed.sources[0]?.layout.fits ?? []),
    };
  } catch (error) {
    const code = isFault(error) ? error.code : '';
    const isTypedWrong = code === 'passphrase-wrong' && shell.options.passphraseFile === undefined;
    if (opening.has(code) && !isTypedWrong) throw error;
    asking.showFault(error, names);
    if (!isTypedWrong) return { isReadable: false, isAbsent: absent.has(code), fits: [] };
    forgetPassphrase();
    return lookAt(parts, incident, chosen);
  }
}

function turns({ asking }: DialogueParts, { isReadable, fits }: Look): Choice<Turn>[] {
  const { turns: say } = asking.say;
  return [
    ...(isReadable ? [{ text: say.take, value: 'take' } as const] : []),
    { text: fits.length === 0 ? say.spec : say.fittingSpec(fits.join(', ')), value: 'spec' },
    { text: say.columns, value: 'columns' },
    { text: say.ignore, value: 'ignore' },
    { text: say.encoding, value: 'encoding' },
    { text: say.other, value: 'other' },
  ];
}

async function changed(
  parts: DialogueParts,
  chosen: ChosenSource,
  turn: Exclude<Turn, 'take' | 'other'>,
  fits: readonly string[],
): Promise<ChosenSource> {
  const { asking } = parts;
  const { say } = asking;
  const word = (answer: string) => (answer === '' ? { wrong: say.typeText } : { value: answer });
  if (turn === 'spec') {
    const [preset] = fits;
    const spec = await asking.text({
      text: say.whichSpec,
      ...(preset === undefined ? {} : { preset }),
      files: true,
      read: word,
    });
    const [path] = chosen.source;
    const at = chosen.kind === undefined ? path.lastIndexOf('=') : -1;
    // With a spec the kind is the spec's own: an option beside it would overrule what it says.
    return { ...withoutKind(chosen), source: [`${at < 0 ? path : path.slice(0, at)}=${spec}`] };
  }
  if (turn === 'ignore') {
    const column = await asking.text({ text: say.whichIgnored, read: word });
    return { ...chosen, ignoreColumn: [...(chosen.ignoreColumn ?? []), column] };
  }
  if (turn === 'encoding') {
    const encoding = await asking.choose(
      say.whichEncoding,
      ['auto', 'utf-8', 'shift_jis', 'euc-jp', 'utf-16le', 'utf-16be'].map((value) => ({
        text: value,
        value,
      })),
    );
    return { ...chosen, encoding };
  }
  const columns = await asking.text({
    text: say.whichColumns,
    read: (answer) => {
      try {
        return { value: pairs(answer, chosen.columns) };
      } catch {
        return { wrong: say.typeColumns };
      }
    },
  });
  return { ...chosen, columns };
}

function withoutKind({ kind: _kind, ...rest }: ChosenSource): ChosenSource {
  return rest;
}
