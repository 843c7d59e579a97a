#!/usr/bin/env python3
"""Checks a Mimamori log, or one entry of it, without Mimamori.

  verify_log.py verify DIR [--vkey FILE] [--against CHECKPOINT]... [--holds TEXT]...
                           [--proofs FOLDER]
      DIR is an exported log: a checkpoint, the tiles of its Merkle tree and every entry. Checked
      are: the signature of the checkpoint; that every entry hashes to what the tiles say; that
      the tiles lead to the root of the checkpoint; that every entry has the form of a leaf; that
      the log of each CHECKPOINT, which you kept from earlier, is the beginning of this one; and
      that each TEXT stands, exactly so, within an entry that was checked. FOLDER has a proof
      N.tlog-proof and its entry N.entry for each of some entries; checked are that every proof
      holds, and that the log it speaks of is the beginning of this one. Nothing else may lie in
      DIR but README.md and README.ja.md, nothing else in FOLDER, and no link in either.

  verify_log.py proof PROOF ENTRY --vkey FILE
      PROOF is a file of the form c2sp.org/tlog-proof@v1, ENTRY one with the bytes of the entry as
      they stand in the log. Checked are: the signature of the checkpoint in PROOF, that the entry
      stands in that log at the index that PROOF names, and that it has the form of a leaf.

Give --vkey FILE with the verifier key that you were given on another way than DIR: one line
`name+id+key`, or several where the log changed its key. Without it the key in DIR/log.vkey is
believed: then what holds shows that the files agree with each other, not whose they are.

Run it as `python3 -I verify_log.py`: without -I Python would also run modules that lie beside it.

Exit status: 0 everything holds, 1 something does not hold (the first fault is named), 2 called
wrongly.

It needs Python 3.8 or later and nothing else. Where an OpenSSL that knows Ed25519 is on the PATH,
each signature is checked by it as well as by the lines below.

Written from RFC 6962 section 2.1, RFC 8032 section 5.1, RFC 8785, the pages signed-note,
tlog-checkpoint, tlog-tiles and tlog-proof of https://c2sp.org, and Mimamori's pages on its leaves
and checkpoints. It shares no line with Mimamori.
"""

import argparse
import base64
import binascii
import datetime
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile

TILE_WIDTH = 256
HASH_BYTES = 32
ENTRY_BYTES_MAX = 65_535
BUNDLE_BYTES_MAX = TILE_WIDTH * (2 + ENTRY_BYTES_MAX)
NOTE_BYTES_MAX = 131_072
SIGNATURES_MAX = 16
KEYS_MAX = 64
PROOF_HASHES_MAX = 63
INTEGER_MAX = 2**53 - 1


class DoesNotHold(Exception):
    """What was looked at is not what it should be. The text says where and why."""


class WrongCall(Exception):
    """The command line names something that is not there."""


# --- Ed25519 (RFC 8032 section 5.1) -------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z


def add(a, b):
    """Adds two points in extended coordinates (section 5.1.4)."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    k, m, n, o = f - e, h - g, h + g, f + e
    return (k * m % P, n * o % P, m * n % P, k * o % P)


def multiply(scalar, point):
    result = NEUTRAL
    while scalar > 0:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def negate(point):
    x, y, z, t = point
    return (-x % P, y, z, -t % P)


def encode_point(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode_point(encoded):
    """The point of 32 bytes (section 5.1.3), or None: each point is accepted in one spelling only."""
    value = int.from_bytes(encoded, "little")
    sign, y = value >> 255, value & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * SQRT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def has_small_order(point):
    """Under such a key one signature fits many texts, so it is no key."""
    x, y, z, _ = multiply(8, point)
    return x == 0 and y == z


def ed25519_holds(public_key, message, signature):
    """Section 5.1.7, and stricter where it leaves a choice: no other spelling of a number, no weak key."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key = decode_point(public_key)
    s = int.from_bytes(signature[32:], "little")
    if key is None or has_small_order(key) or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    h = int.from_bytes(digest, "little") % L
    return encode_point(add(multiply(s, BASE), multiply(h, negate(key)))) == signature[:32]


ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")  # what stands before the 32 bytes in RFC 8410


def openssl_holds(public_key, message, signature):
    """The same question, asked of the `openssl` on the PATH."""
    with tempfile.TemporaryDirectory(prefix="verify-log-") as folder:
        paths = {}
        parts = {"key": ED25519_SPKI + public_key, "text": message, "signature": signature}
        for name, content in parts.items():
            paths[name] = os.path.join(folder, name)
            with open(paths[name], "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER"]
        command += ["-inkey", paths["key"], "-in", paths["text"], "-sigfile", paths["signature"]]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def openssl_is_usable():
    """Whether it tells the second signature of RFC 8032 section 7.1 from another one: old ones know no Ed25519."""
    if shutil.which("openssl") is None:
        return False
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    good = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    return openssl_holds(key, b"\x72", good) and not openssl_holds(key, b"\x73", good)


