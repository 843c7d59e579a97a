"""Tests of verify_log.py by published vectors and by trees that another program made: python3 -B -m unittest"""

import base64
import hashlib
import json
import os
import random
import shutil
import tempfile
import unittest

import made_logs as made
import verify_log as v

RFC_8032 = [  # section 7.1: public key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
C2SP_VKEY = b"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2O"
    "NncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode("utf-8")
RFC_6962_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
RFC_6962_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
KEY = made.LogKey("one key", "mimamori.example/drill/shop-a")
OTHER = made.LogKey("another key", "mimamori.example/drill/shop-a")
ENTRIES = made.leaves(7, 600)
LEAF = (
    b'{"act":"officer-add","actor":"sato","at":"2026-11-22T01:05:00.000Z","data":{"fingerprint":'
    b'"0123456789ABCDEF0123456789ABCDEF01234567","name":'
    b'"a139df8cf2e65ae0dd1655d4c3a30afac4dfccbaf1a22a5db7b2d891d455e7f4","officer":"tanaka","roles":["approver"]},'
    b'"object":"officer:tanaka","origin":"cli","result":"done","salt":"3b1f9c44d07e4a28956ac1e0f7d2b813","v":1}'
)


def fault_of(files, vkey=None, against=(), holds=()):
    try:
        v.verify(made.MemoryFolder(files), vkey, list(against), list(holds))
        return None
    except v.DoesNotHold as fault:
        return str(fault)


def checkpoint_of(entries, key=KEY):
    return key.checkpoint(len(entries), made.merkle_root(made.leaf_hashes(entries)))


class Ed25519(unittest.TestCase):
    def test_takes_the_signatures_of_the_rfc_and_no_changed_ones(self):
        for key, message, signature in ([bytes.fromhex(part) for part in row] for row in RFC_8032):
            self.assertTrue(v.ed25519_holds(key, message, signature))
            for at in range(64):
                changed = signature[:at] + bytes([signature[at] ^ 1 << at % 8]) + signature[at + 1 :]
                self.assertFalse(v.ed25519_holds(key, message, changed))
            self.assertFalse(v.ed25519_holds(key, message + b"x", signature))

    def test_is_of_one_mind_with_openssl(self):
        rng = random.Random(8032)
        for _ in range(5):
            message = rng.randbytes(rng.randrange(1, 300))
            signature = KEY.sign(message)
            changed = bytearray(signature)
            changed[rng.randrange(64)] ^= 1 << rng.randrange(8)
            for one in (signature, bytes(changed)):
                self.assertEqual(
                    v.ed25519_holds(KEY.public_key, message, one), v.openssl_holds(KEY.public_key, message, one)
                )

    def test_refuses_another_spelling_of_a_number(self):
        signature = KEY.sign(b"text")
        s = int.from_bytes(signature[32:], "little")
        for more in range(1, 8):
            again = signature[:32] + (s + more * v.L).to_bytes(32, "little")
            self.assertFalse(v.ed25519_holds(KEY.public_key, b"text", again))

    def test_refuses_keys_of_small_order_and_unusual_spelling(self):
        for point in made.small_order_encodings():
            # Under the neutral element S = 0 and R = 0·B would hold for every text.
            for r in (point, v.encode_point(v.NEUTRAL)):
                self.assertFalse(v.ed25519_holds(point, b"any", r + bytes(32)))
            with self.assertRaises(v.DoesNotHold):
                v.keys_of(made.vkey_of("a", point), "key")

    def test_refuses_wrong_lengths(self):
        signature = KEY.sign(b"text")
        for wrong in (b"", signature[:-1], signature + b"\0", signature * 2):
            self.assertFalse(v.ed25519_holds(KEY.public_key, b"text", wrong))
        for wrong in (b"", KEY.public_key[:-1], KEY.public_key + b"\0"):
            self.assertFalse(v.ed25519_holds(wrong, b"text", signature))


class Notes(unittest.TestCase):
    def text(self, note, vkey=C2SP_VKEY):
        return v.signed_text(note, v.keys_of(vkey, "key"), "note")[0]

    def test_takes_the_note_of_the_specification(self):
        self.assertEqual(self.text(C2SP_NOTE), "This is an example message.\n")

    def test_skips_signatures_of_others(self):
        line = KEY.note("other\n").split(b"\n\n")[1]
        self.assertEqual(self.text(C2SP_NOTE + line), "This is an example message.\n")
        self.assertEqual(self.text(C2SP_NOTE + line * 15), "This is an example message.\n")

    def test_refuses_other_forms(self):
        other = KEY.note("other\n").split(b"\n\n")[1]
        signature = C2SP_NOTE.split(b"\n\n")[1]
        bad = signature[:60] + b"AAAA" + signature[64:]
        for note in (
            C2SP_NOTE.replace(b"\n", b"\r\n"),
            C2SP_NOTE.replace("\u2014".encode(), b"-"),
            C2SP_NOTE.replace(b"\n\n", b"\n"),
            C2SP_NOTE.replace(b"\n\n", b"\n\n\n"),
            C2SP_NOTE.replace(b"=\n", b"\n"),
            C2SP_NOTE.replace(b"M=\n", b"N=\n"),
            C2SP_NOTE[:-1],
            C2SP_NOTE + b"\n",
            C2SP_NOTE + signature,
            C2SP_NOTE + bad,
            bad + C2SP_NOTE,
            C2SP_NOTE + other * 16,
            C2SP_NOTE.replace(b"This", b"\tThis"),
            C2SP_NOTE.replace(b"This", b"\xffThis"),
            C2SP_NOTE.replace(b"foo U", b"fo+o U"),
            b"",
            b"\n\n",
        ):
            with self.assertRaises(v.DoesNotHold):
                self.text(note)


class Trees(unittest.TestCase):
    def test_has_the_roots_of_the_reference(self):
        hashes = [v.leaf_hash(bytes.fromhex(leaf)) for leaf in RFC_6962_LEAVES]
        for count, root in enumerate(RFC_6962_ROOTS, 1):
            self.assertEqual(v.tree_hash(b"".join(hashes[:count])).hex(), root)

    def test_takes_every_path_of_small_trees_and_no_other(self):
        hashes = made.leaf_hashes(ENTRIES[:40])
        for size in range(1, 34):
            root = made.merkle_root(hashes[:size])
            for index in range(size):
                path = made.inclusion_path(index, hashes[:size])
                self.assertEqual(v.root_from_path(index, size, hashes[index], path), root)
                self.assertNotEqual(v.root_from_path(index, size, hashes[index], path + [root]), root)
                self.assertNotEqual(v.root_from_path(index, size, hashes[39], path), root)
                self.assertTrue(not path or v.root_from_path(index, size, hashes[index], path[:-1]) != root)

    def test_names_tiles_as_the_specification_does(self):
        self.assertEqual(v.tile_path(0, 1234067, 256), "tile/0/x001/x234/067")
        self.assertEqual(v.tile_path("entries", 273, 112), "tile/entries/273.p/112")
        self.assertEqual(made.place(0, 1234067, 256), "tile/0/x001/x234/067")

    def test_holds_for_sizes_around_the_borders(self):
        for size in (0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 600):
            files = made.exported(ENTRIES[:size], KEY)
            against = [(str(at), checkpoint_of(ENTRIES[:at])) for at in {0, 1, size // 2, size} if at <= size]
            self.assertIsNone(fault_of(files, KEY.vkey, against), size)

    def test_takes_narrower_tiles_of_earlier_sizes_and_nothing_else(self):
        files = made.exported(ENTRIES[:300], KEY)
        earlier = {**made.exported(ENTRIES[:20], KEY), **made.exported(ENTRIES[:270], KEY), **files}
        self.assertIsNone(fault_of(earlier))
        for name in ("tile/0/002", "tile/0/001.p/45", "tile/x", "tile/0/000.p/0", "tile/2/000.p/1", "tile/entries/001"):
            self.assertIsNotNone(fault_of({**files, name: b""}), name)
        changed = bytearray(earlier["tile/0/000.p/20"])
        changed[0] ^= 1
        self.assertIsNotNone(fault_of({**earlier, "tile/0/000.p/20": bytes(changed)}))

    def test_names_the_entry_at_which_entries_and_tiles_part(self):
        files = made.exported(ENTRIES, KEY)
        changed = ENTRIES[:517] + [made.leaf(random.Random(1), 1)] + ENTRIES[518:]
        false = made.exported(changed, KEY)
        self.assertIn("entry 517:", fault_of({**files, "tile/entries/002.p/88": false["tile/entries/002.p/88"]}))
        self.assertIn("entry 517:", fault_of({**files, "tile/0/002.p/88": false["tile/0/002.p/88"]}))
        self.assertIn("entry 256:", fault_of({**files, "tile/1/000.p/2": files["tile/1/000.p/2"][:32] + bytes(32)}))
        self.assertIn("entry 256:", fault_of({k: f for k, f in files.items() if k != "tile/entries/001"}))

    def test_names_the_checkpoint_that_is_contradicted(self):
        files = made.exported(ENTRIES, KEY)
        changed = made.exported(ENTRIES[:5] + ENTRIES[6:7] + ENTRIES[5:6] + ENTRIES[7:], KEY)
        old = [("old", checkpoint_of(ENTRIES[:400]))]
        self.assertEqual(
            fault_of({**changed, "checkpoint": files["checkpoint"]}), "inconsistent with checkpoint of size 600"
        )
        self.assertIsNone(fault_of(changed))
        self.assertEqual(fault_of(changed, None, old), "inconsistent with checkpoint of size 400")
        rolled_back = made.exported(ENTRIES[:300], KEY)
        self.assertIn("inconsistent with checkpoint of size 400", fault_of(rolled_back, None, old))

    def test_does_not_believe_the_key_of_the_directory_where_one_was_given(self):
        forged = made.exported(ENTRIES[:9], OTHER)
        self.assertIsNone(fault_of(forged))
        self.assertIn("log.vkey", fault_of(forged, KEY.vkey))
        self.assertIn("old", fault_of(forged, None, [("old", checkpoint_of(ENTRIES[:5]))]))


    def test_finds_a_text_within_one_entry_and_nowhere_else(self):
        files = made.exported(ENTRIES, KEY)
        salts = [v.json.loads(ENTRIES[at])["salt"].encode("ascii") for at in (0, 300, 599)]
        self.assertIsNone(fault_of(files, None, (), salts))
        self.assertEqual(fault_of(files, None, (), [*salts, b"nowhere"]), "no entry holds nowhere")
        self.assertIn("no entry holds", fault_of(files, None, (), [ENTRIES[0][-9:] + ENTRIES[1][:9]]))
        self.assertIn("no entry holds", fault_of({**files, "README.md": b"beside"}, None, (), [b"beside"]))


    def test_checks_proofs_beside_a_log_against_that_log(self):
        files = made.exported(ENTRIES[:300], KEY)

        def fault(proofs, log=files):
            try:
                v.verify(made.MemoryFolder(log), None, [], (), proofs)
                return None
            except v.DoesNotHold as fault:
                return str(fault)

        def proven(index, entries=ENTRIES[:20], key=KEY):
            return made.proof(index, entries, checkpoint_of(entries, key))

        pairs = [(at, proven(at), ENTRIES[at]) for at in (0, 7, 19)]
        self.assertIsNone(fault(pairs))
        self.assertEqual(fault([*pairs, (8, proven(7), ENTRIES[7])]), "entry 8: its proof is of entry 7")
        self.assertIn("entry 7: inconsistent", fault([*pairs, (7, proven(7), ENTRIES[8])]))
        self.assertIn("entry 7: the checkpoint in its proof", fault([(7, proven(7, key=OTHER), ENTRIES[7])]))
        self.assertIn("entry 7: its proof", fault([(7, b"", ENTRIES[7])]))
        # Each proof holds by itself, and speaks of a log that is not the beginning of this one.
        other = ENTRIES[:6] + ENTRIES[7:8] + ENTRIES[6:7] + ENTRIES[8:20]
        self.assertEqual(
            fault([(7, proven(7, other), other[7])]), "inconsistent with checkpoint of size 20"
        )
        longer = [(7, proven(7, ENTRIES[:400]), ENTRIES[7])]
        self.assertIn("inconsistent with checkpoint of size 400", fault(longer))


class Folders(unittest.TestCase):
    def setUp(self):
        self.path = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.path)
        self.log = os.path.join(self.path, "log")
        for name, content in {**made.exported(ENTRIES[:300], KEY), "README.md": b""}.items():
            place = os.path.join(self.log, *name.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(content)

    def fault(self, path=None):
        try:
            v.verify(v.Folder(path or self.log), None, [])
            return None
        except v.DoesNotHold as fault:
            return str(fault)

    def test_refuses_what_is_no_part_of_a_log(self):
        self.assertIsNone(self.fault())
        for name in ("more", "tile/entries/more", "tile/more", "checkpoint.old"):
            place = os.path.join(self.log, name)
            with open(place, "wb"):
                pass
            self.assertEqual(self.fault(), f"{name}: not a file of this log")
            os.remove(place)

    def test_refuses_links_and_what_is_no_file(self):
        for name in ("tile/entries", "tile/entries/000", "checkpoint", "README.md"):
            place, away = os.path.join(self.log, name), os.path.join(self.path, "away")
            os.rename(place, away)
            os.symlink(away, place)
            self.assertEqual(self.fault(), f"{name}: neither a file nor a directory")
            os.remove(place)
            os.rename(away, place)
        os.mkfifo(os.path.join(self.log, "tile", "pipe"))
        self.assertEqual(self.fault(), "tile/pipe: neither a file nor a directory")
        link = os.path.join(self.path, "link")
        os.symlink(self.log, link)
        for path in (link, link + os.sep):
            self.assertIn("a link, not a directory", self.fault(path))


    def test_takes_a_proof_and_its_entry_for_each_number_and_nothing_else(self):
        folder = os.path.join(self.path, "proofs")
        os.mkdir(folder)

        def write(*names):
            for name in names:
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(name.encode("ascii"))

        write("10.entry", "10.tlog-proof", "9.entry", "9.tlog-proof")
        expected = [(n, f"{n}.tlog-proof".encode("ascii"), f"{n}.entry".encode("ascii")) for n in (9, 10)]
        self.assertEqual(list(v.proofs_in(folder)), expected)
        for name, said in (
            ("11.entry", "11.tlog-proof: missing"), ("11.tlog-proof", "11.entry: missing"),
            ("010.entry", "neither a proof"), ("more", "neither a proof"), ("11.entry.txt", "neither a proof"),
        ):
            write(name)
            with self.assertRaisesRegex(v.DoesNotHold, said):
                list(v.proofs_in(folder))
            os.remove(os.path.join(folder, name))
        os.symlink("10.entry", os.path.join(folder, "11.entry"))
        with self.assertRaisesRegex(v.DoesNotHold, "neither a file nor a directory"):
            list(v.proofs_in(folder))


class Proofs(unittest.TestCase):
    def test_holds_for_each_entry_and_no_other(self):
        note = checkpoint_of(ENTRIES[:23])
        for index in range(23):
            proof = made.proof(index, ENTRIES[:23], note)
            self.assertEqual(v.verify_proof(proof, ENTRIES[index], KEY.vkey)[0], index)
            with self.assertRaises(v.DoesNotHold):
                v.verify_proof(proof, ENTRIES[index + 1], KEY.vkey)
            with self.assertRaises(v.DoesNotHold):
                v.verify_proof(proof, ENTRIES[index], OTHER.vkey)
            with self.assertRaises(v.DoesNotHold):
                v.verify_proof(made.proof(index, ENTRIES[:22] or [], note), ENTRIES[index], KEY.vkey)

    def test_takes_extra_data_that_is_base64(self):
        proof = made.proof(3, ENTRIES[:9], checkpoint_of(ENTRIES[:9]))
        head, rest = proof.split(b"\n", 1)
        v.verify_proof(head + b"\nextra AAAA\n" + rest, ENTRIES[3], KEY.vkey)
        for extra in (b"extra", b"extra AAA", b"extra AAAA\nextra AAAA", b"Extra AAAA"):
            with self.assertRaises(v.DoesNotHold):
                v.verify_proof(head + b"\n" + extra + b"\n" + rest, ENTRIES[3], KEY.vkey)


class Leaves(unittest.TestCase):
    def test_takes_the_leaf_of_the_page(self):
        self.assertIsNone(v.leaf_fault(LEAF))
        self.assertEqual(
            v.leaf_hash(LEAF).hex(), "0a9da4edc1b0e1152f923f9905e16007155de3f65513a9f88c5083ca47480e90"
        )
        name = bytes.fromhex("3b1f9c44d07e4a28956ac1e0f7d2b813") + "田中 花子".encode("utf-8")
        self.assertIn(hashlib.sha256(name).hexdigest().encode(), LEAF)

    def test_refuses_other_spellings_and_forms(self):
        for old, new in (
            (b'"v":1', b'"v": 1'), (b'"v":1', b'"v":1.0'), (b'"v":1', b'"v":true'), (b'"v":1', b'"v":2'),
            (b'"v":1', b'"v":1,"w":1'), (b'"v":1', b'"v":1,"v":1'), (b',"v":1', b""), (b'"v":1', b'"v":null'),
            (b'"sato"', b'"s\\u0061to"'), (b'"sato"', b'"sa to"'), (b'"sato"', b'"\\ud800"'), (b'"sato"', b'""'),
            (b'"sato"', b'5'), (b"3b1f", b"3B1F"), (b"3b1f", b"3b1"), (b'"done"', b'"maybe"'), (b"01:05", b"25:05"),
            (b"11-22", b"02-30"), (b"00.000Z", b"00Z"), (b'["approver"]', b'"some words"'),
            (b'["approver"]', b'[null]'), (b'["approver"]', b'null'), (b'["approver"]', b'-1'),
            (b'["approver"]', b'1000000000000'), (b'["approver"]', b'{"a b":1}'), (b'["approver"]', b'{"a":{}}'),
            (b'["approver"]', "\"田中\"".encode()), (b'"cli"', b'"CLI"'), (b'"officer:tanaka"', b'"tanaka"'),
            (b'["approver"]', b'[' * 5000 + b']' * 5000), (b'{"act"', b'\xef\xbb\xbf{"act"'),
        ):
            self.assertIn(old, LEAF)
            self.assertIsNotNone(v.leaf_fault(LEAF.replace(old, new, 1)), new[:40])
        for entry in (b"", b"{}", b"[]", b"null", b"\xff", LEAF + b"\n", b" " + LEAF):
            self.assertIsNotNone(v.leaf_fault(entry))

    def test_takes_every_kind_of_field(self):
        for field in (
            b'["approver"]', b"[]", b"{}", b'{"a-b":0,"c_d":999999999999}', b"0", b"false",
            b'"SHA256:' + b"a+/" * 14 + b'Z"', b'"' + KEY.vkey.strip() + b'"', b'"2026-11-22T01:05:00+09:00"',
        ):
            self.assertIsNone(v.leaf_fault(LEAF.replace(b'["approver"]', field)), field)


def key_leaf(act, **data):
    leaf = {**json.loads(LEAF), "act": act, "data": data}
    return json.dumps(leaf, sort_keys=True, separators=(",", ":")).encode("ascii")


def changed_keys():
    """20 entries: the key changes at 9, the old one ends at 14."""
    old, new = (key.vkey.decode("ascii").strip() for key in (KEY, OTHER))
    entries = list(ENTRIES[:20])
    entries[9] = key_leaf("log-key-rotate", vkey=new, replaced=old)
    entries[14] = key_leaf("log-key-retire", vkey=old)
    return entries


def joint(entries):
    return checkpoint_of(entries) + checkpoint_of(entries, OTHER).split(b"\n\n")[1]


class VerifierKeys(unittest.TestCase):
    def test_takes_a_checkpoint_by_each_key_that_a_log_had_in_its_time(self):
        entries, both = changed_keys(), KEY.vkey + OTHER.vkey
        files = {**made.exported(entries, OTHER), "log.vkey": both}
        old = [("old", checkpoint_of(entries[:9]))]
        signed = joint(entries[:12])
        for vkey in (None, KEY.vkey, OTHER.vkey, both):
            self.assertIsNone(fault_of({**files, "key-changes/12.checkpoint": signed}, vkey, old))
        for vkey in (None, OTHER.vkey, both):
            self.assertIsNone(fault_of(files, vkey, old))
        self.assertIn("entry 9: no checkpoint", fault_of(files, KEY.vkey, old))
        for wrong in (checkpoint_of(entries[:12]), checkpoint_of(entries[:12], OTHER)):
            said = fault_of({**files, "key-changes/12.checkpoint": wrong})
            self.assertEqual(said, "key-changes/12.checkpoint: not signed by the keys of its time")
        self.assertIn("of its time", fault_of(files, None, [("old", joint(entries[:9]))]))
        self.assertIn("of its time", fault_of(files, None, [("late", joint(entries[:16]))]))
        self.assertIn("its name", fault_of({**files, "key-changes/13.checkpoint": signed}))
        self.assertIn("log.vkey", fault_of({**files, "log.vkey": OTHER.vkey}, None, []))
        self.assertIn("log.vkey", fault_of({**files, "log.vkey": KEY.vkey}, OTHER.vkey))

    def test_takes_no_key_that_no_entry_names(self):
        files = made.exported(ENTRIES[:20], OTHER)
        both = KEY.vkey + OTHER.vkey
        self.assertIn("log.vkey: holds keys", fault_of({**files, "log.vkey": both}))
        self.assertIn("not signed by a key that you trust", fault_of({**files, "log.vkey": both}, KEY.vkey))
        for wrong in (KEY.vkey * 2, KEY.vkey + b"\n" + OTHER.vkey, made.vkey_of("a", OTHER.public_key) + KEY.vkey):
            self.assertIn("log.vkey", fault_of({**files, "log.vkey": wrong}))

    def test_refuses_what_is_no_key(self):
        good = KEY.vkey
        v.keys_of(good, "key")
        v.keys_of(good[:-1], "key")
        name, key_id, material = good.strip().split(b"+", 2)
        ecdsa = base64.b64encode(b"\x02" + KEY.public_key)
        for wrong in (
            b"", good + b"\n", good.replace(b"\n", b"\r\n"), b" " + good, name + b"+" + key_id.upper() + b"+" + material,
            name + b"x+" + key_id + b"+" + material, name + b"+" + key_id + b"+" + ecdsa,
            b"+" + key_id + b"+" + material, name + b"+00000000+" + material, material, good[:-3] + b"\n",
        ):
            if wrong != good:
                with self.assertRaises(v.DoesNotHold):
                    v.keys_of(wrong, "key")


RECOVERED = made.LogKey("recovery", KEY.name + "/recovered-0f0f0f0f0f0f0f0f")
AGAIN = made.LogKey("second recovery", KEY.name + "/recovered-abababababababab")


def recovery_leaf(kept, size, anchored, key=RECOVERED, before=KEY, **more):
    """The entry after `kept`, the log having lost what stood from `size` on up to `anchored`."""
    data = {
        "vkey": key.vkey.decode("ascii").strip(), "replaced": before.vkey.decode("ascii").strip(),
        "size": size, "root": made.merkle_root(made.leaf_hashes(kept[:size])).hex(),
        "anchored": anchored, "anchoredRoot": "ab" * 32, "statement": "cd" * 32,
        "requester": "officer-1", "requesterFingerprint": "AB" * 20,
        "officer": "approver-1", "fingerprint": "CD" * 32, **more,
    }
    return key_leaf("log-recover", **{name: value for name, value in data.items() if value is not None})


def recovered(kept=11, size=8, anchored=14, after=5, **more):
    """What a log holds that lost entries from `size` on: `kept` entries, the one of the recovery, and some more."""
    entries = ENTRIES[:kept]
    return [*entries, recovery_leaf(entries, size, anchored, **more), *ENTRIES[300 : 300 + after]]


def recovered_files(entries, keys=(KEY, RECOVERED)):
    return {**made.exported(entries, keys[-1]), "log.vkey": b"".join(key.vkey for key in keys)}


class Recoveries(unittest.TestCase):
    def test_takes_a_log_that_goes_on_under_another_key_and_name(self):
        files = recovered_files(recovered())
        old = [(str(at), checkpoint_of(ENTRIES[:at])) for at in (1, 7, 8)]
        for vkey in (None, RECOVERED.vkey, KEY.vkey + RECOVERED.vkey):
            self.assertIsNone(fault_of(files, vkey, old))
        (told,) = v.verify(made.MemoryFolder(files), None, []).recoveries
        self.assertEqual(
            str(told),
            "recovered in entry 11: entries 8 to 13 are lost, "
            f"asked for by officer-1 ({'AB' * 20}), approved by approver-1 ({'CD' * 32}), "
            f"statement {'cd' * 32}, key {RECOVERED.vkey.decode('ascii').strip()}",
        )

    def test_derives_the_root_from_which_entries_were_lost(self):
        for kept, size in ((11, 0), (11, 1), (11, 11), (300, 255), (300, 256), (300, 257), (560, 512), (560, 555)):
            self.assertIsNone(fault_of(recovered_files(recovered(kept, size, kept + 9))), (kept, size))
            for wrong in ("00" * 32, made.merkle_root(made.leaf_hashes(ENTRIES[: size + 1])).hex()):
                said = fault_of(recovered_files(recovered(kept, size, kept + 9, root=wrong)))
                self.assertEqual(said, f"entry {kept}: names another root of size {size} than the entries have")

    def test_does_not_follow_it_from_the_key_before(self):
        said = fault_of(recovered_files(recovered()), KEY.vkey)
        self.assertEqual(said, "entry 11: the log was recovered, and no key that you trust speaks for what follows")

    def test_says_what_is_lost_to_whoever_kept_a_checkpoint_of_it(self):
        files = recovered_files(recovered())
        for size in (10, 14, 40):
            entries = ENTRIES[:8] + ENTRIES[100 : 100 + size - 8]
            said = fault_of(files, None, [("lost", checkpoint_of(entries))])
            self.assertEqual(
                said, f"checkpoint of size {size}: entries from 8 on were lost before the log was recovered in entry 11"
            )
        other = checkpoint_of(ENTRIES[1:9])
        self.assertEqual(fault_of(files, None, [("other", other)]), "inconsistent with checkpoint of size 8")
        later = checkpoint_of(ENTRIES[1:15], RECOVERED)
        self.assertEqual(fault_of(files, None, [("later", later)]), "inconsistent with checkpoint of size 14")

    def test_takes_each_key_in_its_time_only(self):
        entries = recovered()
        files = recovered_files(entries)
        for late in (checkpoint_of(entries[:8], RECOVERED), checkpoint_of(entries[:11], RECOVERED)):
            self.assertEqual(fault_of(files, None, [("late", late)]), "late: not signed by the keys of its time")
        on = checkpoint_of(entries[:14])
        self.assertEqual(fault_of({**files, "checkpoint": checkpoint_of(entries)}), "checkpoint: not signed by the keys of its time")
        self.assertIn("late: ", fault_of(files, None, [("late", on)]))
        self.assertIn("log.vkey", fault_of({**files, "log.vkey": RECOVERED.vkey + KEY.vkey}, RECOVERED.vkey))
        self.assertIn("log.vkey", fault_of({**files, "log.vkey": RECOVERED.vkey}))

    def test_refuses_a_recovery_that_makes_no_sense(self):
        elsewhere = made.LogKey("elsewhere", "mimamori.example/other/recovered-0f0f0f0f0f0f0f0f")
        odd = made.LogKey("odd", KEY.name + "/recovered-0F0F")
        for key in (elsewhere, odd, OTHER):
            files = {**made.exported(recovered(key=key), key), "log.vkey": key.vkey}
            self.assertEqual(fault_of(files), "entry 11: a name that does not follow the one before")
        for wrong in ({"size": 12, "anchored": 20, "root": "00" * 32}, {"anchored": 8}):
            self.assertEqual(fault_of(recovered_files(recovered(**wrong))), "entry 11: names no entries that could be lost")
        for name in v.RECOVERY_TEXTS:
            self.assertEqual(fault_of(recovered_files(recovered(**{name: None}))), "entry 11: does not say what was lost")
            self.assertEqual(fault_of(recovered_files(recovered(**{name: 5}))), "entry 11: does not say what was lost")

    def test_takes_each_text_of_a_recovery_in_one_spelling(self):
        for name, wrong in (
            ("root", "AB" * 32), ("anchoredRoot", "ab" * 31), ("statement", "CD" * 32), ("statement", "cd" * 33),
            ("requester", "SHA256:" + "a" * 43), ("officer", "SHA256:" + "a" * 43), ("requesterFingerprint", "ab" * 20),
            ("requesterFingerprint", "AB" * 21), ("fingerprint", "AB" * 33), ("fingerprint", "approver-1"),
        ):
            said = fault_of(recovered_files(recovered(**{name: wrong})))
            self.assertEqual(said, f"entry 11: its {name} is malformed", wrong)

    def test_takes_a_log_that_was_recovered_twice(self):
        once = recovered()
        second = recovery_leaf(once, 14, 30, key=AGAIN, before=RECOVERED)
        keys = KEY, RECOVERED, AGAIN
        files = recovered_files([*once, second, *ENTRIES[400:403]], keys)
        old = [("first", checkpoint_of(ENTRIES[:8])), ("second", checkpoint_of(once[:14], RECOVERED))]
        self.assertIsNone(fault_of(files, AGAIN.vkey, old))
        self.assertEqual(len(v.verify(made.MemoryFolder(files), None, []).recoveries), 2)
        self.assertIn("entry 17: the log was recovered", fault_of(files, RECOVERED.vkey, old))
        back = recovery_leaf(once, 14, 30, key=made.LogKey("back", RECOVERED.name), before=RECOVERED)
        said = fault_of(recovered_files([*once, back], (KEY, RECOVERED)))
        self.assertEqual(said, "entry 17: a name that does not follow the one before")
        lost = checkpoint_of(once + ENTRIES[500:510], RECOVERED)
        self.assertIn("entries from 14 on were lost", fault_of(files, None, [("lost", lost)]))


if __name__ == "__main__":
    unittest.main()
