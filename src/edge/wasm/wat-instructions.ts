// Instructions by name, of WebAssembly 2.0 with threads: those that our modules use. Source: WebAssembly Core
// Specification 2.0, section 5.4.

/** Without anything behind the opcode. */
export const plainInstructions: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries({
    unreachable: [0x00],
    return: [0x0f],
    drop: [0x1a],
    select: [0x1b],
    'i32.eqz': [0x45],
    'i32.eq': [0x46],
    'i32.ne': [0x47],
    'i32.lt_s': [0x48],
    'i32.lt_u': [0x49],
    'i32.gt_s': [0x4a],
    'i32.gt_u': [0x4b],
    'i32.le_u': [0x4d],
    'i32.ge_s': [0x4e],
    'i32.ge_u': [0x4f],
    'i64.eqz': [0x50],
    'i64.eq': [0x51],
    'i64.ne': [0x52],
    'i32.ctz': [0x68],
    'i32.add': [0x6a],
    'i32.sub': [0x6b],
    'i32.mul': [0x6c],
    'i32.rem_u': [0x70],
    'i32.and': [0x71],
    'i32.or': [0x72],
    'i32.xor': [0x73],
    'i32.shl': [0x74],
    'i32.shr_s': [0x75],
    'i32.shr_u': [0x76],
    'f64.add': [0xa0],
    'f64.convert_i32_u': [0xb8],
  }),
);

/** With an address: alignment, as a power of two that is only a hint, and offset. */
export const memoryInstructions: ReadonlyMap<string, readonly [opcode: number, align: number]> =
  new Map(
    Object.entries({
      'i32.load': [0x28, 2],
      'i64.load': [0x29, 3],
      'f64.load': [0x2b, 3],
      'i32.load8_u': [0x2d, 0],
      'i32.load16_u': [0x2f, 1],
      'i32.store': [0x36, 2],
      'i64.store': [0x37, 3],
      'f64.store': [0x39, 3],
      'i32.store8': [0x3a, 0],
      'i32.store16': [0x3b, 1],
    } as const),
  );

/** With the place of a local, a global, a function or a block. */
export const placeInstructions: ReadonlyMap<string, readonly [opcode: number, kind: PlaceKind]> =
  new Map(
    Object.entries({
      br: [0x0c, 'label'],
      br_if: [0x0d, 'label'],
      call: [0x10, 'function'],
      'local.get': [0x20, 'local'],
      'local.set': [0x21, 'local'],
      'local.tee': [0x22, 'local'],
      'global.get': [0x23, 'global'],
      'global.set': [0x24, 'global'],
    } as const),
  );

export type PlaceKind = 'label' | 'function' | 'local' | 'global';

export const valueTypes: ReadonlyMap<string, number> = new Map([
  ['i32', 0x7f],
  ['i64', 0x7e],
  ['f64', 0x7c],
]);
