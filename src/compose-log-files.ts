import { inputFiles } from './edge/files/input-folder.ts';
import { logFolders } from './edge/files/log-folder.ts';

/** What a check of exported logs and proofs needs: there may be no workspace. */
export const logFilePorts = { inputs: inputFiles, logFolders };
