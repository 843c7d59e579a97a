import type { Workspace } from '../../../compose.ts';
import { parseRecords, RECORDS_BYTES_MAX } from '../../../domain/recalls/parse-records.ts';
import { requestHandoff } from '../../../exchange/handoff/request-handoff.ts';
import type { RecallWish } from '../../../exchange/recall/choose-recalled.ts';
import { recallHandoff } from '../../../exchange/recall/recall-handoff.ts';
import { reasonOf } from '../invocation.ts';
import { recallDocument } from '../outputs/recall.ts';
import { recallScreen } from '../screens/recall-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { usage } from './told-options.ts';
import { triedProof } from './tried-proof.ts';

/** As commander hands them over. */
export interface RecallOptions {
  readonly incident: string;
  readonly batch?: readonly string[];
  readonly whole?: boolean;
  readonly records?: string;
  readonly dryRun?: boolean;
}

/** `handoff recall`. */
export async function recall(shell: Shell, options: RecallOptions): Promise<void> {
  assertOneWay(options);
  await withWorkspace(shell, async (workspace) => {
    const dryRun = options.dryRun ?? false;
    const proof = dryRun ? undefined : await triedProof(shell.options, workspace);
    const { as: officer } = shell.options;
    const recalled = await recallHandoff(workspace, {
      ...{ incident: options.incident, officer, wish: await wishOf(workspace, options) },
      ...{ reason: reasonOf(shell.options), dryRun, signal: shell.signal },
    });
    if (proof !== undefined) {
      await requestHandoff(workspace, { handoff: recalled.handoff, officer, proof });
    }
    shell.print(recallScreen(recalled, proof !== undefined, shell));
    shell.document(recallDocument(recalled));
  });
}

/** Which cards are meant must be said in one way. Throws `usage`. */
function assertOneWay({ batch = [], whole, records }: RecallOptions): void {
  if (records !== undefined && (batch.length > 0 || whole === true)) {
    throw usage('--records', 'not together with --batch or --whole');
  }
  if (whole === true && batch.length === 0) throw usage('--whole', 'the batches, by --batch');
}

async function wishOf(
  { inputs }: Pick<Workspace, 'inputs'>,
  { batch: batches = [], whole, records }: RecallOptions,
): Promise<RecallWish> {
  if (records === undefined) return { basis: whole === true ? 'batches' : 'amendment', batches };
  const bytes = await inputs.read(records, RECORDS_BYTES_MAX);
  try {
    return { basis: 'records', records: parseRecords(bytes) };
  } finally {
    // A list of card numbers may have been given by mistake.
    bytes.fill(0);
  }
}
