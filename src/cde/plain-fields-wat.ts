// Parts of the plain records (plain-records-wat.ts): finding fields, and finding again what was said of their bytes.

/** Finds the fields of one record. */
export const scanning = `
  ;; Address behind the record at $at, with its fields in the table; 0 where it is not plain.
  (func $fields (param $at i32) (result i32)
    (local $first i32) (local $start i32) (local $to i32) (local $class i32) (local $classes i32)
    (local.set $first (local.get $at))
    (local.set $to (i32.load offset=%fieldTable% (global.get $c)))
    (local.set $classes (i32.load offset=%classes% (global.get $c)))
    (global.set $inner (i32.const 0))
    (global.set $pool (i32.load offset=%pool% (global.get $c)))
    (loop $field
      (if (i32.eq (call $class (local.get $classes) (local.get $at)) (i32.const %QUOTING%))
        (then
          (local.set $start (i32.add (local.get $at) (i32.const 1)))
          (local.set $at (call $quoted (local.get $classes) (local.get $start)))
          (if (i32.eqz (local.get $at)) (then (return (i32.const 0))))
          (i32.store (local.get $to) (local.get $start))
          (i32.store offset=4 (local.get $to) (local.get $at))
          (if (global.get $doubled) (then (call $unescape (local.get $to))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (local.set $class (call $class (local.get $classes) (local.get $at))))
        (else
          (local.set $start (local.get $at))
          (loop $byte
            (local.set $class (call $class (local.get $classes) (local.get $at)))
            (if (i32.eqz (local.get $class))
              (then (local.set $at (i32.add (local.get $at) (i32.const 1))) (br $byte)))
            (if (i32.eq (local.get $class) (i32.const %HIGH%))
              (then
                (local.set $at (call $wide (local.get $at)))
                (br_if $byte (local.get $at))
                (return (i32.const 0)))))
          (i32.store (local.get $to) (local.get $start))
          (i32.store offset=4 (local.get $to) (local.get $at))))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (if (i32.eq (local.get $class) (i32.const %DELIMITER%))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br_if $field (i32.lt_u (local.get $to) (i32.load offset=%fieldTableEnd% (global.get $c))))
          (return (i32.const 0)))))
    ;; Whatever ends a record but a line end deserves a closer look, and so does a line without a byte.
    (if (i32.ne (local.get $class) (i32.const %LINE_END%)) (then (return (i32.const 0))))
    (if (i32.eq (local.get $at) (local.get $first)) (then (return (i32.const 0))))
    (if (i32.lt_u (local.get $to) (i32.load offset=%neededFields% (global.get $c))) (then (return (i32.const 0))))
    (if (i32.gt_u (i32.sub (local.get $at) (local.get $first)) (i32.const %RECORD_BYTES_MAX%)) (then (return (i32.const 0))))
    (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x0d))
      (then
        (if (i32.eq (i32.load8_u offset=1 (local.get $at)) (i32.const 0x0a))
          (then (local.set $at (i32.add (local.get $at) (i32.const 1)))))))
    (i32.add (local.get $at) (i32.const 1)))

  ;; What the byte at $at means to the scanner.
  (func $class (param $classes i32) (param $at i32) (result i32)
    (i32.load8_u (i32.add (local.get $classes) (i32.load8_u (local.get $at)))))

  ;; With a doubled quote the bytes are not the text. The field at $to of the table becomes one of text elsewhere or,
  ;; where that is full, 1 to 0, which nobody takes for a value.
  (func $unescape (param $to i32)
    (local $at i32) (local $end i32) (local $into i32) (local $byte i32)
    (local.set $at (i32.load (local.get $to)))
    (local.set $end (i32.load offset=4 (local.get $to)))
    (local.set $into (global.get $pool))
    (if (i32.gt_u
          (i32.add (local.get $into) (i32.sub (local.get $end) (local.get $at)))
          (i32.load offset=%poolEnd% (global.get $c)))
      (then
        (i32.store (local.get $to) (i32.const 1))
        (i32.store offset=4 (local.get $to) (i32.const 0))
        (return)))
    (i32.store (local.get $to) (local.get $into))
    (loop $next
      (local.set $byte (i32.load8_u (local.get $at)))
      (i32.store8 (local.get $into) (local.get $byte))
      (local.set $into (i32.add (local.get $into) (i32.const 1)))
      (local.set $at
        (i32.add (local.get $at) (i32.add (i32.const 1) (i32.eq (local.get $byte) (i32.const 0x22)))))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (i32.store offset=4 (local.get $to) (local.get $into))
    (global.set $pool (local.get $into)))

  ;; Address of the quote that ends a field of 12 to 19 digits that a spreadsheet was to keep: a sign of equality and the
  ;; digits in doubled quotes, from $at on; 0 for any other. No stripe data: no digit stands in front of the sign.
  (func $wrapped (param $at i32) (result i32)
    (local $from i32)
    (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x3d)) (then (return (i32.const 0))))
    (if (i32.ne (i32.load16_u offset=1 (local.get $at)) (i32.const 0x2222)) (then (return (i32.const 0))))
    (local.set $at (i32.add (local.get $at) (i32.const 3)))
    (local.set $from (local.get $at))
    (block $passed
      (loop $digit
        (br_if $passed (i32.gt_u (i32.sub (i32.load8_u (local.get $at)) (i32.const 0x30)) (i32.const 9)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $digit)))
    (if (i32.gt_u (i32.sub (i32.sub (local.get $at) (local.get $from)) (i32.const 12)) (i32.const 7))
      (then (return (i32.const 0))))
    (if (i32.ne (i32.load16_u (local.get $at)) (i32.const 0x2222)) (then (return (i32.const 0))))
    (if (i32.ne (i32.load8_u offset=2 (local.get $at)) (i32.const 0x22)) (then (return (i32.const 0))))
    (if (i32.eq (i32.load8_u offset=3 (local.get $at)) (i32.const 0x22)) (then (return (i32.const 0))))
    (global.set $doubled (i32.const 1))
    (i32.add (local.get $at) (i32.const 2)))

  ;; Address of the quote that ends the field, and in $doubled whether it has doubled ones; 0 where a sign of magnetic stripes, an end or a wrong byte comes first.
  (func $quoted (param $classes i32) (param $at i32) (result i32)
    (local $class i32) (local $wrap i32)
    (global.set $doubled (i32.const 0))
    (local.set $wrap (call $wrapped (local.get $at)))
    (if (local.get $wrap) (then (return (local.get $wrap))))
    (loop $byte
      (local.set $class (call $class (local.get $classes) (local.get $at)))
      (if (i32.eq (local.get $class) (i32.const %QUOTING%))
        (then
          (if (i32.ne (i32.load8_u offset=1 (local.get $at)) (i32.const 0x22)) (then (return (local.get $at))))
          (global.set $doubled (i32.const 1))
          (local.set $at (i32.add (local.get $at) (i32.const 2)))
          (br $byte)))
      (if (i32.eq (local.get $class) (i32.const %HIGH%))
        (then
          (local.set $at (call $wide (local.get $at)))
          (br_if $byte (local.get $at))
          (return (i32.const 0))))
      (if (i32.gt_u (local.get $class) (i32.const %LINE_END%)) (then (return (i32.const 0))))
      (if (i32.eq (local.get $class) (i32.const %LINE_END%))
        (then
          ;; CR and LF behind it are one line end.
          (global.set $inner
            (i32.add (global.get $inner)
              (i32.or
                (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x0d))
                (i32.ne (i32.load8_u (i32.sub (local.get $at) (i32.const 1))) (i32.const 0x0d)))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $byte))
    (unreachable))

  ;; Address behind the character beyond ASCII at $at; 0 where it is not known to be one.
  (func $wide (param $at i32) (result i32)
    (local $lead i32) (local $kind i32)
    (local.set $lead (i32.load8_u (local.get $at)))
    (local.set $kind (i32.load8_u (i32.add (i32.load offset=%leads% (global.get $c)) (local.get $lead))))
    (if (i32.eqz (local.get $kind)) (then (return (i32.const 0))))
    (if (i32.eq (local.get $kind) (i32.const 2))
      (then
        (if (i32.eqz (i32.load8_u
              (i32.add (i32.load offset=%pairs% (global.get $c))
                (i32.or (i32.shl (local.get $lead) (i32.const 8)) (i32.load8_u offset=1 (local.get $at))))))
          (then (return (i32.const 0))))))
    (if (i32.eq (local.get $kind) (i32.const 3))
      (then
        (if (i32.ne (i32.and (i32.load16_u offset=1 (local.get $at)) (i32.const 0xc0c0)) (i32.const 0x8080))
          (then (return (i32.const 0))))))
    (i32.add (local.get $at) (local.get $kind)))
`;

