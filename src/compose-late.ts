import type { AnswerFolders } from './exchange/arrivals/answer-folder.ts';
import type { ArrivalSeals } from './exchange/arrivals/arrival-files.ts';
import type { WorkspaceDirectory } from './edge/files/workspace-directory.ts';
import type { OpenedKey } from './edge/keys/command-credential.ts';
import type { Certificates } from './exchange/keys/certificates.ts';
import type { CredentialFiles } from './exchange/keys/create-credential.ts';
import type { Courier } from './exchange/delivery/courier.ts';
import type { PickupServers } from './exchange/pickup/pickup-server.ts';
import type { RemoteProber } from './exchange/recipients/remote-prober.ts';
import type { Signatures } from './exchange/acts/signatures.ts';

// Ports whose libraries take a tenth of a second to load each: most commands use none of them.

const inspecting = () => import('./edge/openpgp/inspect-certificate.ts');
const signing = () => import('./edge/openpgp/officer-signature.ts');

export const lateCertificates: Certificates = {
  inspect: async (...given) => (await inspecting()).openpgpCertificates.inspect(...given),
  stillGood: async (...given) => (await inspecting()).openpgpCertificates.stillGood(...given),
};

export const lateSignatures: Signatures = {
  isProtected: async (...given) => (await signing()).openpgpSignatures.isProtected(...given),
  signDetached: async (...given) => (await signing()).openpgpSignatures.signDetached(...given),
  verifyDetached: async (...given) => (await signing()).openpgpSignatures.verifyDetached(...given),
};

export const lateCourier: Courier = {
  connect: async (...given) => {
    const { SftpCourier } = await import('./edge/sftp/sftp-courier.ts');
    return new SftpCourier().connect(...given);
  },
};

export const lateProber: RemoteProber = {
  probe: async (...given) => {
    const { SftpProber } = await import('./edge/sftp/sftp-prober.ts');
    return new SftpProber().probe(...given);
  },
};

export const latePickupServers: PickupServers = {
  start: async (...given) => {
    const { pickupProcesses } = await import('./edge/pickup-server/pickup-process.ts');
    return pickupProcesses.start(...given);
  },
};

export const lateAnswerFolders: AnswerFolders = {
  open: async (...given) => {
    const { sftpAnswerFolders } = await import('./edge/sftp/sftp-answer-folder.ts');
    return sftpAnswerFolders().open(...given);
  },
};

export const lateSeals: ArrivalSeals = {
  watch: async (...given) => {
    const { openpgpSeals } = await import('./edge/openpgp/seal-watch.ts');
    return openpgpSeals.watch(...given);
  },
  seal: async (...given) => {
    const { openpgpSeals } = await import('./edge/openpgp/seal-watch.ts');
    return openpgpSeals.seal(...given);
  },
};

function lateCredentialFiles({
  credentialPath: path,
  workspaceKeyPath,
}: WorkspaceDirectory): CredentialFiles {
  const folder = async (): Promise<CredentialFiles> => {
    const { CredentialFolder } = await import('./edge/keys/credential-folder.ts');
    return new CredentialFolder(path, workspaceKeyPath);
  };
  return {
    path,
    digest: async () => (await folder()).digest(),
    find: async () => (await folder()).find(),
    make: async (...given) => (await folder()).make(...given),
    remove: async () => (await folder()).remove(),
  };
}

/** What a command looks at of its credential and of what the workspace keeps. */
export function credentialParts(folder: WorkspaceDirectory, openedKey: OpenedKey) {
  return {
    credentialFiles: lateCredentialFiles(folder),
    triesCredential: async () => {
      const key = await openedKey();
      key?.fill(0);
      return key !== undefined;
    },
  };
}
