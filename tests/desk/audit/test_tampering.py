"""Whoever holds the database changes the ledger; the node's files say so, and where."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from tests import node
from tests.conftest import ROOT
from tests.desk.audit.raw import ENTRIES, Kept, Raw

from rabta.desk.wall import ledger

pytestmark = pytest.mark.own_node
CHAINS = list(ENTRIES)


def run(environ: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], env=environ, cwd=ROOT, capture_output=True, text=True
    )


def rabta(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return run(environ, "rabta.cli", *words)


@pytest.fixture(scope="module")
def populated() -> Iterator[tuple[dict[str, str], Kept]]:
    name = f"ledger_{node.worker()}"
    environ = node.PLAIN | node.make_node(name)
    made = run(environ, "tests.desk.audit.populate")
    assert made.returncode == 0, made.stderr
    yield environ | {"RABTA_TOKEN": made.stdout.split()[-1]}, Kept(environ)
    node.drop_node(name)


@pytest.fixture
def environ(populated: tuple[dict[str, str], Kept]) -> Iterator[dict[str, str]]:
    yield populated[0]
    populated[1].restore()


@pytest.fixture(params=CHAINS)
def raw(request: pytest.FixtureRequest, environ: dict[str, str]) -> Iterator[Raw]:
    raw = Raw(environ, request.param)
    assert raw.last() >= 4
    yield raw
    raw.close()


def edit_what_it_says(raw: Raw) -> int:
    raw.say(2, raw.said(2) | {"user": 99})
    return 2


def edit_and_hash_anew(raw: Raw) -> int:
    """The entry is hashed anew by the forger: its head was noted when it was written."""
    from rabta.desk.wall.ledger import chained

    said = raw.said(2) | {"event": "nothing of note"}
    raw.say(2, said)
    first = raw.entry(1)[2]
    raw.do(f"UPDATE {raw.entries} SET digest = ? WHERE seq = 2", chained(first, said))
    return 2


def edit_all_to_the_end(raw: Raw) -> int:
    """Everything is hashed anew to the end, the head too: only the signature is out of reach."""
    from rabta.desk.wall.ledger import chained

    digest = raw.entry(1)[2]
    for seq in range(2, raw.last() + 1):
        said = raw.said(seq) | {"user": 99}
        digest = chained(digest, said)
        raw.say(seq, said)
        raw.do(f"UPDATE {raw.entries} SET digest = ? WHERE seq = ?", digest, seq)
    raw.do(f"UPDATE {raw.heads} SET digest = ?", digest)
    return raw.last()


def edit_when(raw: Raw) -> int:
    raw.do(
        f"UPDATE {raw.entries} SET at = (SELECT at FROM {raw.entries} WHERE seq = 1) WHERE seq = 3"
    )
    return 3


def remove_one(raw: Raw) -> int:
    raw.do(f"DELETE FROM {raw.entries} WHERE seq = 2")
    return 2


def remove_one_and_close_up(raw: Raw) -> int:
    raw.do(f"DELETE FROM {raw.entries} WHERE seq = 2")
    for seq in range(3, raw.last() + 1):
        raw.do(f"UPDATE {raw.entries} SET seq = ? WHERE seq = ?", seq - 1, seq)
    return 2


def put_one_in(raw: Raw) -> int:
    for seq in range(raw.last(), 1, -1):
        raw.do(f"UPDATE {raw.entries} SET seq = ? WHERE seq = ?", seq + 1, seq)
    at, _, digest = raw.entry(1)
    said = raw.said(1) | {"seq": 2}
    raw.do(f"INSERT INTO {raw.entries} VALUES (2, ?, ?, ?)", at, raw.json(said), digest)
    return 2


def put_one_on(raw: Raw) -> int:
    from rabta.desk.wall.ledger import chained

    last = raw.last()
    at, _, digest = raw.entry(last)
    said = raw.said(last) | {"seq": last + 1}
    raw.do(
        f"INSERT INTO {raw.entries} VALUES (?, ?, ?, ?)",
        last + 1, at, raw.json(said), chained(digest, said),
    )  # fmt: skip
    return last + 1


def change_the_order(raw: Raw) -> int:
    for old, new in ((2, -1), (3, 2), (-1, 3)):
        raw.do(f"UPDATE {raw.entries} SET seq = ? WHERE seq = ?", new, old)
    return 2


def cut_the_tail(raw: Raw) -> int:
    raw.cut_after(raw.last() - 1)
    return raw.last() + 1


def cut_the_tail_and_the_head_back_to_one_that_was_signed(raw: Raw) -> int:
    _, seq, digest, signature = raw.noted()[-2]
    raw.cut_after(int(seq))
    raw.head_to(int(seq), digest, signature)
    return int(seq) + 1


def take_everything(raw: Raw) -> int:
    raw.do(f"DELETE FROM {raw.entries}")
    raw.do(f"DELETE FROM {raw.heads}")
    return 1


def take_the_head(raw: Raw) -> int:
    raw.do(f"DELETE FROM {raw.heads}")
    return raw.last()


def forge_the_head(raw: Raw) -> int:
    last = raw.last()
    forged = Ed25519PrivateKey.generate().sign(
        f"rabta ledger {raw.chain} {last} {raw.entry(last)[2]}".encode()
    )
    raw.do(f"UPDATE {raw.heads} SET signature = ?", forged.hex())
    return last


def forge_a_noted_head(raw: Raw) -> int:
    lines = raw.noted()
    lines[0][2] = "0" * 64
    path = raw.folder / "ledger" / f"{raw.chain}.heads"
    path.write_text("".join(" ".join(line) + "\n" for line in lines))
    return int(lines[0][1])


WAYS = [
    edit_what_it_says, edit_and_hash_anew, edit_all_to_the_end, edit_when, remove_one,
    remove_one_and_close_up, put_one_in, put_one_on, change_the_order, cut_the_tail,
    cut_the_tail_and_the_head_back_to_one_that_was_signed, take_everything, take_the_head,
    forge_the_head, forge_a_noted_head,
]  # fmt: skip


@pytest.mark.parametrize("tamper", WAYS, ids=lambda way: way.__name__)
def test_it_is_found_and_named(environ: dict[str, str], raw: Raw, tamper) -> None:
    entry = tamper(raw)
    found = rabta(environ, "audit", "verify")
    assert found.returncode == 2, found.stdout
    assert f"“{raw.chain}” does not verify at entry {entry}:" in found.stderr
    assert "Traceback" not in found.stderr


def test_what_nobody_touched_verifies(environ: dict[str, str]) -> None:
    found = rabta(environ, "audit", "verify", "--json")
    assert found.returncode == 0, found.stderr
    said = json.loads(found.stdout.splitlines()[-1])
    assert set(said) == set(CHAINS)
    assert all(chain["entries"] >= 4 for chain in said.values())


GO_ON = """
import django; django.setup()
from rabta.desk.wall import ledger, machines
from rabta.desk.wall.session import acting
from django.db import transaction
machine = machines.verifier()
with acting(machine, "going on"), transaction.atomic(using=ledger.DATABASE[CHAIN]):
    ledger.append(CHAIN, [ledger.Draft(machine, "went on")])
