// Parts of the plain records (plain-records-wat.ts): card numbers, and when and through which channel.

/** The card number: as \`PlainNumber\`, \`BinLookup\` and \`brandIndexOf\` have it. */
export const numbers = `
  ;; Packs the digits to $into; 1 where they are a number with the right check digit, of a brand and its lengths, that is
  ;; no test number. Leaves $bin and $brand.
  (func $number (param $at i32) (param $end i32) (param $into i32) (result i32)
    (local $length i32) (local $from i32) (local $to i32) (local $sum i32) (local $sums i32)
    (local $pair i32) (local $digit i32)
    (local.set $length (i32.sub (local.get $end) (local.get $at)))
    (if (i32.gt_u (i32.sub (local.get $length) (i32.const 12)) (i32.const 7)) (then (return (i32.const 0))))
    (local.set $from (local.get $at))
    (local.set $to (local.get $into))
    ;; The second table is for numbers of odd length.
    (local.set $sums
      (i32.add (i32.load offset=%pairSums% (global.get $c))
        (i32.shl (i32.and (local.get $length) (i32.const 1)) (i32.const 8))))
    (i64.store offset=2 (local.get $into) (i64.const -1))
    (block $paired
      (loop $next
        (br_if $paired (i32.gt_u (i32.add (local.get $from) (i32.const 2)) (local.get $end)))
        (local.set $pair (i32.sub (i32.load16_u (local.get $from)) (i32.const 0x3030)))
        ;; A byte below 0x30 borrows from the next, and is above 9 all the same.
        (if (i32.gt_u (i32.and (local.get $pair) (i32.const 0xff)) (i32.const 9)) (then (return (i32.const 0))))
        (if (i32.gt_u (local.get $pair) (i32.const 0x9ff)) (then (return (i32.const 0))))
        (local.set $pair
          (i32.and
            (i32.or (i32.shl (local.get $pair) (i32.const 4)) (i32.shr_u (local.get $pair) (i32.const 8)))
            (i32.const 0xff)))
        (i32.store8 (local.get $to) (local.get $pair))
        (local.set $sum
          (i32.add (local.get $sum) (i32.load8_u (i32.add (local.get $sums) (local.get $pair)))))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $from (i32.add (local.get $from) (i32.const 2)))
        (br $next)))
    (if (i32.lt_u (local.get $from) (local.get $end))
      (then
        (local.set $digit (i32.sub (i32.load8_u (local.get $from)) (i32.const 0x30)))
        (if (i32.gt_u (local.get $digit) (i32.const 9)) (then (return (i32.const 0))))
        (i32.store8 (local.get $to) (i32.or (i32.shl (local.get $digit) (i32.const 4)) (i32.const 0xf)))
        (local.set $sum (i32.add (local.get $sum) (local.get $digit)))))
    (if (i32.rem_u (local.get $sum) (i32.const 10)) (then (return (i32.const 0))))
    (call $classify (call $decimal (local.get $at) (i32.const 6)) (call $decimal (i32.add (local.get $at) (i32.const 6)) (i32.const 5)))
    (if (i32.eq (global.get $brand) (i32.const 0xff)) (then (return (i32.const 0))))
    (if (i32.eqz (i32.and (i32.const 1)
          (i32.shr_u
            (i32.load (i32.add (i32.load offset=%lengthBits% (global.get $c)) (i32.shl (global.get $brand) (i32.const 2))))
            (local.get $length))))
      (then (return (i32.const 0))))
    (if (i32.load offset=%isLive% (global.get $c))
      (then (return (i32.eqz (call $mayBeTest (local.get $into))))))
    (i32.const 1))

  ;; Value of the full-width digit at $at; more than 9 where there is none.
  (func $wideDigit (param $at i32) (result i32)
    (local $bytes i32)
    (local.set $bytes (i32.load offset=%wideBytes% (global.get $c)))
    (if (i32.ne (i32.load8_u (local.get $at)) (i32.load offset=%wideLead% (global.get $c)))
      (then (return (i32.const 10))))
    (if (i32.eq (local.get $bytes) (i32.const 3))
      (then
        (if (i32.ne (i32.load8_u offset=1 (local.get $at)) (i32.load offset=%wideMiddle% (global.get $c)))
          (then (return (i32.const 10))))))
    (i32.sub
      (i32.load8_u (i32.sub (i32.add (local.get $at) (local.get $bytes)) (i32.const 1)))
      (i32.load offset=%wideZero% (global.get $c))))

  ;; A number as it stands or, where it does not, out of its wrapping, without the spaces and hyphens in it, and with
  ;; ASCII digits for full-width ones.
  (func $spelt (param $at i32) (param $end i32) (param $into i32) (result i32)
    (local $from i32) (local $to i32) (local $byte i32) (local $digit i32)
    (if (call $number (local.get $at) (local.get $end) (local.get $into)) (then (return (i32.const 1))))
    ;; Of longer fields not every character is looked at.
    (if (i32.gt_u (i32.sub (local.get $end) (local.get $at)) (i32.const %PLAIN_CHARACTERS_MAX%))
      (then (return (i32.const 0))))
    (if (i32.gt_u (i32.sub (local.get $end) (local.get $at)) (i32.const 3))
      (then
        (if (i32.and
              (i32.eq (i32.load16_u (local.get $at)) (i32.const 0x223d))
              (i32.eq (i32.load8_u (i32.sub (local.get $end) (i32.const 1))) (i32.const 0x22)))
          (then
            (local.set $at (i32.add (local.get $at) (i32.const 2)))
            (local.set $end (i32.sub (local.get $end) (i32.const 1)))))))
    (local.set $from (local.get $at))
    (local.set $to (i32.load offset=%scratch% (global.get $c)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $byte (i32.load8_u (local.get $from)))
        (if (i32.ne (local.get $byte) (i32.const 0x20))
          (then
            (if (i32.ne (local.get $byte) (i32.const 0x2d))
              (then
                (local.set $digit (call $wideDigit (local.get $from)))
                (if (i32.le_u (local.get $digit) (i32.const 9))
                  (then
                    (local.set $byte (i32.add (local.get $digit) (i32.const 0x30)))
                    (local.set $from
                      (i32.sub (i32.add (local.get $from) (i32.load offset=%wideBytes% (global.get $c))) (i32.const 1)))))
                (i32.store8 (local.get $to) (local.get $byte))
                (local.set $to (i32.add (local.get $to) (i32.const 1)))))))
        (br_if $done (i32.gt_u (local.get $to) (i32.load offset=%scratchEnd% (global.get $c))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next)))
    (local.set $from (i32.load offset=%scratch% (global.get $c)))
    (call $number (local.get $from) (local.get $to) (local.get $into)))

  (func $decimal (param $at i32) (param $digits i32) (result i32)
    (local $value i32)
    (loop $digit
      (local.set $value
        (i32.add (i32.mul (local.get $value) (i32.const 10)) (i32.sub (i32.load8_u (local.get $at)) (i32.const 0x30))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $digits (i32.sub (local.get $digits) (i32.const 1)))
      (br_if $digit (local.get $digits)))
    (local.get $value))

  ;; Issuer entry and brand of a number by its first six digits and the five behind them.
  (func $classify (param $six i32) (param $behind i32)
    (local $within i32) (local $low i32) (local $high i32) (local $middle i32) (local $slice i32) (local $pieces i32)
    (local.set $within
      (i32.add (i32.mul (i32.and (local.get $six) (i32.const 3)) (i32.const 100000)) (local.get $behind)))
    (local.set $slice
      (i32.add (i32.load offset=%slices% (global.get $c)) (i32.and (local.get $six) (i32.const 0xfffffffc))))
    (local.set $pieces (i32.load offset=%pieces% (global.get $c)))
    (local.set $low (i32.load (local.get $slice)))
    (local.set $high (i32.load offset=4 (local.get $slice)))
    (block $few
      (loop $half
        (br_if $few (i32.le_u (i32.sub (local.get $high) (local.get $low)) (i32.const 8)))
        (local.set $middle (i32.shr_u (i32.add (local.get $low) (local.get $high)) (i32.const 1)))
        (if (i32.gt_s (call $begin (local.get $pieces) (local.get $middle)) (local.get $within))
          (then (local.set $high (local.get $middle)))
          (else (local.set $low (i32.add (local.get $middle) (i32.const 1)))))
        (br $half)))
    (local.set $middle (local.get $low))
    (block $counted
      (loop $piece
        (br_if $counted (i32.ge_u (local.get $middle) (local.get $high)))
        (local.set $low
          (i32.add (local.get $low)
            (i32.ge_s (local.get $within) (call $begin (local.get $pieces) (local.get $middle)))))
        (local.set $middle (i32.add (local.get $middle) (i32.const 1)))
        (br $piece)))
    (global.set $bin
      (i32.load (i32.sub (i32.add (local.get $pieces) (i32.shl (local.get $low) (i32.const 3))) (i32.const 4))))
    (global.set $brand (i32.const 0))
    (if (i32.ge_s (global.get $bin) (i32.const 0))
      (then
        (global.set $brand
          (i32.load8_u (i32.add (i32.load offset=%binBrands% (global.get $c)) (global.get $bin))))))
    (if (i32.eqz (global.get $brand))
      (then
        (global.set $brand
          (i32.load8_u (i32.add (i32.load offset=%brandBySix% (global.get $c)) (local.get $six)))))))

  (func $begin (param $pieces i32) (param $piece i32) (result i32)
    (i32.load (i32.add (local.get $pieces) (i32.shl (local.get $piece) (i32.const 3)))))

  ;; Whether a packed number could be one of those published for tests: its middle is marked, or two neighbouring bytes
  ;; are equal twice, as in every number made up of a pattern.
  (func $mayBeTest (param $at i32) (result i32)
    (local $equal i32) (local $last i32) (local $byte i32)
    (if (i32.load8_u
          (i32.add (i32.load offset=%testMarks% (global.get $c))
            (i32.or
              (i32.shl (i32.xor (i32.load8_u offset=3 (local.get $at)) (i32.load8_u offset=6 (local.get $at))) (i32.const 8))
              (i32.xor (i32.load8_u offset=4 (local.get $at)) (i32.load8_u offset=5 (local.get $at))))))
      (then (return (i32.const 1))))
    (local.set $last (i32.add (local.get $at) (i32.const 9)))
    (loop $next
      (local.set $byte (i32.load8_u (local.get $at)))
      (local.set $equal
        (i32.add (local.get $equal)
          (i32.and
            (i32.ne (local.get $byte) (i32.const 0xff))
            (i32.eq (local.get $byte) (i32.load8_u offset=1 (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $last))))
    (i32.gt_u (local.get $equal) (i32.const 1)))
`;

