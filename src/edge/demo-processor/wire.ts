import type { Facts, Retry } from '../../domain/fault.ts';
import type { DemoReceipt, DemoSource, OurSide } from '../../exchange/demo/demo-partners.ts';

/** What the partners' process needs to begin; sent as its first message. */
export interface Beginning {
  /** Directory that becomes theirs: sources, and a box for each recipient. */
  readonly directory: string;
  /** The example keys. */
  readonly keys: string;
  readonly seed: number;
}

/** Requests of the demo, and what each is answered with. */
export interface Requests {
  begin: [Beginning, { readonly host: string; readonly port: number; readonly hostKey: string }];
  meet: [OurSide, undefined];
  sources: [undefined, { readonly orders: DemoSource; readonly recovered: DemoSource }];
  receipts: [undefined, readonly DemoReceipt[]];
}
export type RequestName = keyof Requests;

export interface RequestMessage<Name extends RequestName = RequestName> {
  readonly id: number;
  readonly name: Name;
  readonly with?: Requests[Name][0];
}

/** A fault crosses as what it is made of; any other error crosses as nothing but that there was one. */
export type AnswerMessage =
  | { readonly id: number; readonly value?: Requests[RequestName][1] }
  | { readonly id: number; readonly fault: { code: string; retry: Retry; facts: Facts } | 'other' };
