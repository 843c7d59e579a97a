import type { Workspace } from '../../../compose.ts';
import { withBrought } from '../../../exchange/arrivals/brought-sources.ts';
import { previewPrepare } from '../../../exchange/handoff/preview-prepare.ts';
import { previewDocument } from '../outputs/preview.ts';
import { previewScreen } from '../screens/preview-screen.ts';
import type { Shell } from '../shell.ts';
import { readSources } from '../source-arguments.ts';
import type { PrepareOptions } from './handoff-prepare.ts';

/** Enough to see every column's meaning, and few enough for one screen. */
const previewRecords = 10;

/** `handoff prepare --preview` in an open workspace: shows, stores nothing. */
export async function preview(
  shell: Shell,
  workspace: Workspace,
  options: PrepareOptions,
): Promise<void> {
  const named = await readSources(options, workspace.sourceSpecs);
  const sources = await withBrought(workspace, named);
  shell.nameSources(sources.map(({ name }) => name));
  const previewed = await previewPrepare(workspace, {
    incident: options.incident,
    sources,
    acceptHeld: options.acceptHeld ?? [],
    records: previewRecords,
    signal: shell.signal,
  });
  if (!shell.isJson) shell.print(previewScreen(previewed, sources, shell));
  shell.document(previewDocument(previewed, sources));
}
