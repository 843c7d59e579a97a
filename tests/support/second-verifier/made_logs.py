"""Makes logs of leaves for tests, as exported trees in memory: {name: bytes}. Shares nothing with the program but the
pages in docs/formats and the C2SP specifications; Merkle roots are computed in another way than in verify_log.py."""

import base64
import hashlib
import json
import os
import random
import sys

import verify_log as v


class LogKey:
    """An Ed25519 key from a seed (RFC 8032 section 5.1.5 and 5.1.6)."""

    def __init__(self, seed, name):
        digest = hashlib.sha512(hashlib.sha256(seed.encode("utf-8")).digest()).digest()
        scalar = int.from_bytes(digest[:32], "little")
        self._scalar = scalar & ((1 << 254) - 8) | (1 << 254)
        self._prefix = digest[32:]
        self.name = name
        self.public_key = v.encode_point(times_base(self._scalar))
        self.id = hashlib.sha256(name.encode("utf-8") + b"\n\x01" + self.public_key).digest()[:4]

    @property
    def vkey(self):
        material = base64.b64encode(b"\x01" + self.public_key).decode("ascii")
        return f"{self.name}+{self.id.hex()}+{material}\n".encode("utf-8")

    def sign(self, message):
        r = int.from_bytes(hashlib.sha512(self._prefix + message).digest(), "little") % v.L
        big_r = v.encode_point(times_base(r))
        h = int.from_bytes(hashlib.sha512(big_r + self.public_key + message).digest(), "little") % v.L
        return big_r + ((r + h * self._scalar) % v.L).to_bytes(32, "little")

    def note(self, text):
        blob = base64.b64encode(self.id + self.sign(text.encode("utf-8"))).decode("ascii")
        return f"{text}\n\u2014 {self.name} {blob}\n".encode("utf-8")

    def checkpoint(self, size, root):
        return self.note(f"{self.name}\n{size}\n{base64.b64encode(root).decode('ascii')}\n")


def doublings_of(point):
    result = []
    for _ in range(256):
        result.append(point)
        point = v.add(point, point)
    return result


BASE_DOUBLINGS = doublings_of(v.BASE)


def times_base(scalar):
    result = v.NEUTRAL
    for bit in range(scalar.bit_length()):
        if scalar >> bit & 1:
            result = v.add(result, BASE_DOUBLINGS[bit])
    return result


def leaf(rng, number):
    """Canonical JSON of one act; ASCII only, so that sorting by code point is sorting as RFC 8785 does."""
    digest = rng.randbytes(32).hex()
    act, target, data = rng.choice(
        [
            ("officer-disable", "officer:sato", {"officer": "sato", "reason": digest}),
            ("incident-close", f"incident:shop-{number}", {"incident": f"shop-{number}"}),
            ("bins-import", "bins:table", {"table": digest, "ranges": number, "source": digest[::-1]}),
            ("anchor-refill", "log:anchor", {"added": number}),
            ("permission-refused", f"handoff:h{number}", {"asked": "handoff-approve", "officer": "tanaka"}),
            ("handoff-overdue", f"handoff:h{number}",
             {"handoff": f"h{number}", "officer": "sato", "due": "2026-11-22T01:05:00Z"}),
        ]
    )
    refused = rng.random() < 0.1
    if refused:
        data["code"] = "plan-expired"
    second = number % 86_400
    return json.dumps(
        {
            "v": 1,
            "salt": rng.randbytes(16).hex(),
            "at": f"2026-11-22T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.{number % 1000:03d}Z",
            "actor": rng.choice(["sato", "tanaka", "system"]),
            "act": act,
            "result": "refused" if refused else "done",
            "origin": rng.choice(["cli", "cli:host-7", "http:192.0.2.1"]),
            "object": target,
            "data": data,
        },
        sort_keys=True,
        separators=(",", ":"),
    ).encode("ascii")


def leaves(seed, count):
    rng = random.Random(seed)
    return [leaf(rng, number) for number in range(count)]


