// The platform's WebAssembly, as far as it is used here: Node's types leave it out.

/** A module, compiled; threads that are given it share its code. */
export interface WasmModule {
  readonly kind?: never;
}

/** Memory of a fixed size that threads share. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

interface Platform {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

const platform = (globalThis as unknown as { readonly WebAssembly: Platform }).WebAssembly;

const WASM_PAGE_BYTES = 65_536;

export function compileWasm(bytes: Uint8Array<ArrayBuffer>): WasmModule {
  return new platform.Module(bytes);
}

/** Zeroed memory for `bytes` at least; never more than that. Throws RangeError above 4 GiB. */
export function sharedWasmMemory(bytes: number): WasmMemory {
  const pages = Math.ceil(bytes / WASM_PAGE_BYTES);
  return new platform.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The functions of a module over a memory, which it imports as `lane` `memory`. */
export function startWasm(
  module: WasmModule,
  memory: WasmMemory,
): Readonly<Record<string, unknown>> {
  return new platform.Instance(module, { lane: { memory } }).exports;
}