/** The hashes of \`hashBytes\` and \`hashPacked\`. */
export const hashing = `
  (func $hash (param $at i32) (param $end i32) (result i32)
    (local $hash i32)
    (local.set $hash (i32.xor (i32.const 0x811c9dc5) (i32.sub (local.get $end) (local.get $at))))
    (block $tail
      (loop $word
        (br_if $tail (i32.gt_u (i32.add (local.get $at) (i32.const 4)) (local.get $end)))
        (local.set $hash
          (i32.mul (i32.xor (local.get $hash) (i32.load (local.get $at))) (i32.const 0x9e3779b1)))
        (local.set $hash (i32.xor (local.get $hash) (i32.shr_u (local.get $hash) (i32.const 15))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $word)))
    (block $done
      (loop $byte
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $hash
          (i32.mul (i32.xor (local.get $hash) (i32.load8_u (local.get $at))) (i32.const 0x01000193)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $byte)))
    (call $mix (local.get $hash)))

  (func $hashPacked (param $at i32) (result i32)
    (local $hash i32)
    (local.set $hash (i32.mul (i32.load (local.get $at)) (i32.const 0x9e3779b1)))
    (local.set $hash
      (i32.mul
        (i32.add
          (i32.xor (local.get $hash) (i32.shr_u (local.get $hash) (i32.const 15)))
          (i32.load offset=4 (local.get $at)))
        (i32.const 0x85ebca77)))
    (local.set $hash
      (i32.mul
        (i32.add
          (i32.xor (local.get $hash) (i32.shr_u (local.get $hash) (i32.const 13)))
          (i32.load16_u offset=8 (local.get $at)))
        (i32.const 0xc2b2ae3d)))
    (call $mix (local.get $hash)))

  (func $mix (param $hash i32) (result i32)
    (local.set $hash
      (i32.mul
        (i32.xor (local.get $hash) (i32.shr_u (local.get $hash) (i32.const 16)))
        (i32.const 0x85ebca6b)))
    (local.set $hash
      (i32.mul
        (i32.xor (local.get $hash) (i32.shr_u (local.get $hash) (i32.const 13)))
        (i32.const 0xc2b2ae35)))
    (i32.xor (local.get $hash) (i32.shr_u (local.get $hash) (i32.const 16))))
`;

