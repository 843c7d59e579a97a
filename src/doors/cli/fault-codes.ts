import type { ArrivalsCode } from '../../domain/arrivals/errors.ts';
import type { AuditCode } from '../../domain/audit/errors.ts';
import type { BackupCode } from '../../domain/backup/errors.ts';
import type { BinsCode } from '../../domain/bins/errors.ts';
import type { CanonicalJsonCode } from '../../domain/canonical-json.ts';
import type { ConfigurationCode } from '../../domain/configuration/errors.ts';
import type { FormatsCode } from '../../domain/formats/errors.ts';
import type { DecisionCode } from '../../domain/handoff/decision-errors.ts';
import type { DeliveryStateCode } from '../../domain/handoff/delivery-state-errors.ts';
import type { PurgeCode } from '../../domain/handoff/purge-errors.ts';
import type { WordCode } from '../../domain/handoff/word-errors.ts';
import type { IncidentCode } from '../../domain/incident/errors.ts';
import type { IntakeCode } from '../../domain/intake/errors.ts';
import type { KeyLifeCode } from '../../domain/keys/errors.ts';
import type { LookupCode } from '../../domain/lookup/errors.ts';
import type { NoticesCode } from '../../domain/notices/errors.ts';
import type { ReadinessCode } from '../../domain/readiness/errors.ts';
import type { RecallCode } from '../../domain/recalls/errors.ts';
import type { RecipientsCode } from '../../domain/recipients/errors.ts';
import type { ResponsesCode } from '../../domain/responses/errors.ts';
import type { TlogCode } from '../../domain/tlog/errors.ts';
import type { WaiversCode } from '../../domain/waivers/errors.ts';
import type { WorkspaceCode } from '../../domain/workspace/errors.ts';
import type { DeliveryCode } from '../../exchange/delivery/delivery-errors.ts';
import type { DemoCode } from '../../exchange/demo/demo-errors.ts';
import type { PickupCode } from '../../exchange/pickup/errors.ts';

/** Codes of src/cde, which a door may not import; tests/architecture/fault-codes.test.ts keeps the list whole. */
type CardProcessCode =
  | 'bin-table-changed'
  | 'card-process-died'
  | 'interrupted'
  | 'process-inspectable'
  | 'source-changed'
  | 'source-linked'
  | 'source-missing'
  | 'source-not-a-file'
  | 'source-unreadable'
  | 'tally-wrong';

/** Codes of src/edge/keys. */
type KeyCode =
  | 'credential-malformed'
  | 'credential-wrong'
  | 'key-file-altered'
  | 'key-file-other-workspace'
  | 'key-purpose-refused'
  | 'key-ring-closed'
  | 'log-origin-differs'
  | 'passphrase-interrupted'
  | 'passphrase-malformed'
  | 'passphrase-missing'
  | 'passphrase-not-repeated'
  | 'passphrase-too-short'
  | 'passphrase-wrong'
  | 'secret-size-refused'
  | 'wrapped-key-altered';

/** Codes of src/edge/openpgp about certificates. */
type CertificateCode =
  | 'certificate-cannot-encrypt'
  | 'certificate-cannot-sign'
  | 'certificate-count'
  | 'certificate-expired'
  | 'certificate-fingerprint-mismatch'
  | 'certificate-needs-rfc9580'
  | 'certificate-not-yet-valid'
  | 'certificate-private'
  | 'certificate-revoked'
  | 'certificate-rsa-short'
  | 'certificate-sha1'
  | 'certificate-subkey-changed'
  | 'certificate-too-large'
  | 'certificate-unreadable'
  | 'certificate-weak';

/** Codes of src/edge/openpgp about our own keys, sealing and officers' signatures. */
type SealCode =
  | 'key-unprotected'
  | 'key-unreadable'
  | 'seal-failed'
  | 'seal-key-unusable'
  | 'seal-shape-unexpected'
  | 'signature-key-unusable'
  | 'signature-malformed'
  | 'signature-not-theirs'
  | 'signature-wrong';

/** Codes of src/edge/openpgp about encrypted sources. */
type SealedSourceCode =
  | 'source-altered'
  | 'source-encryption-unsupported'
  | 'source-malformed'
  | 'source-not-for-us'
  | 'source-not-openpgp'
  | 'source-passphrase-only'
  | 'source-signature-early'
  | 'source-signature-wrong'
  | 'source-signer-unknown'
  | 'source-too-large'
  | 'source-truncated'
  | 'source-unfinished'
  | 'source-unsigned';

/** Codes of src/edge/sqlite. */
type StoreCode =
  'store-busy' | 'store-io-failed' | 'store-missing' | 'store-unsafe' | 'store-version';

/** Every code that a fault of this program may carry: what people see and search for. */
export type FaultCode =
  | AuditCode
  | BackupCode
  | BinsCode
  | CanonicalJsonCode
  | CardProcessCode
  | CertificateCode
  | ConfigurationCode
  | DecisionCode
  | DeliveryCode
  | DeliveryStateCode
  | DemoCode
  | FormatsCode
  | IncidentCode
  | IntakeCode
  | KeyCode
  | KeyLifeCode
  | NoticesCode
  | LookupCode
  | ReadinessCode
  | ArrivalsCode
  | PickupCode
  | PurgeCode
  | RecallCode
  | RecipientsCode
  | ResponsesCode
  | SealCode
  | SealedSourceCode
  | StoreCode
  | TlogCode
  | WaiversCode
  | WordCode
  | WorkspaceCode;