def largest_power_below(count):
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def merkle_root(hashes):
    """RFC 6962 section 2.1 read literally, over a list."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = largest_power_below(len(hashes))
    return hashlib.sha256(b"\x01" + merkle_root(hashes[:k]) + merkle_root(hashes[k:])).digest()


def inclusion_path(index, hashes):
    """PATH of RFC 6962 section 2.1.1."""
    if len(hashes) <= 1:
        return []
    k = largest_power_below(len(hashes))
    if index < k:
        return inclusion_path(index, hashes[:k]) + [merkle_root(hashes[k:])]
    return inclusion_path(index - k, hashes[k:]) + [merkle_root(hashes[:k])]


def leaf_hashes(entries):
    return [hashlib.sha256(b"\x00" + entry).digest() for entry in entries]


def place(level, index, width):
    """Path of a tile, from the example of tlog-tiles: 1234067 is x001/x234/067."""
    digits = str(index)
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{path}" + (f".p/{width}" if width < 256 else "")


def exported(entries, key, signed=None):
    """The exported tree of a log; `signed` are other entries for the checkpoint, to make a false one."""
    files = {"log.vkey": key.vkey}
    hashes = leaf_hashes(entries)
    files["checkpoint"] = key.checkpoint(len(entries), merkle_root(hashes if signed is None else leaf_hashes(signed)))
    for at in range(0, len(entries), 256):
        part = entries[at : at + 256]
        files[place("entries", at // 256, len(part))] = b"".join(
            len(entry).to_bytes(2, "big") + entry for entry in part
        )
    level = 0
    while hashes:
        for at in range(0, len(hashes), 256):
            part = hashes[at : at + 256]
            files[place(level, at // 256, len(part))] = b"".join(part)
        hashes = [merkle_root(hashes[at : at + 256]) for at in range(0, len(hashes) - 255, 256)]
        level += 1
    return files


def proof(index, entries, note):
    """A file of c2sp.org/tlog-proof@v1 for one entry of the log of `entries`, whose checkpoint is `note`."""
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}"]
    lines += [base64.b64encode(step).decode("ascii") for step in inclusion_path(index, leaf_hashes(entries))]
    return ("\n".join(lines) + "\n\n").encode("ascii") + note


class MemoryFolder:
    """Stands in for verify_log.Folder."""

    def __init__(self, files):
        self.files = files

    def read(self, name, bytes_max):
        content = self.files.get(name)
        return None if content is None else content[: bytes_max + 1]

    def tile_names(self):
        return sorted(name for name in self.files if name.startswith("tile/"))

    def key_changes(self):
        return sorted(name for name in self.files if name.startswith("key-changes/"))


def vkey_of(name, public_key):
    """A verifier key of any 32 bytes, its id computed as it must be."""
    key_id = hashlib.sha256(name.encode("utf-8") + b"\n\x01" + public_key).digest()[:4]
    return f"{name}+{key_id.hex()}+{base64.b64encode(bytes([1]) + public_key).decode('ascii')}\n".encode("utf-8")


def small_order_encodings():
    """Every 32 bytes that could be read as a point of order 1, 2, 4 or 8, also in spellings with y >= p or -0."""
    # Any point times the prime order of the base is one of the eight; some point gives one of order 8.
    y, points = 2, set()
    while len(points) < 8:
        point = v.decode_point(y.to_bytes(32, "little"))
        y += 1
        if point is None:
            continue
        torsion = v.multiply(v.L, point)
        points = {v.encode_point(v.multiply(times, torsion)) for times in range(8)}
    encodings = set()
    for encoded in points:
        value = int.from_bytes(encoded, "little") & (2**255 - 1)
        for spelled in (value, value + v.P):
            if spelled < 2**255:
                encodings.update((spelled | sign << 255).to_bytes(32, "little") for sign in (0, 1))
    return sorted(encodings)


def write(folder, files):
    for name, content in files.items():
        path = os.path.join(folder, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)


def write_samples(folder):
    """The log of 600 entries, its state at 400, a proof, a log with another past, and the same one signed by others."""
    key, other = LogKey("one key", "mimamori.example/test"), LogKey("another key", "mimamori.example/test")
    entries = leaves(7, 600)
    whole = exported(entries, key)
    forked = entries[:5] + entries[6:7] + entries[5:6] + entries[7:]
    write(os.path.join(folder, "log"), whole)
    write(os.path.join(folder, "forked"), exported(forked, key))
    write(os.path.join(folder, "others"), exported(entries, other))
    earlier = key.checkpoint(400, merkle_root(leaf_hashes(entries[:400])))
    proof_of_517 = proof(517, entries, whole["checkpoint"])
    write(folder, {"400.checkpoint": earlier, "517.tlog-proof": proof_of_517})
    write(folder, {"516.entry": entries[516], "517.entry": entries[517]})


if __name__ == "__main__":
    write_samples(sys.argv[1])