def signature_holds(public_key, message, signature):
    """Asked of both implementations where there are two; either of them may refuse."""
    if not ed25519_holds(public_key, message, signature):
        return False
    return not use_openssl or openssl_holds(public_key, message, signature)


use_openssl = False


# --- Verifier keys, signed notes, checkpoints (C2SP) --------------------------------------------------------


def from_base64(text, what):
    """RFC 4648 section 4 with padding, in the one spelling that encoding the bytes again gives."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        raise DoesNotHold(f"{what}: not base64") from None
    if base64.b64encode(data).decode("ascii") != text:
        raise DoesNotHold(f"{what}: base64 in an unusual spelling")
    return data


def is_key_name(name):
    return name != "" and "+" not in name and not any(mark.isspace() for mark in name)


class VerifierKey:
    """`<name>+<hex id>+<base64 of 0x01 and 32 bytes>`."""

    def __init__(self, line, where):
        name, _, rest = line.partition("+")
        match = re.fullmatch(r"([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", rest)
        if not is_key_name(name) or match is None or "\ufffd" in line or has_control(line):
            raise DoesNotHold(f"{where}: not a verifier key")
        material = from_base64(match.group(2), where)
        if len(material) != 33 or material[0] != 0x01:
            raise DoesNotHold(f"{where}: not an Ed25519 key")
        key_id = hashlib.sha256(name.encode("utf-8") + b"\n" + material).digest()[:4]
        if key_id.hex() != match.group(1):
            raise DoesNotHold(f"{where}: its id is not that of its key")
        point = decode_point(material[1:])
        if point is None or has_small_order(point):
            raise DoesNotHold(f"{where}: a key that proves nothing")
        self.name, self.id, self.public_key, self.line = name, key_id, material[1:], line


def keys_of(content, where):
    """The key of a log, or each one that it ever had: a line each, the last with or without its end."""
    text = content.decode("utf-8", "replace")
    lines = (text[:-1] if text.endswith("\n") else text).split("\n")
    if len(lines) > KEYS_MAX:
        raise DoesNotHold(f"{where}: more than {KEYS_MAX} keys")
    keys = [VerifierKey(line, where) for line in lines]
    if len({key.line for key in keys}) != len(keys) or len({first_name(key.name) for key in keys}) != 1:
        raise DoesNotHold(f"{where}: not the keys of one log")
    return keys


RECOVERED_NAME = re.compile(r"(.+)/recovered-[0-9a-f]{16}", re.ASCII | re.DOTALL)


def first_name(name):
    """The name that a log had before it was ever recovered."""
    match = RECOVERED_NAME.fullmatch(name)
    return name if match is None else match.group(1)


# --- Keys that follow one another (docs/formats/checkpoint.md) ----------------------------------------------


class Term:
    """A key, and the sizes at which it signs: above `begin`, up to `end`."""

    def __init__(self, key, begin):
        self.key, self.begin, self.end = key, begin, INTEGER_MAX

    def has(self, size):
        return self.begin < size <= self.end


DIGEST = r"[0-9a-f]{64}"
FINGERPRINT = r"[0-9A-F]{40}|[0-9A-F]{64}"
ID = r"[A-Za-z0-9.][A-Za-z0-9._-]{0,127}"
RECOVERY_TEXTS = {
    "root": DIGEST,
    "anchoredRoot": DIGEST,
    "statement": DIGEST,
    "requester": ID,
    "requesterFingerprint": FINGERPRINT,
    "officer": ID,
    "fingerprint": FINGERPRINT,
}


class Recovery:
    """What an entry says of a log that goes on under another name after entries from `size` on, up to `anchored`, were lost."""

    def __init__(self, index, data):
        where = f"entry {index}"
        self.index, self.size, self.anchored = index, data.get("size"), data.get("anchored")
        texts = [data.get(name) for name in RECOVERY_TEXTS]
        are_texts = (isinstance(text, str) for text in texts)
        if not is_count(self.size) or not is_count(self.anchored) or not all(are_texts):
            raise DoesNotHold(f"{where}: does not say what was lost")
        # Whoever reads the line of __str__ goes by these: in one spelling each, and with nothing of a line in them.
        for name, text in zip(RECOVERY_TEXTS, texts):
            if re.fullmatch(RECOVERY_TEXTS[name], text, re.ASCII) is None:
                raise DoesNotHold(f"{where}: its {name} is malformed")
        self.root, _, self.statement, self.requester, self.asked_with, self.officer, self.approved_with = texts
        self.before, self.after = (VerifierKey(str(data.get(name)), where) for name in ("replaced", "vkey"))
        names = self.before.name, self.after.name
        is_other = names[0] != names[1] and RECOVERED_NAME.fullmatch(names[1]) is not None
        if not is_other or first_name(names[0]) != first_name(names[1]):
            raise DoesNotHold(f"{where}: a name that does not follow the one before")
        if not self.size <= index or not self.size < self.anchored:
            raise DoesNotHold(f"{where}: names no entries that could be lost")

    def loses(self, checkpoint):
        return checkpoint.origin == self.before.name and checkpoint.size > self.size

    def __str__(self):
        return (
            f"recovered in entry {self.index}: entries {self.size} to {self.anchored - 1} are lost, "
            f"asked for by {self.requester} ({self.asked_with}), approved by {self.officer} ({self.approved_with}), "
            f"statement {self.statement}, key {self.after.line}"
        )


def recoveries_in(changes):
    return [Recovery(index, data) for index, act, data in changes if act == "log-recover"]


def terms_of(changes):
    """The keys of a log in their order, as its entries tell: triples of an index, the act and its data."""
    terms = []
    for index, act, data in changes:
        where = f"entry {index}"
        lines = [term.key.line for term in terms]
        key = VerifierKey(str(data.get("vkey")), where)
        if act == "log-key-retire":
            if key.line not in lines[:-1] or terms[lines.index(key.line)].end != INTEGER_MAX:
                raise DoesNotHold(f"{where}: ends a key that no other one followed")
            terms[lines.index(key.line)].end = index
            continue
        before = VerifierKey(str(data.get("replaced")), where)
        if not terms:
            terms.append(Term(before, -1))
        names = {term.key.name for term in terms}
        is_named = key.name not in names if act == "log-recover" else before.name == key.name
        if terms[-1].key.line != before.line or not is_named or key.line in lines + [before.line]:
            raise DoesNotHold(f"{where}: a key that does not follow the one before")
        if act == "log-recover":
            for term in terms:
                term.end = min(term.end, index)
        terms.append(Term(key, index))
    return terms


def check_keys(changes, pinned, beside, checkpoints):
    """
    Whether each checkpoint was signed by the keys of its time, and these are trusted. A key is followed by the next one only
    under a checkpoint that it signed itself and that speaks for the entry of the change; the other way round, a trusted key
    speaks for every entry below its signature.
    """
    if not changes:
        for one in checkpoints:
            if not {key.line for key in one.signers} & pinned:
                raise DoesNotHold(f"{one.where}: not signed by a key that you trust")
        if beside is not None and (len(beside) != 1 or beside[0] not in pinned):
            raise DoesNotHold("log.vkey: holds keys that the log does not tell of")
        return
    terms = terms_of(changes)
    for one in checkpoints:
        if {key.line for key in one.signers} != {term.key.line for term in terms if term.has(one.size)}:
            raise DoesNotHold(f"{one.where}: not signed by the keys of its time")
    trusted = [term.key.line in pinned for term in terms]
    last = [max([one.size for one in checkpoints if term.key.line in {key.line for key in one.signers}], default=-1)
            for term in terms]
    for at in range(1, len(terms)):
        trusted[at] |= trusted[at - 1] and last[at - 1] > terms[at].begin
    for at in range(len(terms) - 1, 0, -1):
        trusted[at - 1] |= any(trusted[by] and last[by] > terms[at].begin for by in range(at, len(terms)))
    if False in trusted:
        entry = terms[max(trusted.index(False), 1)].begin
        if any(index == entry and act == "log-recover" for index, act, _ in changes):
            raise DoesNotHold(f"entry {entry}: the log was recovered, and no key that you trust speaks for what follows")
        raise DoesNotHold(f"entry {entry}: no checkpoint by a key that you trust speaks for this change of keys (key-changes/)")
    if beside is not None and beside != [term.key.line for term in terms]:
        raise DoesNotHold("log.vkey: not the keys that the log tells of")


def has_control(text):
    return any(mark < " " for mark in text)


def signed_text(note, keys, where):
    """
    The text of a signed note and which of `keys` signed it, once one of them did. Signatures by others are skipped.
    """
    if len(note) > NOTE_BYTES_MAX:
        raise DoesNotHold(f"{where}: longer than {NOTE_BYTES_MAX} bytes")
    try:
        whole = note.decode("utf-8")
    except UnicodeDecodeError:
        raise DoesNotHold(f"{where}: not UTF-8") from None
    if has_control(whole.replace("\n", "")):
        raise DoesNotHold(f"{where}: holds a control character")
    at = whole.rfind("\n\n")
    if at < 1 or not whole.endswith("\n"):
        raise DoesNotHold(f"{where}: no text with signatures after a blank line")
    text, lines = whole[: at + 1], whole[at + 2 : -1].split("\n")
    if len(lines) > SIGNATURES_MAX:
        raise DoesNotHold(f"{where}: more than {SIGNATURES_MAX} signatures")
    signatures = {}
    for line in lines:
        match = re.fullmatch("\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)", line)
        if match is None or not is_key_name(match.group(1)):
            raise DoesNotHold(f"{where}: a signature line is malformed")
        blob = from_base64(match.group(2), where)
        if len(blob) < 5:
            raise DoesNotHold(f"{where}: a signature is too short")
        signatures.setdefault((match.group(1), blob[:4]), []).append(blob[4:])
    known = [(key, signatures[key.name, key.id]) for key in keys if (key.name, key.id) in signatures]
    if not known:
        raise DoesNotHold(f"{where}: not signed by a key of {keys[0].name}")
    for key, made in known:
        if len(made) > 1:
            raise DoesNotHold(f"{where}: signed twice by one key")
        if not signature_holds(key.public_key, text.encode("utf-8"), made[0]):
            raise DoesNotHold(f"{where}: the signature by {key.name}+{key.id.hex()} does not verify")
    return text, [key for key, _ in known]


def decimal(text):
    """A number as C2SP writes it: digits only, no leading zeros. None for anything else."""
    if re.fullmatch(r"0|[1-9][0-9]{0,15}", text, re.ASCII) is None or int(text) > INTEGER_MAX:
        return None
    return int(text)


class Checkpoint:
    """Three lines: origin, size, root. Extension lines are refused, since Mimamori writes none."""

    def __init__(self, note, keys, where):
        text, self.signers = signed_text(note, keys, where)
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] != "":
            raise DoesNotHold(f"{where}: not three lines of text")
        size = decimal(lines[1])
        if size is None:
            raise DoesNotHold(f"{where}: its second line is no size")
        root = from_base64(lines[2], where)
        for key in self.signers:
            if lines[0] != key.name:
                raise DoesNotHold(f"{where}: of the log {lines[0]!r}, not {key.name!r}")
        if len(root) != HASH_BYTES:
            raise DoesNotHold(f"{where}: its third line is no root")
        if size == 0 and root != hashlib.sha256(b"").digest():
            raise DoesNotHold(f"{where}: size 0, but not the root of nothing")
        self.origin, self.size, self.root, self.where = lines[0], size, root, where
        self.recoveries = []


# --- Merkle tree (RFC 6962 section 2.1) ---------------------------------------------------------------------


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_hash(hashes):
    """Root over one or more hashes standing in one row of bytes, split at the largest power of two below."""
    count = len(hashes) // HASH_BYTES
    if count == 1:
        return bytes(hashes)
    split = (1 << (count - 1).bit_length() - 1) * HASH_BYTES
    return node_hash(tree_hash(hashes[:split]), tree_hash(hashes[split:]))


def root_from_path(index, size, hashed, path):
    """Root to which an inclusion path leads (section 2.1.1), or None if the path has another length than it must."""
    first, last = index, size - 1
    steps = iter(path)
    try:
        while last > 0:
            if first % 2 == 1:
                hashed = node_hash(next(steps), hashed)
            elif first < last:
                hashed = node_hash(hashed, next(steps))
            first, last = first // 2, last // 2
    except StopIteration:
        return None
    return hashed if next(steps, None) is None else None


# --- Tiles (tlog-tiles) -------------------------------------------------------------------------------------


def tile_path(level, index, width):
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03d}")
    return f"tile/{level}/{'/'.join(groups)}" + ("" if width == TILE_WIDTH else f".p/{width}")


TILE_NAME = r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"


KEY_CHANGE = re.compile(r"key-changes/(0|[1-9][0-9]{0,15})\.checkpoint", re.ASCII)
BESIDE_TILES = {"checkpoint", "log.vkey", "README.md", "README.ja.md"}


def assert_folder(path):
    """Without a separator at the end of `path`: with it a link would be what it leads to."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        raise WrongCall(f"no directory: {path}") from None
    if stat.S_ISLNK(mode):
        raise DoesNotHold(f"{path}: a link, not a directory")
    if not stat.S_ISDIR(mode):
        raise WrongCall(f"no directory: {path}")


