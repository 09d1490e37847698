"""The machine's own actors: the one place where a system duty is put on.

The machine reaches rows that no person may read, so who it is and why is said here, a function a
job; the tests hold that no other room makes such an actor. ``on behalf of`` is whoever set the
machine to work: the ledger names them.
"""

from rabta.core.access.decisions import Actor
from rabta.core.words.vocabulary import SystemDuty

NOBODY = 0
"""The machine set itself to work."""


def loader(*, agency: int = 0, on_behalf_of: int = NOBODY) -> Actor:
    """Takes in the rows of files of one agency."""
    return Actor(user=on_behalf_of, duty=SystemDuty.LOADER, agency=agency)


def linker(asked_by: Actor) -> Actor:
    """Compares the people of all agencies, those alone who may be matched."""
    return Actor(
        user=asked_by.user, duty=SystemDuty.LINKER, agency=asked_by.agency, unit=asked_by.unit
    )


def indexer(asked_by: Actor) -> Actor:
    """Opens names to compare them with what somebody looks up."""
    return Actor(user=asked_by.user, duty=SystemDuty.INDEXER)


def keeper(asked_by: Actor | None = None) -> Actor:
    """Keeps what is derived true: who is protected, which proposals may still stand."""
    if asked_by is None:
        return Actor(user=NOBODY, duty=SystemDuty.KEEPER)
    return Actor(
        user=asked_by.user, duty=SystemDuty.KEEPER, agency=asked_by.agency, unit=asked_by.unit
    )


def watcher() -> Actor:
    """Goes through the ledger of reads: who searched for sealed cases, what is odd."""
    return Actor(user=NOBODY, duty=SystemDuty.WATCHER)


def historian() -> Actor:
    """Opens what a record said before, for who sees the record in full."""
    return Actor(user=NOBODY, duty=SystemDuty.HISTORIAN)


def verifier() -> Actor:
    """Verifies the ledger. Opens no record."""
    return Actor(user=NOBODY, duty=SystemDuty.VERIFIER)
