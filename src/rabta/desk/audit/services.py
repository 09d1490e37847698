"""Verbs of the audit: verify the ledger, take a second body's signature, record a verdict."""

from collections.abc import Iterable

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadInput, BrokenLedger, NotFound, gettext_noop
from rabta.desk.audit import second, selectors, verifying
from rabta.desk.audit.models import Review
from rabta.desk.audit.rules import Said, Why
from rabta.desk.audit.second import Countersigned
from rabta.desk.audit.verifying import Verified, Witness
from rabta.desk.wall import ledger, machines
from rabta.desk.wall.door import write
from rabta.desk.wall.models import ENTRY_OF
from rabta.desk.wall.session import acting

VERIFIER = machines.verifier()
CHAINS = (ledger.WRITES, ledger.READS)


def verify(*, against: Iterable[Countersigned] = ()) -> tuple[Verified, ...]:
    """Verify both chains, as the system duty ``verifier``.

    ``against`` are heads that a second body kept itself: they must lie on the chain and be
    signed by it. Raises BrokenLedger with the chain, the entry and what is wrong there.
    """
    brought = list(against)
    done = []
    with acting(VERIFIER, "ledger.verify"):
        for chain in CHAINS:
            for made in brought:
                if made.chain == chain and not made.holds():
                    raise BrokenLedger(
                        chain=chain,
                        entry=made.seq,
                        what=gettext_noop("the head brought along was not signed by that body"),
                    )
            signed = (*second.kept(chain), *(m for m in brought if m.chain == chain))
            witnesses = (Witness(made.seq, made.digest) for made in signed)
            done.append(verifying.verify(chain, witnesses))
    return tuple(done)


def countersign(actor: Actor, *, made: Countersigned) -> None:
    """Record that a second body signed a head of this node.

    Raises BadInput where it signed something else, or another key did.
    """
    if made.chain not in CHAINS:
        raise BadInput(gettext_noop("There is no chain of that name."))
    entry = (
        ENTRY_OF[made.chain]
        .objects.using(ledger.DATABASE[made.chain])
        .filter(seq=made.seq, digest=made.digest)
        .first()
    )
    if entry is None:
        raise BadInput(
            gettext_noop("The ledger has no such entry."),
            remedy=gettext_noop("Print the head with “rabta audit head” and have that signed."),
        )
    if not made.holds():
        raise BadInput(
            gettext_noop("The signature was not made with the key of that body."),
            remedy=gettext_noop("Look at the key in keys/second-NAME.pub."),
        )
    with write(actor, "ledger.countersigned") as door:
        door.note("ledger", [made.seq], f"{made.chain} by {made.body}")
    second.keep(made)


def review(actor: Actor, *, entry: int, why: Why, said: Said) -> Review:
    """Record what a reviewer says of a line of today's review; a later verdict replaces it.

    Raises NotFound for what does not stand on the reviewer's page: their own agency's look-ups
    never do.
    """
    odd = selectors.reviewable(actor, entry=entry, why=why)
    if odd.last.agency == actor.agency:
        raise NotFound
    now = timezone.now()
    before = Review.objects.filter(agency_id=actor.agency, entry=entry, why=why).first()
    with write(actor, "look-up.reviewed") as door:
        if before is not None:
            return door.change(before, said=said, reviewer_id=actor.user, at=now)
        return door.create(
            Review(
                agency_id=actor.agency,
                reviewer_id=actor.user,
                entry=entry,
                why=why,
                officer_id=odd.last.user,
                officers_agency_id=odd.last.agency,
                said=said,
                at=now,
            )
        )
