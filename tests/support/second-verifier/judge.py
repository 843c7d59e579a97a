"""Judges many altered logs, proofs and notes in one process. Prints JSON.

  judge.py flips DIR FLIPS      FLIPS: lines `["name", offset, mask]`. For each the first fault, or null if it holds.
  judge.py papers BASES CHANGES BASES: {"vkey", "papers": [{"kind", "content", "entry"?}], "entries"}, all base64;
                                CHANGES: lines `[paper, entry, offset, removed, "inserted base64"]`.
                                The numbers of the changed papers that hold.
  judge.py trees DIR            Every DIR/<n>/cases.json, written by judge.py make-trees. For each case the fault or null.
  judge.py make-trees DIR COUNT SEED
"""

import base64
import json
import os
import random
import sys

import made_logs as made
import quick
import verify_log as v


class Patched:
    """Files of a log of which some are replaced, or missing (None)."""

    def __init__(self, files, changes):
        self.files, self.changes = files, changes

    def read(self, name, bytes_max):
        content = self.changes[name] if name in self.changes else self.files.get(name)
        if content is None or len(content) <= bytes_max:
            return content
        return content[: bytes_max + 1]

    def key_changes(self):
        return sorted(name for name in self.files if v.KEY_CHANGE.fullmatch(name))

    def tile_names(self):
        names = {name for name in self.files if name.startswith("tile/")}
        for name, content in self.changes.items():
            if name.startswith("tile/"):
                (names.discard if content is None else names.add)(name)
        return sorted(names)


def read_tree(folder):
    files = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, folder).replace(os.sep, "/")] = file.read()
    return files


def fault_of(files, changes=None, vkey=None, against=()):
    try:
        v.verify(Patched(files, changes or {}), vkey, against)
        return None
    except v.DoesNotHold as fault:
        return str(fault)


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def judge_flips(folder, flips):
    files = read_tree(folder)
    if fault_of(files) is not None:
        raise SystemExit("the log does not hold before it is altered")
    for name, offset, mask in lines_of(flips):
        content = bytearray(files[name])
        content[offset] ^= mask
        yield fault_of(files, {name: bytes(content)})


def paper_holds(kind, content, entry, vkey):
    try:
        if kind == "proof":
            v.verify_proof(content, entry, vkey)
        else:
            v.Checkpoint(content, v.keys_of(vkey, "--vkey"), "note")
        return True
    except v.DoesNotHold:
        return False


def judge_papers(bases, changes):
    with open(bases, encoding="utf-8") as file:
        given = json.load(file)
    vkey = base64.b64decode(given["vkey"])
    entries = [base64.b64decode(entry) for entry in given["entries"]]
    papers = [(paper["kind"], base64.b64decode(paper["content"]), paper.get("entry", 0)) for paper in given["papers"]]
    for kind, content, entry in papers:
        if not paper_holds(kind, content, entries[entry], vkey):
            raise SystemExit("a paper does not hold before it is altered")
    for number, (paper, entry, offset, removed, inserted) in enumerate(lines_of(changes)):
        kind, content, _ = papers[paper]
        altered = content[:offset] + base64.b64decode(inserted) + content[offset + removed :]
        if paper_holds(kind, altered, entries[entry], vkey):
            yield number


# --- Trees of random sizes, honest and tampered with ---------------------------------------------------------


def size_for(rng, number):
    borders = [0, 1, 2, 3] + [2**k + d for k in range(2, 12) for d in (-1, 0, 1)]
    borders += [256 * k + d for k in range(1, 9) for d in (-1, 0, 1)]
    return rng.choice(borders) if number % 2 == 0 else rng.randrange(2_101)


