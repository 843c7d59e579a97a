import { describe, expect, it } from 'vitest';

import { assembleWat } from '../../../src/edge/wasm/assemble-wat.ts';
import { compileWasm, sharedWasmMemory, startWasm } from '../../../src/edge/wasm/web-assembly.ts';

const memoryImport = '(import "lane" "memory" (memory 1 65536 shared))';

/** Runs `main` of a module of these functions. */
function run(functions: string, ...args: readonly (number | bigint)[]): unknown {
  const bytes = assembleWat(
    `(module ${memoryImport} (global $g (mut i32) (i32.const 0)) ${functions})`,
  );
  const main = startWasm(compileWasm(bytes), sharedWasmMemory(1))['main'];
  return (main as (...given: readonly (number | bigint)[]) => unknown)(...args);
}

describe('assembleWat()', () => {
  it('makes loops, blocks, arms and calls that do what they say', () => {
    const sum = `
      ;; 1 + … + $n
      (func $main (export "main") (param $n i32) (result i32)
        (local $sum i32)
        (block $done
          (loop $next
            (br_if $done (i32.eqz (local.get $n)))
            (local.set $sum (call $add (local.get $sum) (local.get $n)))
            (local.set $n (i32.sub (local.get $n) (i32.const 1)))
            (br $next)))
        (local.get $sum))
      (func $add (param $a i32) (param $b i32) (result i32)
        (if (result i32) (i32.eqz (local.get $b)) (then (local.get $a)) (else (i32.add (local.get $a) (local.get $b)))))`;
    expect(run(sum, 100)).toBe(5050);
  });
  it('writes numbers of every size, also hexadecimal ones beyond 31 bits', () => {
    for (const text of [
      '0',
      '-1',
      '63',
      '64',
      '-64',
      '-65',
      '2147483647',
      '-2147483648',
      '0x811c9dc5',
      '0xffffffff',
    ]) {
      const main = `(func $main (export "main") (result i32) (i32.const ${text}))`;
      expect([text, run(main)]).toEqual([text, Number(BigInt.asIntN(32, BigInt(text)))]);
    }
  });
  it('keeps memory and globals apart from locals', () => {
    const main = `(func $main (export "main") (param $x i64) (result i64)
      (global.set $g (i32.const 300))
      (i64.store offset=200 (global.get $g) (local.get $x))
      (i64.load (i32.const 500)))`;
    expect(run(main, 77n)).toBe(77n);
  });
  it.each([
    ['an unknown instruction', '(func $main (export "main") (i32.guess))'],
    ['a local that is not declared', '(func $main (export "main") (drop (local.get $x)))'],
    ['a label that encloses nothing', '(func $main (export "main") (br $out))'],
    ['a word outside brackets', '(func $main (export "main") nop)'],
    [
      'a word that is no offset',
      '(func $main (export "main") (drop (i32.load align=4 (i32.const 0))))',
    ],
    ['an unknown type', '(func $main (export "main") (param $x v128))'],
    ['brackets that do not match', '(func $main (export "main")'],
  ])('refuses %s', (_what, functions) => {
    expect(() => run(functions)).toThrow(SyntaxError);
  });
  it('leaves what does not add up to the platform, which refuses it', () => {
    expect(() => run('(func $main (export "main") (result i32) (i64.const 1))')).toThrow('i32');
  });
});