/** When and through which channel: from what was remembered. */
export const exposure = `
  ;; Writes windows and moment; 0 where the record lies in scope, the reason plus 1 where it does not, -1 where it is not
  ;; plain.
  (func $exposed (param $row i32) (result i32)
    (local $windows i32) (local $listed i32) (local $entry i32) (local $column i32) (local $start i32) (local $ms i32)
    (local.set $windows (i32.load offset=%fixedWindows% (global.get $c)))
    (local.set $listed (i32.load offset=%fixedListed% (global.get $c)))
    (local.set $column (i32.load offset=%channelColumn% (global.get $c)))
    (if (i32.ge_s (local.get $column) (i32.const 0))
      (then
        (local.set $entry (call $said (i32.load offset=%channels% (global.get $c)) (local.get $column)))
        (if (i32.eqz (local.get $entry)) (then (return (i32.const -1))))
        (if (i32.load offset=%memoReason% (local.get $entry))
          (then (return (i32.load offset=%memoReason% (local.get $entry)))))
        (local.set $windows (i32.load offset=%memoValue% (local.get $entry)))
        (local.set $listed (i32.load offset=%memoSecond% (local.get $entry)))))
    (local.set $column (i32.load offset=%dateColumn% (global.get $c)))
    (local.set $start (call $start (local.get $column)))
    (if (i32.eq (i32.sub (call $end (local.get $column)) (local.get $start)) (i32.const 19))
      (then
        (local.set $ms (call $time (i32.add (local.get $start) (i32.const 10))))
        (if (i32.lt_s (local.get $ms) (i32.const 0)) (then (return (i32.const -1))))
        (local.set $entry
          (call $known (i32.load offset=%moments% (global.get $c)) (local.get $start) (i32.add (local.get $start) (i32.const 10)))))
      (else (local.set $entry (call $said (i32.load offset=%days% (global.get $c)) (local.get $column)))))
    (if (i32.eqz (local.get $entry)) (then (return (i32.const -1))))
    (local.set $windows (i32.and (local.get $windows) (i32.load offset=%memoValue% (local.get $entry))))
    (i32.store offset=%rowWindows% (local.get $row) (local.get $windows))
    (f64.store offset=%rowSeen% (local.get $row)
      (f64.add (f64.load offset=%memoMoment% (local.get $entry)) (f64.convert_i32_u (local.get $ms))))
    (if (i32.or (local.get $windows) (i32.eqz (i32.load offset=%needsWindow% (global.get $c))))
      (then (return (i32.const 0))))
    ;; What a list may bring into scope keeps its number.
    (if (i32.and (local.get $listed) (i32.load offset=%memoValue% (local.get $entry))) (then (return (i32.const -1))))
    (i32.const %OUTSIDE_MARK%))

  ;; Milliseconds of the day behind the date at $at, ' HH:MM:SS' or with a T; negative for anything else.
  (func $time (param $at i32) (result i32)
    (local $hour i32) (local $minute i32) (local $second i32)
    (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x20))
      (then (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x54)) (then (return (i32.const -1))))))
    (if (i32.ne (i32.load8_u offset=3 (local.get $at)) (i32.const 0x3a)) (then (return (i32.const -1))))
    (if (i32.ne (i32.load8_u offset=6 (local.get $at)) (i32.const 0x3a)) (then (return (i32.const -1))))
    (local.set $hour (call $twoDigits (i32.add (local.get $at) (i32.const 1))))
    (local.set $minute (call $twoDigits (i32.add (local.get $at) (i32.const 4))))
    (local.set $second (call $twoDigits (i32.add (local.get $at) (i32.const 7))))
    (if (i32.gt_u (local.get $hour) (i32.const 23)) (then (return (i32.const -1))))
    (if (i32.gt_u (local.get $minute) (i32.const 59)) (then (return (i32.const -1))))
    (if (i32.gt_u (local.get $second) (i32.const 59)) (then (return (i32.const -1))))
    (i32.mul (i32.const 1000)
      (i32.add (local.get $second)
        (i32.mul (i32.const 60) (i32.add (local.get $minute) (i32.mul (i32.const 60) (local.get $hour)))))))

  ;; Their number, or more than 99.
  (func $twoDigits (param $at i32) (result i32)
    (local $tens i32) (local $ones i32)
    (local.set $tens (i32.sub (i32.load8_u (local.get $at)) (i32.const 0x30)))
    (local.set $ones (i32.sub (i32.load8_u offset=1 (local.get $at)) (i32.const 0x30)))
    (if (i32.or (i32.gt_u (local.get $tens) (i32.const 9)) (i32.gt_u (local.get $ones) (i32.const 9)))
      (then (return (i32.const 1000))))
    (i32.add (i32.mul (local.get $tens) (i32.const 10)) (local.get $ones)))
`;
