import type { PlannedEndpoint } from '../../../domain/handoff/plan.ts';
import type { FileNaming } from '../../../domain/recipients/file-naming.ts';
import { showForeign } from '../foreign-text.ts';
import type { View } from '../view.ts';
import { traitWords as en } from '../words/en/traits.ts';
import { traitWords as ja } from '../words/ja/traits.ts';
import type { LabelledRow } from './labelled-lines.ts';

const words = { en, ja };

/**
 * What will happen at an endpoint that is not as everywhere: names, how the file is written, control file, weak
 * algorithms. Empty for most.
 */
export function traitRows(endpoint: PlannedEndpoint, view: View): LabelledRow[] {
  const say = words[view.language];
  const names: LabelledRow[] =
    endpoint.naming === undefined ? [] : [[say.names, namingText(endpoint.naming, view)]];
  if (endpoint.kind !== 'sftp') return names;
  const { rename, temporaryName, canList, controlFile, algorithms } = endpoint;
  const upload = [
    ...(rename === 'none' ? [say.inPlace] : []),
    ...(temporaryName === undefined ? [] : [say.temporary(showForeign(temporaryName))]),
    ...(canList ? [] : [say.blind]),
  ];
  return [
    ...names,
    ...upload.map((text): LabelledRow => [say.upload, text]),
    ...(controlFile === undefined
      ? []
      : [
          [
            say.control,
            say.controlText(showForeign(controlFile.name), say.content[controlFile.content]),
          ] as const,
        ]),
    ...(algorithms === undefined ? [] : [[say.weak, say.weakText(algorithms.join(', '))] as const]),
  ];
}

function namingText({ pattern, sequence }: FileNaming, view: View): string {
  const say = words[view.language];
  const named = say.nameText(showForeign(pattern));
  if (sequence === undefined) return named;
  const { start, width, reset } = sequence;
  return `${named} · ${say.sequence[reset](start, width)}`;
}
