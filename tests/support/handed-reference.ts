import { REFERENCE_HANDED } from '../../src/domain/handoff/reference-page.ts';
import type { HandoffRegister, HandoffRow } from '../../src/exchange/handoff/handoff-register.ts';

/** A page with one order number that was handed over: brand and the last four digits in two bytes, 0xff each for none. */
export function handedReference(
  reference: string,
  brandIndex = 0,
  lastFour: readonly [number, number] = [0xff, 0xff],
): Uint8Array {
  const text = new TextEncoder().encode(reference);
  // Shared bytes, brand, kind, last four digits, windows, length, text.
  return Uint8Array.from([0, brandIndex, REFERENCE_HANDED, ...lastFour, 1, text.length, ...text]);
}

/** A register of approved handoffs with one page each, oldest first. */
export function handoffsOf(pages: Readonly<Record<string, Uint8Array>>): HandoffRegister {
  const rows = Object.keys(pages).map((id) => ({ id, outcome: 'approve', report: {} }));
  return {
    list: () => Promise.resolve(rows as unknown as HandoffRow[]),
    async *referencePages(id: string) {
      yield await Promise.resolve(pages[id]!);
    },
  } as unknown as HandoffRegister;
}