class Folder:
    """The files of an exported log: what lay there when it was opened, and nothing else."""

    def __init__(self, path):
        path = path.rstrip(os.sep) or path
        assert_folder(path)
        self.path = path
        self.names = set(plain_files(path))
        for name in sorted(self.names):
            if not name.startswith("tile/") and name not in BESIDE_TILES and not KEY_CHANGE.fullmatch(name):
                raise DoesNotHold(f"{name}: not a file of this log")

    def read(self, name, bytes_max):
        """The bytes of a file, at most one more than `bytes_max`; None if it is not there."""
        if name not in self.names:
            return None
        with open(os.path.join(self.path, *name.split("/")), "rb") as file:
            return file.read(bytes_max + 1)

    def tile_names(self):
        return sorted(name for name in self.names if name.startswith("tile/"))

    def key_changes(self):
        return sorted(name for name in self.names if KEY_CHANGE.fullmatch(name))


def plain_files(path, below=""):
    """The names of all files below a directory. What is neither file nor directory is refused: a link above all."""
    with os.scandir(path) as found:
        for entry in sorted(found, key=lambda entry: entry.name):
            name = below + entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from plain_files(entry.path, name + "/")
            elif entry.is_file(follow_symlinks=False):
                yield name
            else:
                raise DoesNotHold(f"{name}: neither a file nor a directory")


