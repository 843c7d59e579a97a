import { logFilePorts } from '../../../compose-log-files.ts';
import { ENTRY_BYTES_MAX } from '../../../domain/tlog/entry-bundle.ts';
import { parseTlogProof, PROOF_BYTES_MAX } from '../../../domain/tlog/tlog-proof.ts';
import { verifyProof } from '../../../domain/audit/verify-proof.ts';
import { exportAudit } from '../../../exchange/audit/export-audit.ts';
import { proveAudit } from '../../../exchange/audit/prove-audit.ts';
import type { ProvenEntry } from '../../../exchange/audit/prove-audit.ts';
import type { NewFiles } from '../../../exchange/workspace/new-files.ts';
import { exportDocument, proofVerdictDocument, proveDocument } from '../outputs/audit-files.ts';
import { exportGuides } from '../screens/export-guide.ts';
import { exportScreen } from '../screens/export-screen.ts';
import { proofVerdictScreen, provenScreen } from '../screens/proof-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `audit export`. */
export async function exportLog(shell: Shell, directory: string): Promise<void> {
  const { passphraseFile, credentialFile } = shell.options;
  await withWorkspace(shell, async (workspace) => {
    const made = await exportAudit(workspace, {
      directory,
      isSignedFirst: passphraseFile !== undefined || credentialFile !== undefined,
      guides: exportGuides,
      signal: shell.signal,
    });
    shell.print(exportScreen(made, directory, shell));
    shell.document(exportDocument(made, directory));
  });
}

/** `audit prove`. */
export async function proveEntry(
  shell: Shell,
  index: number,
  { output }: { readonly output?: string },
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const proven = await proveAudit(workspace, index);
    if (output === undefined) {
      shell.printVerbatim(new TextDecoder().decode(proven.proof));
    } else {
      const entry = `${output}.entry`;
      await writeBoth(workspace.newFiles, output, entry, proven);
      shell.print(provenScreen({ ...proven, output, entry, vkey: workspace.facts.vkey }, shell));
    }
    shell.document(proveDocument(proven));
  });
}

/** `audit verify-proof`. Without a workspace where the key is given. */
export async function verifyEntry(
  shell: Shell,
  proofFile: string,
  entryFile: string,
  options: { readonly vkey?: string },
): Promise<void> {
  const { inputs } = logFilePorts;
  const proof = parseTlogProof(await inputs.read(proofFile, PROOF_BYTES_MAX));
  const entry = await inputs.read(entryFile, ENTRY_BYTES_MAX);
  const vkey =
    options.vkey ?? (await withWorkspace(shell, ({ facts }) => Promise.resolve(facts.vkey)));
  const verdict = verifyProof(proof, entry, vkey);
  shell.print(proofVerdictScreen({ verdict, vkey }, shell));
  shell.document(proofVerdictDocument({ verdict, vkey }));
  if (!verdict.holds) shell.setStatus(1);
}

/** Both or neither. */
async function writeBoth(
  newFiles: NewFiles,
  output: string,
  entry: string,
  proven: ProvenEntry,
): Promise<void> {
  const proofFile = await newFiles.begin(output);
  try {
    const entryFile = await newFiles.begin(entry);
    try {
      await proofFile.write(proven.proof);
      await entryFile.write(proven.entry);
      await entryFile.publish();
      await proofFile.publish();
    } finally {
      await entryFile.discard();
    }
  } finally {
    await proofFile.discard();
  }
}
