import type { SourcePreview } from '../../domain/intake/source-preview.ts';
import type { PrepareJob } from '../handoff/card-process.ts';

/** What the sources of a prepare would be taken for, in their order. */
export interface PreviewResult {
  readonly sources: readonly PreviewedSource[];
}

/** One source, with who signed it where it was encrypted, and the digest of its bytes as they lie there. */
export interface PreviewedSource extends SourcePreview {
  readonly sha256: string;
  readonly sender?: string;
}

/**
 * Shows how the process that sees card numbers would read the sources of a job: `job.preview` records of each. What comes
 * back is names of columns, places, moments, channels of the incident and truncated numbers. Nothing is written.
 */
export interface SourcePreviews {
  preview(job: PrepareJob, passphrase: Uint8Array, signal?: AbortSignal): Promise<PreviewResult>;
}
