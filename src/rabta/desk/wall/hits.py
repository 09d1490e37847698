"""What an actor was told there is: the one reason to answer 403 where 404 says nothing.

Who looks a person up and is told of a hit may know that a record stands there; opening it, they
are refused with a reason. Anyone else who guesses its address learns nothing: not found. Kept
beside the ledger of reads and written with it; of records that were open in full nothing is
kept, so that a case sealed later leaves no trace here either: its loader does not find it.
"""

from collections.abc import Iterable

from django.utils import timezone

from rabta.desk.wall.models import KnownHit


def remember(user: int, found: Iterable[tuple[str, int]]) -> None:
    """Keep what a person was told there is; the caller holds the transaction."""
    now = timezone.now()
    KnownHit.objects.using("reads").bulk_create(
        [KnownHit(user_id=user, kind=kind, record_id=pk, at=now) for kind, pk in sorted(found)],
        batch_size=500,
        ignore_conflicts=True,
    )


def known(user: int, kind: str, record: int) -> bool:
    """Whether a person was told before that this record is there."""
    return (
        KnownHit.objects.using("reads").filter(user_id=user, kind=kind, record_id=record).exists()
    )
