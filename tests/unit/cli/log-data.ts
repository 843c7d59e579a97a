import type { ExportedIncident } from '../../../src/exchange/kit/export-incident.ts';
import { parseLeaf } from '../../../src/domain/audit/leaf.ts';
import type { ProofVerdict } from '../../../src/domain/audit/verify-proof.ts';
import { auditVerdictScreen } from '../../../src/doors/cli/screens/audit-screen.ts';
import { proofVerdictScreen, provenScreen } from '../../../src/doors/cli/screens/proof-screen.ts';
import type { ExportedLog } from '../../../src/exchange/audit/export-audit.ts';
import { exportScreen } from '../../../src/doors/cli/screens/export-screen.ts';
import { kitScreen } from '../../../src/doors/cli/screens/kit-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import { testLeaf } from '../../support/audit-log.ts';
import type { Size } from './screen-data.ts';

export function logFileScreens(size: Size, view: View): Record<string, readonly string[]> {
  const exported = exportedOf(size);
  return {
    export: exportScreen(exported, '/mnt/usb/log', view),
    kit: kitScreen(kitOf(size), '/mnt/usb/kit', view),
    ...Object.fromEntries(
      proofsOf(size).map((verdict, at) => [
        `proof ${at}`,
        proofVerdictScreen({ verdict, vkey: exported.vkey }, view),
      ]),
    ),
    proven: provenScreen(
      { index: 7, size: 9, output: 'e.tlog-proof', entry: 'e.entry', vkey: exported.vkey },
      view,
    ),
    exportVerdict: auditVerdictScreen(
      {
        verdict: { holds: false, kind: 'file-unexpected', detail: { path: size.text } },
        ...{ vkey: exported.vkey, given: 0, directory: '/mnt/usb/log' },
      },
      view,
    ),
    unknownKey: auditVerdictScreen(
      {
        verdict: { holds: false, kind: 'anchor-unknown-key', size: 1_204, detail: {} },
        ...{ vkey: exported.vkey, given: 0 },
      },
      view,
    ),
    anchorGone: auditVerdictScreen(
      {
        verdict: { holds: false, kind: 'anchor-missing', size: 1_204, detail: {} },
        ...{ vkey: exported.vkey, given: 0 },
      },
      view,
    ),
    exportAlone: auditVerdictScreen(
      {
        verdict: {
          ...{ holds: true, entries: 1_204, root: exported.root, signedTo: 1_204, anchoredTo: 0 },
        },
        ...{ vkey: exported.vkey, given: 0, directory: '/mnt/usb/log' },
      },
      view,
    ),
    exportSigned: exportScreen({ ...exported, left: 0, isSignedFirst: true }, size.text, view),
  };
}

export function proofsOf(size: Size): readonly ProofVerdict[] {
  const leaf = parseLeaf(testLeaf(7));
  return [
    { holds: true, index: 1_203, size: 1_204, origin: size.text, leaf },
    { holds: false, kind: 'entry-not-included' },
    { holds: false, kind: 'checkpoint-bad-signature' },
  ];
}

export function exportedOf(size: Size): ExportedLog {
  return {
    origin: 'mimamori.invalid/live/shop-a-0123abcd',
    vkey: `mimamori.invalid/live/shop-a-0123abcd+0123abcd+${'A'.repeat(44)}`,
    ...{ size: 1_204, left: size.list, isSignedFirst: false, root: new Uint8Array(32) },
    recoveries: [],
  };
}

export function kitOf(size: Size): ExportedIncident {
  return {
    ...{ incident: 'shop-a-2020', handoffs: size.list, files: 1_204, signatures: 12 },
    ...{ manifest: 'a'.repeat(64), checkpoint: { size: 1_204, note: 'a note' } },
  };
}
