// Reads the records of a list that hold nothing unusual, into the rows that `RecordReader` would write for them. Every
// other record is left to it: this code knows no rule about dates, channels, expiry or payments. What a field of those
// says was said by `RecordReader`'s own screens when they first met its bytes, and is remembered by them (`FieldMemo`).
//
// Text of WebAssembly; `assembleWat` makes the module. Addresses are bytes of the memory that all threads share.
// Numbers written as %name% are filled in from the TypeScript that lays out the same memory.

import { hashing, remembering, scanning } from './plain-fields-wat.ts';
import { exposure, numbers } from './plain-screens-wat.ts';

/** Order references and order keys. */
const texts = `
  ;; Copies bytes and returns the address behind them.
  (func $copy (param $at i32) (param $end i32) (param $to i32) (result i32)
    (block $done
      (loop $byte
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (i32.store8 (local.get $to) (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (br $byte)))
    (local.get $to))

  ;; Copies a reference that is kept as it stands, as \`ReferenceText.copyPlain\` has it: returns the address behind it, or
  ;; 0 where it is another.
  (func $reference (param $at i32) (param $end i32) (param $to i32) (result i32)
    (local $byte i32) (local $digits i32)
    (if (i32.eq (local.get $at) (local.get $end)) (then (return (local.get $to))))
    (if (i32.gt_u (i32.sub (local.get $end) (local.get $at)) (i32.const %REFERENCE_BYTES_MAX%)) (then (return (i32.const 0))))
    (local.set $byte (i32.load8_u (local.get $at)))
    (if (i32.eq (local.get $byte) (i32.const 0x27)) (then (return (i32.const 0))))
    (if (i32.eq (local.get $byte) (i32.const 0x3d)) (then (return (i32.const 0))))
    (if (call $isPadded (local.get $at) (local.get $end)) (then (return (i32.const 0))))
    (loop $next
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.gt_u (i32.sub (local.get $byte) (i32.const 0x20)) (i32.const 0x5e)) (then (return (i32.const 0))))
      (local.set $digits
        (i32.add (local.get $digits) (i32.le_u (i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 9))))
      (i32.store8 (local.get $to) (local.get $byte))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (if (i32.gt_u (local.get $digits) (i32.const 12)) (then (return (i32.const 0))))
    (local.get $to))

  ;; Whether bytes, one at least, begin or end with a space.
  (func $isPadded (param $at i32) (param $end i32) (result i32)
    (i32.or
      (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x20))
      (i32.eq (i32.load8_u (i32.sub (local.get $end) (i32.const 1))) (i32.const 0x20))))

  ;; Writes reference and order key of the record behind the texts of the row before; 1 where both are plain.
  (func $keepTexts (param $row i32) (param $text i32) (result i32)
    (local $column i32) (local $from i32) (local $to i32)
    (local.set $from (i32.add (local.get $text) (i32.load offset=%textEnd% (global.get $c))))
    (local.set $to (local.get $from))
    (local.set $column (i32.load offset=%referenceColumn% (global.get $c)))
    (if (i32.ge_s (local.get $column) (i32.const 0))
      (then
        (local.set $to (call $reference (call $start (local.get $column)) (call $end (local.get $column)) (local.get $from)))
        (if (i32.eqz (local.get $to)) (then (return (i32.const 0))))
        (i32.store offset=%rowReferenceHash% (local.get $row) (call $hash (local.get $from) (local.get $to)))))
    (i32.store offset=%rowReferenceEnd% (local.get $row) (i32.sub (local.get $to) (local.get $text)))
    (call $keepKey (local.get $row) (local.get $text) (local.get $to)))

  ;; Writes the order key to $to, behind the reference; 1 where it and the number it came with are plain.
  (func $keepKey (param $row i32) (param $text i32) (param $to i32) (result i32)
    (local $column i32) (local $from i32) (local $start i32) (local $end i32)
    (local.set $column (i32.load offset=%keyColumn% (global.get $c)))
    (if (i32.ge_s (local.get $column) (i32.const 0))
      (then
        (local.set $start (call $start (local.get $column)))
        (local.set $end (call $end (local.get $column)))
        (if (i32.gt_u (local.get $start) (local.get $end)) (then (return (i32.const 0))))
        (if (call $isUnread (i32.load offset=%numberColumn% (global.get $c))) (then (return (i32.const 0))))
        (if (i32.lt_u (local.get $start) (local.get $end))
          (then (if (call $isPadded (local.get $start) (local.get $end)) (then (return (i32.const 0))))))
        (local.set $from (local.get $to))
        (local.set $to (call $copy (local.get $start) (local.get $end) (local.get $to)))
        (i32.store offset=%rowKeyHash% (local.get $row) (call $hash (local.get $from) (local.get $to)))
        (i32.store offset=%rowNumberHash% (local.get $row) (call $numberHash))))
    (i32.store offset=%rowKeyEnd% (local.get $row) (i32.sub (local.get $to) (local.get $text)))
    (i32.const 1))

  ;; Whether the text of a column could not be had.
  (func $isUnread (param $column i32) (result i32)
    (i32.gt_u (call $start (local.get $column)) (call $end (local.get $column))))

  ;; Hash of the field of the card number; 0 where it is empty.
  (func $numberHash (result i32)
    (local $column i32) (local $hash i32)
    (local.set $column (i32.load offset=%numberColumn% (global.get $c)))
    (if (i32.eq (call $start (local.get $column)) (call $end (local.get $column))) (then (return (i32.const 0))))
    (local.set $hash (call $hash (call $start (local.get $column)) (call $end (local.get $column))))
    (i32.or (local.get $hash) (i32.eqz (local.get $hash))))
`;