"""


def test_the_node_builds_on_no_head_that_it_did_not_sign(environ: dict[str, str], raw: Raw) -> None:
    def go_on() -> subprocess.CompletedProcess[str]:
        code = GO_ON.replace("CHAIN", repr(raw.chain))
        command = [sys.executable, "-c", code]
        return subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True)

    went = go_on()
    assert went.returncode == 0, went.stderr
    last = raw.last()
    at, _, digest = raw.entry(last)
    forged = dict(raw.said(last)) | {"seq": last + 1, "user": 99}
    after = ledger.chained(digest, forged)
    raw.do(
        f"INSERT INTO {raw.entries} (seq, at, said, digest) VALUES (?, ?, ?, ?)",
        last + 1, at, raw.json(forged), after,
    )  # fmt: skip
    raw.head_to(last + 1, after, "")
    stopped = go_on()
    assert stopped.returncode != 0
    assert "BrokenLedger" in stopped.stderr
    assert raw.last() == last + 1
    # Nor on a beginning of somebody else's.
    for digest in ("f" * 64, ledger.GENESIS):
        raw.cut_after(0)
        raw.head_to(0, digest, "")
        assert "BrokenLedger" in go_on().stderr
    found = rabta(environ, "audit", "verify")
    assert found.returncode == 2, found.stdout


def heads(environ: dict[str, str]) -> dict[str, dict]:
    lines = rabta(environ, "audit", "head").stdout.splitlines()
    return {said["chain"]: said for said in map(json.loads, lines)}


def test_the_head_verifies_with_the_public_key_that_is_given_out(environ: dict[str, str]) -> None:
    key = load_pem_public_key(rabta(environ, "audit", "public-key").stdout.encode())
    for chain, head in heads(environ).items():
        words = f"rabta ledger {chain} {head['seq']} {head['digest']}".encode()
        key.verify(bytes.fromhex(head["signature"]), words)


@pytest.fixture
def second(environ: dict[str, str], raw: Raw) -> Iterator[dict]:
    """A second body's key, put where it belongs, and its signature of the head."""
    key = Ed25519PrivateKey.generate()
    path = raw.folder / "keys" / "second-ombudsman.pub"
    path.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    head = heads(environ)[raw.chain]
    words = f"rabta ledger {raw.chain} {head['seq']} {head['digest']}".encode()
    yield head | {"body": "ombudsman", "signature": key.sign(words).hex()}
    path.unlink(missing_ok=True)


