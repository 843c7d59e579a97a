import type { ReceiptWay } from '../../domain/intake/source-receipt.ts';
import type { SourceRequest, SourceResult } from './card-process.ts';

/** How a source came: as this program saw, else as somebody said; undefined where nobody did. */
export function receiptOf({ brought, spec }: SourceRequest): ReceiptWay | undefined {
  return brought === undefined ? spec.received : 'box';
}

/** What a leaf says of whose sources are, what they were and how they came: one for each, in their order. */
export function receiptsInLeaf(
  asked: readonly SourceRequest[],
  read: readonly SourceResult[],
): {
  readonly senders: readonly string[];
  readonly forms: readonly string[];
  readonly received: readonly string[];
  readonly brought?: readonly string[];
  readonly boxes?: readonly string[];
  readonly boxKeys?: readonly string[];
} {
  const boxed = asked.map(({ brought }) => brought);
  return {
    senders: read.map(({ sender }) => sender ?? 'none'),
    forms: read.map(({ form }) => form),
    received: asked.map((source) => receiptOf(source) ?? 'unsaid'),
    ...(boxed.some((each) => each !== undefined) && {
      brought: boxed.map((each) => each?.source ?? 'none'),
      boxes: boxed.map((each) => each?.box ?? 'none'),
      boxKeys: boxed.flatMap((each) => each?.key ?? []),
    }),
  };
}