const reading = `
  ;; Writes the row of a record that stops for the reason $mark minus 1; 0 where \`RecordReader\` has to look at it.
  (func $excluded (param $row i32) (param $mark i32) (result i32)
    (local $text i32) (local $end i32)
    (local.set $text (i32.load offset=%text% (global.get $c)))
    (local.set $end (i32.load offset=%textEnd% (global.get $c)))
    (i32.store offset=%rowReferenceEnd% (local.get $row) (local.get $end))
    (i32.store offset=%rowKeyEnd% (local.get $row) (local.get $end))
    ;; Orders that were not paid by card are not kept.
    (if (i32.ne (local.get $mark) (i32.const %NOT_CARD_MARK%))
      (then
        (if (i32.eqz
              (call $keepKey (local.get $row) (local.get $text) (i32.add (local.get $text) (local.get $end))))
          (then (return (i32.const 0))))))
    (i32.store offset=%rowLine% (local.get $row) (i32.load offset=%line% (global.get $c)))
    (i32.store offset=%rowVerdict% (local.get $row) (i32.sub (local.get $mark) (i32.const 1)))
    (i32.const 1))

  ;; Writes the row of the record whose fields are in the table; 0 where \`RecordReader\` has to look at it.
  (func $row (param $row i32) (result i32)
    (local $column i32) (local $entry i32) (local $mark i32)
    (local.set $column (i32.load offset=%paymentColumn% (global.get $c)))
    (if (i32.ge_s (local.get $column) (i32.const 0))
      (then
        (local.set $entry (call $said (i32.load offset=%payments% (global.get $c)) (local.get $column)))
        (if (i32.eqz (local.get $entry)) (then (return (i32.const 0))))
        (if (i32.load offset=%memoReason% (local.get $entry))
          (then (return (call $excluded (local.get $row) (i32.load offset=%memoReason% (local.get $entry))))))))
    (local.set $mark (call $exposed (local.get $row)))
    (if (i32.lt_s (local.get $mark) (i32.const 0)) (then (return (i32.const 0))))
    (if (local.get $mark) (then (return (call $excluded (local.get $row) (local.get $mark)))))
    (local.set $column (i32.load offset=%numberColumn% (global.get $c)))
    (if (i32.eqz
          (call $spelt (call $start (local.get $column)) (call $end (local.get $column))
            (i32.add (local.get $row) (i32.const %rowPacked%))))
      (then (return (i32.const 0))))
    (local.set $entry (call $said (i32.load offset=%expiries% (global.get $c)) (i32.load offset=%expiryColumn% (global.get $c))))
    (if (i32.eqz (local.get $entry)) (then (return (i32.const 0))))
    (if (i32.eqz (call $keepTexts (local.get $row) (i32.load offset=%text% (global.get $c)))) (then (return (i32.const 0))))
    (i32.store offset=%rowLine% (local.get $row) (i32.load offset=%line% (global.get $c)))
    (i32.store offset=%rowCardHash% (local.get $row)
      (call $hashPacked (i32.add (local.get $row) (i32.const %rowPacked%))))
    (i32.store offset=%rowBin% (local.get $row) (global.get $bin))
    (i32.store offset=%rowExpiry% (local.get $row) (i32.load offset=%memoValue% (local.get $entry)))
    (i32.store offset=%rowVerdict% (local.get $row)
      (i32.or
        (i32.load offset=%memoSecond% (local.get $entry))
        (i32.or (i32.const %ROW_PASSED%) (i32.shl (global.get $brand) (i32.const 8)))))
    (i32.const 1))

  ;; Reads records, by the orders that stand at $control, until one is not plain, the block is full or all is read.
  (func $read (export "read") (param $control i32)
    (local $next i32) (local $row i32)
    (global.set $c (local.get $control))
    (loop $record
      (if (i32.ge_u (i32.load offset=%at% (global.get $c)) (i32.load offset=%end% (global.get $c))) (then (return)))
      (if (i32.ge_u (i32.load offset=%count% (global.get $c)) (i32.load offset=%capacity% (global.get $c))) (then (return)))
      (if (i32.gt_u (i32.load offset=%textEnd% (global.get $c)) (i32.load offset=%textLimit% (global.get $c))) (then (return)))
      (local.set $next (call $fields (i32.load offset=%at% (global.get $c))))
      (if (i32.eqz (local.get $next)) (then (return)))
      (local.set $row
        (i32.add (i32.load offset=%rows% (global.get $c)) (i32.shl (i32.load offset=%count% (global.get $c)) (i32.const 6))))
      (if (i32.eqz (call $row (local.get $row))) (then (return)))
      (i32.store offset=%textEnd% (global.get $c) (i32.load offset=%rowKeyEnd% (local.get $row)))
      (i32.store offset=%count% (global.get $c) (i32.add (i32.load offset=%count% (global.get $c)) (i32.const 1)))
      (i32.store offset=%line% (global.get $c)
        (i32.add (i32.load offset=%line% (global.get $c)) (i32.add (global.get $inner) (i32.const 1))))
      (i32.store offset=%at% (global.get $c) (local.get $next))
      (br $record)))
`;

/** The module, with the numbers of `places` filled in. Throws RangeError for a name that has none. */
export function plainRecordsWat(places: Readonly<Record<string, number>>): string {
  const globals = ['$c', '$bin', '$brand', '$inner', '$doubled', '$pool'].map(
    (name) => `(global ${name} (mut i32) (i32.const 0))`,
  );
  const parts = [scanning, hashing, remembering, numbers, exposure, texts, reading];
  const memory = '(import "lane" "memory" (memory 1 65536 shared))';
  const text = ['(module', memory, ...globals, ...parts, ')'].join('\n');
  return text.replace(/%(\w+)%/g, (_mark, name: string) => {
    const place = places[name];
    if (place === undefined) throw new RangeError(`plain records: no place ${name}`);
    return String(place);
  });
}