def test_a_second_body_finds_what_the_nodes_own_files_no_longer_say(
    environ: dict[str, str], raw: Raw, second: dict, tmp_path
) -> None:
    """Entries, head and noted heads are all cut back; the body kept what it had signed."""
    kept = tmp_path / "head.json"
    kept.write_text(json.dumps(second))
    assert rabta(environ, "audit", "verify", "--against", str(kept)).returncode == 0
    lines = raw.noted()[:-1]
    _, seq, digest, signature = lines[-1]
    raw.cut_after(int(seq))
    raw.head_to(int(seq), digest, signature)
    path = raw.folder / "ledger" / f"{raw.chain}.heads"
    path.write_text("".join(" ".join(line) + "\n" for line in lines))
    assert rabta(environ, "audit", "verify").returncode == 0
    found = rabta(environ, "audit", "verify", "--against", str(kept))
    assert f"“{raw.chain}” does not verify at entry {int(seq) + 1}:" in found.stderr


def test_a_head_the_second_body_did_not_sign_is_no_witness(
    environ: dict[str, str], raw: Raw, second: dict, tmp_path
) -> None:
    kept = tmp_path / "head.json"
    kept.write_text(json.dumps(second | {"digest": "0" * 64}))
    found = rabta(environ, "audit", "verify", "--against", str(kept))
    assert found.returncode == 2
    assert "was not signed by that body" in found.stderr
    kept.write_text("{}")
    found = rabta(environ, "audit", "verify", "--against", str(kept))
    assert found.returncode == 2
    assert "no countersigned head" in found.stderr


def test_what_the_second_body_signed_is_recorded_and_holds_the_chain(
    environ: dict[str, str], raw: Raw, second: dict, tmp_path
) -> None:
    file = tmp_path / "signed.json"
    file.write_text(json.dumps(second))
    done = rabta(environ, "audit", "countersign", str(file))
    assert done.returncode == 0, done.stderr
    assert rabta(environ, "audit", "verify").returncode == 0
    writes = raw if raw.chain == "writes" else Raw(environ, "writes")
    assert writes.said(writes.last())["event"] == "ledger.countersigned"
    # The node's own note of that head is lost, its own last heads with it; the body's is not.
    lines = [line for line in raw.noted() if int(line[1]) < second["seq"]]
    _, seq, digest, signature = lines[-1]
    raw.cut_after(int(seq))
    raw.head_to(int(seq), digest, signature)
    path = raw.folder / "ledger" / f"{raw.chain}.heads"
    path.write_text("".join(" ".join(line) + "\n" for line in lines))
    found = rabta(environ, "audit", "verify")
    assert f"“{raw.chain}” does not verify at entry {int(seq) + 1}:" in found.stderr
    signed = raw.folder / "ledger" / f"{raw.chain}.countersigned"
    signed.write_text(signed.read_text().replace("ombudsman ", "ombudsman 00"))
    assert "did not sign" in rabta(environ, "audit", "verify").stderr


@pytest.mark.parametrize("wrong", [{"digest": "0" * 64}, {"signature": "00" * 64}, {"chain": "x"}])
def test_no_other_head_and_no_other_signature_is_recorded(
    environ: dict[str, str], second: dict, wrong: dict, tmp_path
) -> None:
    file = tmp_path / "signed.json"
    file.write_text(json.dumps(second | wrong))
    done = rabta(environ, "audit", "countersign", str(file))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