def proofs_in(path):
    """What lies in a folder of proofs: the number of each entry, its proof and its bytes."""
    path = path.rstrip(os.sep) or path
    assert_folder(path)
    names = set(plain_files(path))
    for name in sorted(names):
        if re.fullmatch(r"(0|[1-9][0-9]{0,15})\.(tlog-proof|entry)", name, re.ASCII) is None:
            raise DoesNotHold(f"{name}: neither a proof nor its entry")
    for number in sorted({int(name.partition(".")[0]) for name in names}):
        pair = f"{number}.tlog-proof", f"{number}.entry"
        for name in pair:
            if name not in names:
                raise DoesNotHold(f"{name}: missing")
        yield (number, *(content_of(os.path.join(path, name)) for name in pair))


def entries_of(bundle, first, width, where):
    """The entries of a bundle, each with its length in two bytes before it, and what ails the bundle, or None."""
    entries, at = [], 0
    while len(entries) < width:
        length = int.from_bytes(bundle[at : at + 2], "big")
        if at + 2 + length > len(bundle):
            return entries, f"entry {first + len(entries)}: {where} ends within it"
        entries.append(bundle[at + 2 : at + 2 + length])
        at += 2 + length
    if at < len(bundle):
        return entries, f"entry {first + width}: {where} holds more than its {width} entries"
    return entries, None


