"""Does the ledger still say what was written? Every entry, its place, and where it must end.

Three witnesses are compared: the entries, each hashed onto the one before; the head row, signed
with a key that the database does not hold; and heads noted outside the database (by this node,
by a second body, or kept on paper). Whoever holds the database alone can recompute no signature;
whoever cuts the chain back to an older head that was signed meets the noted ones.

Entries are read in slices: the memory this takes does not grow with the ledger.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from rabta.core.errors import BrokenLedger, gettext_noop
from rabta.desk.wall import heads, ledger
from rabta.desk.wall.models import ENTRY_OF, HEAD_OF, Entry

SLICE = 1000

CHANGED = gettext_noop("it was changed, or moved to another place")
MISSING = gettext_noop("it is missing")
CUT = gettext_noop("it is missing, and so is all that followed: the tail was cut")
BEYOND = gettext_noop("it stands after the signed head: it was put there past the ledger")
FORGED = gettext_noop("the head was not signed by this node")
HEADLESS = gettext_noop("the head does not name this entry")
NO_HEAD = gettext_noop("the head is missing")
OTHER = gettext_noop("a head noted outside the database names another entry here")
FALSE_NOTE = gettext_noop("a head noted outside the database was not signed by this node")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: the last entry's number and hash, signed."""

    chain: str
    seq: int
    digest: str
    signature: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A head known from outside the database, that must still lie on the chain."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class Verified:
    """A chain that says what was written: how many entries, and its end."""

    chain: str
    entries: int
    digest: str
    witnesses: int


def head_of(chain: str) -> Head | None:
    """The head as the database has it; None of a chain without entries."""
    row = HEAD_OF[chain].objects.using(ledger.DATABASE[chain]).filter(chain=chain).first()
    return Head(chain, row.seq, row.digest, row.signature) if row else None


def verify(chain: str, witnesses: Iterable[Witness] = ()) -> Verified:
    """Verify one chain. Raises BrokenLedger with the chain, the entry and what is wrong there.

    It may run while others write: what they append meanwhile is verified too, or left to the
    next time.
    """
    expected = _expected(chain, witnesses)
    head = head_of(chain)
    walk = _Walk(chain, expected)
    while True:
        if head is None:
            _nothing_there(chain, expected)
            return Verified(chain, 0, ledger.GENESIS, 0)
        if not heads.is_ours(chain, head.seq, head.digest, head.signature):
            _broken(chain, head.seq, FORGED)
        walk.to(head)
        last = _last(chain)
        # Entry and head are committed together: what was there before the head was asked again
        # lies at or under it, or was not put there by the ledger.
        head = head_of(chain) or head
        if last <= walk.seq:
            break
        if head.seq < last:
            _broken(chain, head.seq + 1, BEYOND)
    if expected:
        _broken(chain, walk.seq + 1, CUT)
    return Verified(chain, walk.seq, walk.digest, walk.met)


class _Walk:
    """Goes along a chain once, entry by entry."""

    def __init__(self, chain: str, expected: dict[int, str]):
        self.chain, self.expected = chain, expected
        self.seq, self.digest, self.met = 0, ledger.GENESIS, 0

    def to(self, head: Head) -> None:
        for row in _entries(self.chain, after=self.seq, until=head.seq):
            self._step(row)
        if self.seq < head.seq:
            _broken(self.chain, self.seq + 1, CUT)
        if self.digest != head.digest:
            _broken(self.chain, self.seq, HEADLESS)

    def _step(self, row: Entry) -> None:
        if row.seq != self.seq + 1:
            _broken(self.chain, self.seq + 1, MISSING)
        said: Any = row.said
        digest = ledger.chained(self.digest, said)
        if (
            digest != row.digest
            or said.get("seq") != row.seq
            or said.get("at") != row.at.isoformat()
        ):
            _broken(self.chain, row.seq, CHANGED)
        self.seq, self.digest = row.seq, digest
        if row.seq in self.expected:
            if self.expected.pop(row.seq) != digest:
                _broken(self.chain, row.seq, OTHER)
            self.met += 1


def _expected(chain: str, witnesses: Iterable[Witness]) -> dict[int, str]:
    expected: dict[int, str] = {}
    for noted in heads.noted(chain):
        if not heads.is_ours(chain, noted.seq, noted.digest, noted.signature):
            _broken(chain, noted.seq, FALSE_NOTE)
        expected[noted.seq] = noted.digest
    for witness in witnesses:
        if expected.setdefault(witness.seq, witness.digest) != witness.digest:
            _broken(chain, witness.seq, OTHER)
    return expected


def _nothing_there(chain: str, expected: dict[int, str]) -> None:
    if _last(chain):
        _broken(chain, _last(chain), NO_HEAD)
    if expected:
        _broken(chain, 1, CUT)


def _entries(chain: str, *, after: int, until: int) -> Iterator[Entry]:
    rows = ENTRY_OF[chain].objects.using(ledger.DATABASE[chain]).order_by("seq")
    while True:
        found = list(rows.filter(seq__gt=after, seq__lte=until)[:SLICE])
        yield from found
        if len(found) < SLICE:
            return
        after = found[-1].seq


def _last(chain: str) -> int:
    rows = ENTRY_OF[chain].objects.using(ledger.DATABASE[chain])
    return rows.order_by("-seq").values_list("seq", flat=True).first() or 0


def _broken(chain: str, entry: int, what: str) -> NoReturn:
    raise BrokenLedger(chain=chain, entry=entry, what=what)