/** What is remembered of a field's bytes. */
export const remembering = `
  ;; Address of the entry of a memo for these bytes; 0 where there is none.
  (func $known (param $memo i32) (param $start i32) (param $end i32) (result i32)
    (local $place i32) (local $entry i32) (local $mark i32)
    (local.set $mark (i32.add (i32.sub (local.get $end) (local.get $start)) (i32.const 1)))
    (if (i32.gt_u (local.get $mark) (i32.const %memoMarkMax%)) (then (return (i32.const 0))))
    (local.set $place (i32.shl (call $hash (local.get $start) (local.get $end)) (i32.const 6)))
    (loop $next
      (local.set $entry (i32.add (local.get $memo) (i32.and (local.get $place) (i32.const %memoMask%))))
      (if (i32.eqz (i32.load (local.get $entry))) (then (return (i32.const 0))))
      (if (i32.eq (i32.load (local.get $entry)) (local.get $mark))
        (then
          (if (call $same (i32.add (local.get $entry) (i32.const %memoKey%)) (local.get $start) (local.get $end))
            (then (return (local.get $entry))))))
      (local.set $place (i32.add (local.get $place) (i32.const 64)))
      (br $next))
    (unreachable))

  (func $same (param $left i32) (param $at i32) (param $end i32) (result i32)
    (block $tail
      (loop $word
        (br_if $tail (i32.gt_u (i32.add (local.get $at) (i32.const 4)) (local.get $end)))
        (if (i32.ne (i32.load (local.get $left)) (i32.load (local.get $at))) (then (return (i32.const 0))))
        (local.set $left (i32.add (local.get $left) (i32.const 4)))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $word)))
    (loop $byte
      (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (i32.const 1))))
      (if (i32.ne (i32.load8_u (local.get $left)) (i32.load8_u (local.get $at))) (then (return (i32.const 0))))
      (local.set $left (i32.add (local.get $left) (i32.const 1)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $byte))
    (unreachable))

  ;; Where a column of the record begins and ends.
  (func $start (param $column i32) (result i32)
    (i32.load (i32.add (i32.load offset=%fieldTable% (global.get $c)) (i32.shl (local.get $column) (i32.const 3)))))
  (func $end (param $column i32) (result i32)
    (i32.load offset=4
      (i32.add (i32.load offset=%fieldTable% (global.get $c)) (i32.shl (local.get $column) (i32.const 3)))))

  ;; The entry of a memo for a column.
  (func $said (param $memo i32) (param $column i32) (result i32)
    (call $known (local.get $memo) (call $start (local.get $column)) (call $end (local.get $column))))
`;
