#!/usr/bin/env python3
"""What a careful administrator would write instead: reads an order export, leaves out every record that
must not be handed over and counts why, and pipes each remaining card once to its recipient's gpg.

    peer.py SETTINGS.json PREFIXES.csv ORDERS.csv OUTPUT_DIR HOMEDIR SIGNER NAME=FINGERPRINT...

Settings name columns, channels and exposure windows; the prefix table says brand and recipient of a card
number by its first digits. Prints the counts as one JSON document. Standard library only.

It does less than the program it is measured against: cards go out in the order they came in, nothing is
folded, stored, logged or planned, and order references are not kept.
"""

import csv
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import datetime, timedelta
from functools import lru_cache

# Digit values for the Luhn sum, by ASCII code: as they are, and doubled with their two digits added up.
PLAIN = bytes.maketrans(b"0123456789", bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
DOUBLED = bytes.maketrans(b"0123456789", bytes([0, 2, 4, 6, 8, 1, 3, 5, 7, 9]))

# Lengths a brand issues, and whether the check digit has to be right.
BRANDS = {
    "visa": (frozenset({13, 16, 18, 19}), True),
    "mastercard": (frozenset({16}), True),
    "american-express": (frozenset({15}), True),
    "jcb": (frozenset({16, 17, 18, 19}), True),
    "diners-club": (frozenset({14, 16, 19}), True),
    "discover": (frozenset({16, 19}), True),
    "unionpay": (frozenset({14, 15, 16, 17, 18, 19}), False),
    "unknown": (frozenset(range(13, 20)), False),
}
UNKNOWN = ("unknown", "")

# Numbers that card companies and payment services publish for tests, within the ranges of this shop.
TEST_NUMBERS = frozenset(
    """4111111111111111 4242424242424242 4012888888881881 5555555555554444 5105105105105100
    2223003122003222 378282246310005 371449635398431 3530111333300000 3566002020360505
    36227206271667 36259600000004 6200000000000005""".split()
)

HELD = {"unknown-channel", "date-missing", "date-unreadable", "unknown-brand", "no-recipient", "test-number"}

EXPONENT = re.compile(r"\d+(?:[.,]\d*)?[Ee][+-]?\d{1,3}")
SEPARATORS = re.compile(r"[\s\u2010-\u2015\u2212-]+")
MASKED = re.compile(r"[\d*#xX\u2022\u25cf]+")


def passes_luhn(number):
    digits = number.encode("ascii")
    return (sum(digits[::-2].translate(PLAIN)) + sum(digits[-2::-2].translate(DOUBLED))) % 10 == 0


def plain_number(text):
    """The digits of a number that is not written as digits alone, or the reason why it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.startswith('="') and plain.endswith('"'):
        plain = plain[2:-1]
    if EXPONENT.fullmatch(plain):
        return None, "spreadsheet-damage"
    plain = SEPARATORS.sub("", plain)
    if plain.isascii() and plain.isdigit():
        return plain, None
    return None, "masked-number" if MASKED.fullmatch(plain) else "characters"


def fold(text):
    return unicodedata.normalize("NFKC", text).strip().lower()


def load_prefixes(path):
    """Prefix to (brand, recipient), and the lengths of the prefixes, longest first."""
    with open(path, encoding="ascii", newline="") as file:
        table = {row["prefix"]: (row["brand"], row["recipient"]) for row in csv.DictReader(file)}
    return table, sorted({len(prefix) for prefix in table}, reverse=True)


def channel_rules(settings):
    """A function from the text in the channel column to the windows it is exposed in, or the reason it is not."""
    words = {fold(word): fold(channel) for word, channel in settings["channel_map"].items()}
    excluded = {fold(channel) for channel in settings["excluded_channels"]}
    day = timedelta(days=1)
    windows = {}
    for window in settings["windows"]:
        begin = datetime.fromisoformat(window["from"])
        end = datetime.fromisoformat(window["to"]) + day
        for channel in window["channels"]:
            bounds = windows.setdefault(channel, [])
            if not window["listed_only"]:
                bounds.append((begin, end))

    @lru_cache(maxsize=None)
    def rule(text):
        word = fold(text)
        channel = words.get(word, word)
        if channel in excluded:
            return None, "excluded-channel"
        if channel not in windows:
            return None, "unknown-channel"
        return windows[channel], None

    return rule


def payment_rule(settings):
    wanted = fold(settings["card_payment"])

    @lru_cache(maxsize=None)
    def is_card(text):
        return wanted in fold(text)

    return is_card


def start_gpg(homedir, signer, recipient, output):
    # Compressing digits costs more than it saves, and old receivers choke on it.
    return subprocess.Popen(
        ["gpg", "--homedir", homedir, "--batch", "--quiet", "--yes", "--trust-model", "always"]
        + ["--compress-algo", "none", "--cipher-algo", "AES256", "--digest-algo", "SHA512"]
        + ["--local-user", signer, "--recipient", recipient, "--output", output, "--sign", "--encrypt"],
        stdin=subprocess.PIPE,
        bufsize=1 << 16,
    )


def hand_over(settings, prefixes, prefix_lengths, path, pipes):
    """Reads the export once, from top to bottom, and returns the counts."""
    columns = settings["columns"]
    one_row_per_item = settings["one_row_per_item"]
    rule_of = channel_rules(settings)
    is_card_payment = payment_rule(settings)
    moment_of = datetime.fromisoformat
    first_numbers = {}
    seen = set()
    reasons = Counter()
    sent = Counter()
    read = 0

    with open(path, encoding=settings["encoding"], newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        order_at = header.index(columns["reference"])
        moment_at = header.index(columns["ordered_at"])
        channel_at = header.index(columns["channel"])
        number_at = header.index(columns["number"])
        expiry_at = header.index(columns["expiry"])
        payment_at = header.index(columns["payment"]) if columns.get("payment") else None

        for row in rows:
            read += 1

            if payment_at is not None and not is_card_payment(row[payment_at]):
                reasons["not-card"] += 1
                continue

            text = row[number_at]
            if one_row_per_item:
                first = first_numbers.get(row[order_at])
                if first is None:
                    first_numbers[row[order_at]] = text
                elif text == "" or text == first:
                    reasons["same-order"] += 1
                    continue

            windows, reason = rule_of(row[channel_at])
            if reason is not None:
                reasons[reason] += 1
                continue
            try:
                moment = moment_of(row[moment_at])
            except ValueError:
                reasons["date-unreadable" if row[moment_at].strip() else "date-missing"] += 1
                continue
            for begin, end in windows:
                if begin <= moment < end:
                    break
            else:
                reasons["outside-window"] += 1
                continue

            if text.isascii() and text.isdigit():
                number = text
            else:
                number, reason = plain_number(text)
                if reason is not None:
                    reasons[reason] += 1
                    continue

            length = len(number)
            passes = passes_luhn(number)
            if not passes and length > 15 and not number[15:].strip("0"):
                reasons["spreadsheet-damage"] += 1
                continue
            for prefix_length in prefix_lengths:
                found = prefixes.get(number[:prefix_length])
                if found is not None:
                    brand, recipient = found
                    break
            else:
                brand, recipient = UNKNOWN
            lengths, needs_luhn = BRANDS[brand]
            if length not in lengths:
                reasons["length"] += 1
                continue
            if needs_luhn and not passes:
                reasons["luhn"] += 1
                continue
            if not recipient:
                reasons["unknown-brand" if brand == "unknown" else "no-recipient"] += 1
                continue
            if number in TEST_NUMBERS:
                reasons["test-number"] += 1
                continue
            if number in seen:
                reasons["duplicate"] += 1
                continue
            seen.add(number)

            expiry = row[expiry_at].replace("/", "")
            pipes[recipient].write(b"%b,%b,%010d\r\n" % (number.encode(), expiry.encode(), len(seen)))
            sent[recipient] += 1

    return {
        "read": read,
        "cards": len(seen),
        "excluded": {reason: count for reason, count in reasons.items() if reason not in HELD},
        "held": {reason: count for reason, count in reasons.items() if reason in HELD},
        "recipients": dict(sent),
    }


def main():
    os.umask(0o077)
    settings_path, prefixes_path, source, output, homedir, signer, *recipients = sys.argv[1:]
    with open(settings_path, encoding="utf-8") as file:
        settings = json.load(file)
    prefixes, prefix_lengths = load_prefixes(prefixes_path)
    running = {}
    for named in recipients:
        name, fingerprint = named.split("=")
        running[name] = start_gpg(homedir, signer, fingerprint, os.path.join(output, f"{name}.pgp"))
    pipes = {name: gpg.stdin for name, gpg in running.items()}
    counts = hand_over(settings, prefixes, prefix_lengths, source, pipes)
    for pipe in pipes.values():
        pipe.close()
    for name, gpg in running.items():
        if gpg.wait() != 0:
            sys.exit(f"gpg failed for {name}")
    total = counts["cards"] + sum(counts["excluded"].values()) + sum(counts["held"].values())
    if total != counts["read"]:
        sys.exit("the counts do not add up")
    json.dump(counts, sys.stdout)
    print()


if __name__ == "__main__":
    main()