def check_tile(folder, level, index, width, expected):
    """Compares a tile with the hashes that were computed from the entries; names the first that differs."""
    name = tile_path(level, index, width)
    tile = folder.read(name, TILE_WIDTH * HASH_BYTES)
    span = TILE_WIDTH**level
    first = index * TILE_WIDTH
    if tile is None:
        raise DoesNotHold(f"entry {first * span}: {name} is missing")
    for at in range(0, len(expected), HASH_BYTES) if not tile.startswith(expected) else ():
        if tile[at : at + HASH_BYTES] != expected[at : at + HASH_BYTES]:
            wrong = (first + at // HASH_BYTES) * span
            entries = "the entries" if level else tile_path("entries", index, width)
            raise DoesNotHold(f"entry {wrong}: {name} has another hash than {entries}")
    if len(tile) != width * HASH_BYTES:
        raise DoesNotHold(f"entry {(first + len(expected) // HASH_BYTES) * span}: {name} has another length")


class Rows:
    """The hashes of complete tiles, one row a level, from which the root at any size seen so far follows."""

    def __init__(self):
        self.rows = [bytearray()]

    def append_tile(self, hashes):
        """Takes a complete tile of level 0; where a row fills a tile, its root goes into the next row."""
        level = 1
        root = tree_hash(hashes)
        while True:
            if level == len(self.rows):
                self.rows.append(bytearray())
            self.rows[level] += root
            tile_bytes = TILE_WIDTH * HASH_BYTES
            if len(self.rows[level]) % tile_bytes != 0:
                return
            root = tree_hash(bytes(self.rows[level][-tile_bytes:]))
            level += 1

    def root_at(self, size, rest):
        """Root of the first `size` entries; `rest` are the leaf hashes after the last complete tile."""
        if size == 0:
            return hashlib.sha256(b"").digest()
        edge = tree_hash(rest) if rest else b""
        for level in range(1, len(self.rows)):
            count = size // TILE_WIDTH**level
            begins = count - count % TILE_WIDTH
            row = bytes(self.rows[level][begins * HASH_BYTES : count * HASH_BYTES]) + edge
            edge = tree_hash(row) if row else b""
        return edge


def check_entries(folder, size, sizes, wanted):
    """
    Walks through all entries and tiles of level 0. Returns the entries that change keys, and the roots at each of
    `sizes`. Takes out of `wanted` what stands within an entry.
    """
    rows, rests, changes = Rows(), {}, []
    for index in range((size + TILE_WIDTH - 1) // TILE_WIDTH):
        first = index * TILE_WIDTH
        width = min(TILE_WIDTH, size - first)
        name = tile_path("entries", index, width)
        bundle = folder.read(name, BUNDLE_BYTES_MAX)
        if bundle is None:
            raise DoesNotHold(f"entry {first}: {name} is missing")
        hashes, fault = hashes_of(bundle, first, width, name)
        check_tile(folder, 0, index, width, hashes)
        if fault is not None:
            raise DoesNotHold(fault)
        check_leaves(bundle, first, width, name)
        if b'"act":"log-key-' in bundle or b'"act":"log-recover"' in bundle:
            changes += key_changes_in(bundle, first, width, name)
        near = [text for text in wanted if text in bundle]
        for entry in entries_of(bundle, first, width, name)[0] if near else ():
            wanted -= {text for text in near if text in entry}
        for end in sizes:
            if end // TILE_WIDTH == index:
                rests[end] = hashes[: end % TILE_WIDTH * HASH_BYTES]
        if width == TILE_WIDTH:
            rows.append_tile(hashes)
    for level in range(1, len(rows.rows)):
        row = rows.rows[level]
        for at in range(0, len(row), TILE_WIDTH * HASH_BYTES):
            tile = bytes(row[at : at + TILE_WIDTH * HASH_BYTES])
            check_tile(folder, level, at // (TILE_WIDTH * HASH_BYTES), len(tile) // HASH_BYTES, tile)
    for recovery in recoveries_in(changes):
        begins = recovery.size - recovery.size % TILE_WIDTH
        width = min(TILE_WIDTH, size - begins)
        tile = folder.read(tile_path(0, begins // TILE_WIDTH, width), TILE_WIDTH * HASH_BYTES)
        rest = tile[: recovery.size % TILE_WIDTH * HASH_BYTES]
        if rows.root_at(recovery.size, rest).hex() != recovery.root:
            raise DoesNotHold(f"entry {recovery.index}: names another root of size {recovery.size} than the entries have")
    return changes, {end: rows.root_at(end, rests.get(end, b"")) for end in sizes}


def hashes_of(bundle, first, width, name):
    """The hashes of the entries in one row, and what ails the bundle, or None."""
    entries, fault = entries_of(bundle, first, width, name)
    return b"".join(leaf_hash(entry) for entry in entries), fault


def check_leaves(bundle, first, width, name):
    for at, entry in enumerate(entries_of(bundle, first, width, name)[0]):
        fault = leaf_fault(entry)
        if fault is not None:
            raise DoesNotHold(f"entry {first + at}: {fault}")


def key_changes_in(bundle, first, width, name):
    """Of entries that were found to be leaves."""
    leaves = enumerate(map(value_of, entries_of(bundle, first, width, name)[0]), first)
    acts = "log-key-rotate", "log-key-retire", "log-recover"
    return [(index, leaf["act"], leaf["data"]) for index, leaf in leaves if leaf["act"] in acts]


def check_nothing_more(folder, size):
    """Nothing lies beside the tiles of this size but narrower tiles of earlier sizes, which are their beginnings."""
    for name in folder.tile_names():
        match = re.fullmatch(TILE_NAME, name)
        if match is None:
            raise DoesNotHold(f"{name}: not a file of this log")
        level = match.group(1)
        index = int(match.group(2).replace("x", "").replace("/", ""))
        width = int(match.group(3) or TILE_WIDTH)
        count = size if level == "entries" else size // TILE_WIDTH ** int(level)
        full = min(TILE_WIDTH, count - index * TILE_WIDTH)
        if full <= 0 or width > full or name != tile_path(level, index, width):
            raise DoesNotHold(f"{name}: not a file of this log")
        if width < full:
            whole = folder.read(tile_path(level, index, full), BUNDLE_BYTES_MAX)
            part = folder.read(name, BUNDLE_BYTES_MAX)
            if level == "entries":
                entries, _ = entries_of(whole, index * TILE_WIDTH, full, name)
                cut = sum(2 + len(entry) for entry in entries[:width])
            else:
                cut = width * HASH_BYTES
            if part != whole[:cut]:
                raise DoesNotHold(f"{name}: not the beginning of what follows it")


# --- Leaves (docs/formats/leaf-v1.md) -----------------------------------------------------------------------

MEMBERS = {"v", "salt", "at", "actor", "act", "result", "origin", "object", "data"}
LIST_ITEMS_MAX = 2_000
COUNT_MAX = 999_999_999_999

CODE = r"[a-z0-9][a-z0-9_-]{0,63}"
FORMS = {
    "salt": r"[0-9a-f]{32}",
    "actor": r"[A-Za-z0-9._-]{1,64}",
    "act": CODE,
    "result": r"done|refused|failed",
    "origin": CODE + r"(?::[A-Za-z0-9\[\]:._-]{1,128})?",
    "object": CODE + ":" + ID,
}
# What a text in `data` may be. There is no form for free text: names and reasons stand outside the log.
TEXT = "|".join(
    [
        ID,  # also codes, digests and fingerprints
        r"SHA256:[A-Za-z0-9+/]{43}",
        r"[^+\s\x00-\x1f]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{4,4000}",
        r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})",
    ]
)


def refuse(_number):
    raise ValueError("no leaf holds such a number")


def without_doubles(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a name stands twice")
    return result


def value_of(entry):
    """The value of canonical JSON (RFC 8785); ValueError where the bytes are not what writing it again gives.

    RFC 8785 sorts names by UTF-16 code units and Python by code points, which is the same for the names of a leaf:
    leaf_fault() lets only ASCII pass. Nor does a leaf hold numbers but integers, and no null.
    """
    value = json.loads(
        entry.decode("utf-8"), object_pairs_hook=without_doubles, parse_float=refuse, parse_constant=refuse
    )
    again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if again.encode("utf-8") != entry:
        raise ValueError("not canonical")
    return value


def leaf_fault(entry):
    """Why an entry is no leaf v1, or None."""
    try:
        leaf = value_of(entry)
    except (ValueError, RecursionError):
        return "not canonical JSON"
    if not isinstance(leaf, dict) or set(leaf) != MEMBERS:
        return "other members than a leaf"
    if leaf["v"] is True or leaf["v"] != 1:
        return "another version of leaves"
    for name, form in FORMS.items():
        if not isinstance(leaf[name], str) or re.fullmatch(form, leaf[name], re.ASCII) is None:
            return f"its {name} is malformed"
    if not is_time(leaf["at"]):
        return "its at is malformed"
    data = leaf["data"]
    if not isinstance(data, dict):
        return "its data is no object"
    for name, value in data.items():
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,63}", name, re.ASCII) is None:
            return "its data has a malformed member"
        if not is_field(value):
            return f"its data.{name} is of no known kind"
    return None


def is_time(text):
    form = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z"
    if not isinstance(text, str) or re.fullmatch(form, text, re.ASCII) is None:
        return False
    try:
        datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
    except ValueError:
        return False
    return True


def is_field(value):
    if isinstance(value, str):
        return is_text(value)
    if isinstance(value, list):
        return len(value) <= LIST_ITEMS_MAX and all(isinstance(item, str) and is_text(item) for item in value)
    if isinstance(value, dict):
        codes = (re.fullmatch(CODE, code, re.ASCII) is not None for code in value)
        return len(value) <= LIST_ITEMS_MAX and all(codes) and all(is_count(count) for count in value.values())
    return isinstance(value, bool) or is_count(value)


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= COUNT_MAX


def is_text(value):
    return re.fullmatch(TEXT, value, re.ASCII) is not None


# --- The two commands ---------------------------------------------------------------------------------------


def verify(folder, vkey, against, holds=(), proofs=()):
    """
    Checks an exported log. `vkey` is the content of a file of keys or None; `against` are pairs of a name and the bytes
    of a checkpoint; `holds` are bytes that some entry has to hold; `proofs` are triples of a number, the proof and the
    entry. Returns the checkpoint; raises DoesNotHold with the first fault.
    """
    own = folder.read("log.vkey", NOTE_BYTES_MAX)
    if vkey is None and own is None:
        raise DoesNotHold("log.vkey: missing, and no --vkey was given")
    beside = [] if own is None else keys_of(own, "log.vkey")
    pinned = beside[-1:] if vkey is None else keys_of(vkey, "--vkey")
    if own is not None and not {key.line for key in pinned} <= {key.line for key in beside}:
        raise DoesNotHold("log.vkey: another key than that of --vkey")
    keys = pinned if own is None else beside
    note = folder.read("checkpoint", NOTE_BYTES_MAX)
    if note is None:
        raise DoesNotHold("checkpoint: missing")
    checkpoint = Checkpoint(note, keys, "checkpoint")
    earlier = [Checkpoint(content, keys, name) for name, content in against]
    earlier += check_proofs(proofs, keys)
    for name in folder.key_changes():
        earlier.append(Checkpoint(folder.read(name, NOTE_BYTES_MAX), keys, name))
        if name != f"key-changes/{earlier[-1].size}.checkpoint":
            raise DoesNotHold(f"{name}: of another size than its name says")
    sizes = {one.size for one in [checkpoint, *earlier] if one.size <= checkpoint.size}
    wanted = set(holds)
    changes, roots = check_entries(folder, checkpoint.size, sizes, wanted)
    check_nothing_more(folder, checkpoint.size)
    checkpoint.recoveries = recoveries_in(changes)
    others = [one for one in [checkpoint, *earlier] if roots.get(one.size) != one.root]
    check_losses(others, checkpoint)
    found = [one for one in [checkpoint, *earlier] if one not in others]
    own_lines = None if own is None else [key.line for key in beside]
    check_keys(changes, {key.line for key in pinned}, own_lines, found)
    for one in others:
        recovery = recovery_of(one, checkpoint)
        raise DoesNotHold(
            f"checkpoint of size {one.size}: entries from {recovery.size} on were lost "
            f"before the log was recovered in entry {recovery.index}"
        )
    for text in holds:
        if text in wanted:
            raise DoesNotHold(f"no entry holds {text.decode('utf-8', 'replace')}")
    return checkpoint


def recovery_of(one, checkpoint):
    """The recovery that names what a checkpoint speaks for as lost, or None."""
    return next((recovery for recovery in checkpoint.recoveries if recovery.loses(one)), None)


def check_losses(others, checkpoint):
    """Checkpoints that the log does not lead to have to be of entries that it says were lost."""
    for one in others:
        if recovery_of(one, checkpoint) is None:
            end = "" if one.size <= checkpoint.size else f": the log ends at {checkpoint.size}"
            raise DoesNotHold(f"inconsistent with checkpoint of size {one.size}{end}")


def check_proofs(proofs, keys):
    """Checks each proof of some entries. Returns the checkpoints that they speak of; raises DoesNotHold."""
    known = {}
    for number, proof, entry in proofs:
        index, path, note = parts_of_proof(proof, f"entry {number}: its proof")
        if index != number:
            raise DoesNotHold(f"entry {number}: its proof is of entry {index}")
        if note not in known:
            known[note] = Checkpoint(note, keys, f"entry {number}: the checkpoint in its proof")
        check_inclusion(index, path, known[note], entry)
    return list(known.values())


def verify_proof(proof, entry, vkey):
    """Checks one entry. Returns its index and the checkpoint; raises DoesNotHold."""
    keys = keys_of(vkey, "--vkey")
    index, path, note = parts_of_proof(proof, "proof")
    checkpoint = Checkpoint(note, keys, "proof: checkpoint")
    check_inclusion(index, path, checkpoint, entry)
    return index, checkpoint


def parts_of_proof(proof, where):
    """The index, the hashes and the note of a checkpoint in a file of c2sp.org/tlog-proof@v1."""
    head, blank, note = proof.partition(b"\n\n")
    if blank == b"":
        raise DoesNotHold(f"{where}: no checkpoint after a blank line")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise DoesNotHold(f"{where}: not text") from None
    if lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise DoesNotHold(f"{where}: not of the form c2sp.org/tlog-proof@v1")
    if lines and lines[0].startswith("extra "):
        from_base64(lines.pop(0)[len("extra ") :], f"{where}: extra")
    if not lines or not lines[0].startswith("index "):
        raise DoesNotHold(f"{where}: no index")
    index = decimal(lines.pop(0)[len("index ") :])
    if index is None:
        raise DoesNotHold(f"{where}: its index is no number")
    if len(lines) > PROOF_HASHES_MAX:
        raise DoesNotHold(f"{where}: too long")
    path = [from_base64(line, where) for line in lines]
    if any(len(step) != HASH_BYTES for step in path):
        raise DoesNotHold(f"{where}: a line is no hash")
    return index, path, note


def check_inclusion(index, path, checkpoint, entry):
    if index >= checkpoint.size:
        raise DoesNotHold(f"entry {index}: not in a log of size {checkpoint.size}")
    if len(entry) > ENTRY_BYTES_MAX:
        raise DoesNotHold(f"entry {index}: longer than {ENTRY_BYTES_MAX} bytes")
    if root_from_path(index, checkpoint.size, leaf_hash(entry), path) != checkpoint.root:
        raise DoesNotHold(f"entry {index}: inconsistent with checkpoint of size {checkpoint.size}")
    fault = leaf_fault(entry)
    if fault is not None:
        raise DoesNotHold(f"entry {index}: {fault}")


def content_of(path, bytes_max=NOTE_BYTES_MAX):
    try:
        with open(path, "rb") as file:
            return file.read(bytes_max + 1)
    except OSError as error:
        raise WrongCall(f"{path}: {error.strerror}") from None


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(
        prog="verify_log.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="verify|proof")
    whole = commands.add_parser("verify", help="an exported log")
    whole.add_argument("dir", metavar="DIR")
    whole.add_argument("--vkey", metavar="FILE", help="the verifier key you were given")
    whole.add_argument("--against", metavar="CHECKPOINT", action="append", default=[], help="one kept from earlier")
    whole.add_argument("--holds", metavar="TEXT", action="append", default=[], help="what some entry has to hold")
    whole.add_argument("--proofs", metavar="FOLDER", help="proofs of some entries, with the entries")
    single = commands.add_parser("proof", help="one entry")
    single.add_argument("proof", metavar="PROOF")
    single.add_argument("entry", metavar="ENTRY")
    single.add_argument("--vkey", metavar="FILE", required=True, help="the verifier key you were given")
    for command in (whole, single):
        command.add_argument("--no-openssl", action="store_true", help="do not ask openssl as well")
    return parser.parse_args(arguments)


def run(options):
    """What holds, in sentences."""
    if options.command == "proof":
        vkey = content_of(options.vkey)
        index, checkpoint = verify_proof(content_of(options.proof), content_of(options.entry), vkey)
        yield f"entry {index} stands in the log of size {checkpoint.size}"
    else:
        vkey = None if options.vkey is None else content_of(options.vkey)
        against = [(path, content_of(path)) for path in options.against]
        if "" in options.holds:
            raise WrongCall("--holds: every entry holds nothing")
        holds = [os.fsencode(text) for text in options.holds]
        proofs = [] if options.proofs is None else list(proofs_in(options.proofs))
        checkpoint = verify(Folder(options.dir), vkey, against, holds, proofs)
        yield f"entries: {checkpoint.size}"
        yield f"root: {base64.b64encode(checkpoint.root).decode('ascii')}"
        yield f"earlier checkpoints: {len(against)}"
        yield from map(str, checkpoint.recoveries)
        if options.holds:
            yield f"texts that entries hold: {len(options.holds)}"
        if options.proofs is not None:
            yield f"proofs of entries: {len(proofs)}"
        if vkey is None:
            yield "key: from the directory itself; compare it with one you were given on another way"
    yield "signature: checked by this program" + (" and by openssl" if use_openssl else " alone")
    yield "all holds"


def main(arguments):
    global use_openssl
    options = parse_arguments(arguments)
    use_openssl = not options.no_openssl and openssl_is_usable()
    try:
        for line in list(run(options)):
            print(line)
        return 0
    except DoesNotHold as fault:
        print(f"does not hold: {fault}")
        return 1
    except WrongCall as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
