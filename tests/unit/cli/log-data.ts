import type { ExportedIncident } from '../../../src/exchange/export-incident.ts';
import type { ExportedLog } from '../../../src/exchange/export-audit.ts';
import { exportScreen } from '../../../src/doors/cli/screens/export-screen.ts';
import { kitScreen } from '../../../src/doors/cli/screens/kit-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { Size } from './screen-data.ts';

export function logFileScreens(size: Size, view: View): Record<string, readonly string[]> {
  const exported = exportedOf(size);
  return {
    export: exportScreen(exported, '/mnt/usb/log', view),
    kit: kitScreen(kitOf(size), '/mnt/usb/kit', view),
    exportSigned: exportScreen({ ...exported, left: 0, isSignedFirst: true }, size.text, view),
  };
}

export function exportedOf(size: Size): ExportedLog {
  return {
    origin: 'mimamori.invalid/live/shop-a-0123abcd',
    vkey: `mimamori.invalid/live/shop-a-0123abcd+0123abcd+${'A'.repeat(44)}`,
    ...{ size: 1_204, left: size.list, isSignedFirst: false, root: new Uint8Array(32) },
  };
}

export function kitOf(size: Size): ExportedIncident {
  return {
    ...{ incident: 'shop-a-2020', handoffs: size.list, files: 1_204, signatures: 12 },
    ...{ manifest: 'a'.repeat(64), checkpoint: { size: size.count, note: 'a note' } },
  };
}
