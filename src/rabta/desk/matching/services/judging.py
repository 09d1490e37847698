"""A human says what two records are to each other, and may take it back. Both records stay."""

from uuid import UUID

from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.access.policies import JUDGING_DUTIES
from rabta.core.errors import Conflict, NotAllowedNow, NotFound, Refused, gettext_noop
from rabta.core.words.vocabulary import Verdict
from rabta.desk.cases.models import Person
from rabta.desk.matching.models import Judgement, Proposal
from rabta.desk.matching.rules import REVIEW, ProposalState
from rabta.desk.wall.door import Door, write
from rabta.desk.wall.scope import decision_of, visible_to


def judge(
    actor: Actor, *, pair: tuple[int, int], verdict: Verdict, version: int | None = None
) -> Judgement:
    """Say what two people's records (their ids) are to each other. Proposed or not: a human knows.

    ``version`` is that of the proposal the judge looked at. Needs one of the two in full and the
    other at least as a hit. Raises Refused, NotFound, and Conflict where the proposal is not as
    it was when the judge looked: somebody judged it, or the reasons are others now.
    """
    _may_judge(actor)
    left, right = sorted(pair)
    people = visible_to(Person, actor, REVIEW, at_least=Level.HIT).filter(pk__in=(left, right))
    decisions = [decision_of(person) for person in people]
    if len(decisions) != 2:
        raise NotFound
    widest = max(decisions, key=lambda decision: decision.level)
    if widest.level < Level.FULL:
        raise Refused(why=widest.why)
    with write(actor, "link.judged", purpose=REVIEW) as door:
        proposal = _proposal(actor, left=left, right=right)
        if proposal is not None and version is not None and proposal.version != version:
            raise Conflict(kind="proposal", yours={"verdict": str(verdict)})
        judgement = door.create(
            Judgement(
                left_id=left,
                right_id=right,
                agency_id=actor.agency,
                by_id=actor.user,
                duty=str(actor.duty),
                at=timezone.now(),
                verdict=verdict,
            )
        )
        if proposal is not None:
            # Moved in any case, so that of two judges who look at once the second is told.
            door.change(proposal, touch=True, state=ProposalState.JUDGED)
    return judgement


def undo_judgement(actor: Actor, *, public_id: UUID) -> Judgement:
    """Take a judgement back: its proposal is open again unless another judgement stands.

    Only the agency that judged takes it back; others say what they know by judging themselves.
    Raises NotFound, Refused, NotAllowedNow where it is undone already.
    """
    _may_judge(actor)
    found = visible_to(Judgement, actor, REVIEW).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    if found.agency_id != actor.agency:
        raise Refused(
            gettext_noop("Another agency gave this judgement."),
            why="not-own-agency",
            remedy=gettext_noop("Judge the two records yourself; the latest judgement stands."),
        )
    if found.undone_at is not None:
        raise NotAllowedNow(gettext_noop("This judgement is undone already."))
    with write(actor, "link.judgement-undone", purpose=REVIEW) as door:
        undone = door.change(found, undone_at=timezone.now(), undone_by_id=actor.user)
        _reopen(door, actor, left=found.left_id, right=found.right_id)
    return undone  # type: ignore[no-any-return]


def _may_judge(actor: Actor) -> None:
    if actor.duty not in JUDGING_DUTIES:
        raise Refused(
            gettext_noop("Your duty does not judge links."),
            why="duty",
            remedy=gettext_noop("Ask an investigator, a supervisor or an analyst."),
        )


def _proposal(actor: Actor, *, left: int, right: int) -> Proposal | None:
    rows = visible_to(Proposal, actor, REVIEW)
    return rows.filter(left_id=left, right_id=right).first()  # type: ignore[no-any-return]


def _reopen(door: Door, actor: Actor, *, left: int, right: int) -> None:
    standing = visible_to(Judgement, actor, REVIEW).filter(
        left_id=left, right_id=right, undone_at__isnull=True
    )
    proposal = _proposal(actor, left=left, right=right)
    if proposal is not None and not standing.exists():
        door.change(proposal, state=ProposalState.OPEN)
