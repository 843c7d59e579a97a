import type { PrepareReceiver } from '../exchange/handoff/card-process.ts';
import { CardProcessFault } from './errors.ts';
import { decodeDocument, frameKind } from './frames.ts';
import type { Frame } from './frames.ts';
import { splitRows } from './outbound.ts';

/** Hands a frame that streams out of a prepare to its receiver. Throws `card-process-died` for one of another kind. */
export async function deliverFrame(frame: Frame, receive: PrepareReceiver): Promise<void> {
  switch (frame.kind) {
    case frameKind.progress: {
      const progress = decodeDocument(frame.payload) as {
        phase: 'reading' | 'sealing';
        done: number;
        total: number;
        records: number;
      };
      receive.progress(progress.phase, progress.done, progress.total, progress.records);
      return;
    }
    case frameKind.findings:
      return receive.findings(frame.payload);
    case frameKind.cardPage: {
      const { head, rows } = splitRows(frame.payload);
      const page = decodeDocument(head) as { batch: string; number: number; first: number };
      return receive.cardPage(page.batch, page.number, page.first, rows);
    }
    case frameKind.referencePage: {
      const { head, rows } = splitRows(frame.payload);
      const { number } = decodeDocument(head) as { number: number };
      return receive.referencePage(number, rows);
    }
    case frameKind.personPage: {
      const { head, rows } = splitRows(frame.payload);
      const { number } = decodeDocument(head) as { number: number };
      return receive.personPage(number, rows);
    }
    case frameKind.hashPages:
    case frameKind.reliedPage:
    case frameKind.repeatedPage: {
      const { head, rows } = splitRows(frame.payload);
      const { batch } = decodeDocument(head) as { batch: string };
      if (frame.kind === frameKind.hashPages) return receive.hashPages(batch, rows);
      return frame.kind === frameKind.reliedPage
        ? receive.reliedPage(batch, rows)
        : receive.repeatedPage(batch, rows);
    }
    default:
      throw new CardProcessFault('card-process-died', { frame: frame.kind });
  }
}