def tampered(rng, entries, key, other, honest):
    """One case by the name of what was done: which files differ, and what should be found in which way."""
    size = len(entries)
    at = rng.randrange(size)
    strange = made.leaf(rng, size + 1)
    edited = entries[:at] + [strange] + entries[at + 1 :]
    swap = (at + 1) % size
    swapped = list(entries)
    swapped[at], swapped[swap] = swapped[swap], swapped[at]
    bundle = made.place("entries", at // 256, min(256, size - at // 256 * 256))
    tile = made.place(0, at // 256, min(256, size - at // 256 * 256))
    kinds = {
        "entry": lambda: {bundle: made.exported(edited, key)[bundle]},
        "tile": lambda: {tile: made.exported(edited, key)[tile]},
        "missing": lambda: {rng.choice(sorted(name for name in honest if name.startswith("tile/"))): None},
        "stray": lambda: {f"tile/entries/{rng.randrange(20, 999):03d}": honest[bundle]},
        "shortened": lambda: {bundle: honest[bundle][: rng.randrange(len(honest[bundle]))]},
        "edited": lambda: {**made.exported(edited, key), "checkpoint": honest["checkpoint"]},
        "swapped": lambda: {**made.exported(swapped, key), "checkpoint": honest["checkpoint"]},
        "deleted": lambda: {**made.exported(entries[:at] + entries[at + 1 :], key), "checkpoint": honest["checkpoint"]},
        "rewritten": lambda: made.exported(edited, key),
        "rolled-back": lambda: made.exported(entries[:at], key),
        "other-key": lambda: made.exported(entries, other),
    }
    kind = rng.choice(sorted(kinds))
    files = kinds[kind]()
    if kind in ("edited", "swapped", "deleted", "rewritten", "rolled-back", "other-key"):
        files = {**{name: None for name in honest if name not in files}, **files}
    changes = {name: content for name, content in files.items() if honest.get(name) != content}
    return kind, at, changes


def make_trees(folder, count, seed):
    rng = random.Random(seed)
    key, other = made.LogKey("trees", "mimamori.example/trees"), made.LogKey("others", "mimamori.example/trees")
    pool = made.leaves(seed, 3_000)
    for number in range(count):
        size = size_for(rng, number)
        entries = pool[rng.randrange(800) :][:size]
        honest = made.exported(entries, key)
        against = {
            str(at): key.checkpoint(at, made.merkle_root(made.leaf_hashes(entries[:at])))
            for at in {0, size, rng.randrange(size + 1), size // 2}
        }
        cases = [{"kind": "honest", "at": 0, "changes": {}, "against": sorted(against)}]
        if size > 1:
            fork = entries[:-1] + [made.leaf(rng, 9)]
            against["fork"] = key.checkpoint(size, made.merkle_root(made.leaf_hashes(fork)))
            cases.append({"kind": "fork", "at": size - 1, "changes": {}, "against": ["fork"]})
        for _ in range(2 if size > 0 else 0):
            kind, at, changes = tampered(rng, entries, key, other, honest)
            packed = {
                name: None if content is None else base64.b64encode(content).decode("ascii")
                for name, content in changes.items()
            }
            for names in ([], [str(size)]):
                cases.append({"kind": kind, "at": at, "changes": packed, "against": names})
        place = os.path.join(folder, str(number))
        made.write(place, {f"log/{name}": content for name, content in honest.items()})
        made.write(place, {f"against/{name}": content for name, content in against.items()})
        made.write(place, {"cases.json": json.dumps(cases).encode("ascii")})


def judge_trees(folder):
    for number in sorted(os.listdir(folder), key=int):
        place = os.path.join(folder, number)
        honest = read_tree(os.path.join(place, "log"))
        against = read_tree(os.path.join(place, "against"))
        with open(os.path.join(place, "cases.json"), encoding="utf-8") as file:
            cases = json.load(file)
        for case in cases:
            changes = {
                name: None if content is None else base64.b64decode(content)
                for name, content in case["changes"].items()
            }
            yield fault_of(honest, changes, None, [(name, against[name]) for name in case["against"]])


def main(command, *arguments):
    if command == "make-trees":
        make_trees(arguments[0], int(arguments[1]), int(arguments[2]))
        return
    quick.install()
    judge = {"flips": judge_flips, "papers": judge_papers, "trees": judge_trees}[command]
    json.dump(list(judge(*arguments)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
