"""What humans said of pairs of records, and where it cannot all be true."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from rabta.core.access.decisions import Actor
from rabta.core.access.policies import JUDGING_DUTIES
from rabta.core.errors import NotFound
from rabta.core.linkage import Contradiction, Judged, groups, settle
from rabta.core.words.vocabulary import Verdict
from rabta.desk.accounts.models import Agency, User
from rabta.desk.matching.models import Judgement, Proposal
from rabta.desk.matching.rules import REVIEW
from rabta.desk.matching.selectors.sides import Side, sides
from rabta.desk.wall.scope import ScopedQuerySet, visible_to

PAGE = 50


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """A judgement, by whom, and whether its reader may take it back.

    ``link`` is the outward id of the proposal of the two; a human may judge what nobody proposed.
    """

    public_id: UUID
    link: UUID | None
    verdict: Verdict
    at: datetime
    by: str
    duty: str
    agency: str
    first: Side
    second: Side
    undone_at: datetime | None
    undone_by: str
    may_undo: bool


@dataclass(frozen=True, slots=True)
class Conflicting:
    """A "different" and the chain of "same"s that leads from its one end to the other."""

    different: JudgementLine
    chain: tuple[JudgementLine, ...]


@dataclass(frozen=True, slots=True)
class JudgementList:
    """A page of judgements, the latest first, and every contradiction the reader may see."""

    lines: tuple[JudgementLine, ...]
    older: UUID | None
    conflicting: tuple[Conflicting, ...]


def judgement_by_id(actor: Actor, *, public_id: UUID) -> Judgement:
    """A judgement that the actor may see, or NotFound."""
    found = _rows(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


def judgement_list(actor: Actor, *, before: UUID | None = None, size: int = PAGE) -> JudgementList:
    """The judgements an actor may see; ``before`` gives what was judged before that one."""
    rows = _rows(actor)
    mark = _rows(actor).filter(public_id=before).only_pointer().first() if before else None
    if mark is not None:
        rows = rows.filter(id__lt=mark)
    found = list(rows.order_by("-id")[: size + 1])
    return JudgementList(
        lines=_lines(actor, found[:size]),
        older=found[size - 1].public_id if len(found) > size else None,
        conflicting=_conflicting(actor, settle(_standing(actor)).contradictions),
    )


def judgements_of(actor: Actor, *, pair: tuple[int, int]) -> tuple[JudgementLine, ...]:
    """Everything that was said of a pair of records (the smaller id first), the latest first."""
    rows = _rows(actor).filter(left_id=pair[0], right_id=pair[1])
    return _lines(actor, list(rows.order_by("-id")))


def conflicting_at(actor: Actor, *, pair: tuple[int, int]) -> tuple[Conflicting, ...]:
    """The contradictions that the judgement of a pair takes part in."""
    found = settle(_around(actor, set(pair))).contradictions
    return _conflicting(
        actor,
        [
            one
            for one in found
            if one.different.pair == pair or any(link.pair == pair for link in one.chain)
        ],
    )


def identity_of(actor: Actor, *, record: int) -> frozenset[int]:
    """The ids of all records that humans called the same person as this one, itself among them.

    An identity is made of judgements and of nothing else; records stay as they are. It holds
    what the actor may know of: a chain that runs through a hidden record ends there.
    """
    alone = frozenset({record})
    joined = groups(_around(actor, {record}))
    return next((group for group in joined if record in group), alone)


def _around(actor: Actor, records: set[int]) -> list[Judged]:
    """What was said of these records and of all that a chain of "same"s joins to them."""
    known, asked = set(records), set(records)
    while asked:
        same = _rows(actor).filter(undone_at__isnull=True, verdict=Verdict.SAME)
        pairs = same.filter(Q(left_id__in=asked) | Q(right_id__in=asked))
        ends = {end for pair in pairs.values_list("left_id", "right_id") for end in pair}
        asked = ends - known
        known |= asked
    rows = _rows(actor).filter(undone_at__isnull=True, left_id__in=known, right_id__in=known)
    return _judged(rows)


def _rows(actor: Actor) -> ScopedQuerySet:
    return visible_to(Judgement, actor, REVIEW)


def _standing(actor: Actor) -> list[Judged]:
    return _judged(_rows(actor).filter(undone_at__isnull=True))


def _judged(rows: ScopedQuerySet) -> list[Judged]:
    return [
        Judged(left, right, Verdict(verdict), order=pk)
        for pk, left, right, verdict in rows.values_list("id", "left_id", "right_id", "verdict")
    ]


def _conflicting(actor: Actor, found: Iterable[Contradiction]) -> tuple[Conflicting, ...]:
    found = list(found)
    wanted = {judged.order for one in found for judged in (one.different, *one.chain)}
    if not wanted:
        return ()
    rows = list(_rows(actor).filter(pk__in=wanted).order_by("id"))
    lines = {row.pk: line for row, line in zip(rows, _lines(actor, rows), strict=True)}
    return tuple(
        Conflicting(lines[one.different.order], tuple(lines[link.order] for link in one.chain))
        for one in found
    )


def _lines(actor: Actor, rows: list[Judgement]) -> tuple[JudgementLine, ...]:
    ends = {end for row in rows for end in (row.left_id, row.right_id)}
    known = sides(actor, ends, whole=False, cases=True)
    links = _links(actor, ends)
    users = User.objects.in_bulk(
        {one for row in rows for one in (row.by_id, row.undone_by_id) if one}
    )
    agencies = _agencies({row.agency_id for row in rows})
    return tuple(
        _line(
            actor,
            row,
            link=links.get((row.left_id, row.right_id)),
            known=known,
            users=users,
            agency=agencies[row.agency_id],
        )
        for row in rows
    )


def _links(actor: Actor, ends: set[int]) -> dict[tuple[int, int], UUID]:
    """The outward ids of the proposals between these records, by their pairs."""
    rows = visible_to(Proposal, actor, REVIEW).filter(left_id__in=ends, right_id__in=ends)
    return {
        (left, right): public_id
        for left, right, public_id in rows.values_list("left_id", "right_id", "public_id")
    }


def _line(
    actor: Actor,
    row: Judgement,
    *,
    link: UUID | None,
    known: dict[int, Side],
    users: dict[int, User],
    agency: str,
) -> JudgementLine:
    first, second = sorted(
        (known[row.left_id], known[row.right_id]), key=lambda side: (-side.level, not side.own)
    )
    return JudgementLine(
        public_id=row.public_id,
        link=link,
        verdict=Verdict(row.verdict),
        at=row.at,
        by=str(users[row.by_id]),
        duty=row.duty,
        agency=agency,
        first=first,
        second=second,
        undone_at=row.undone_at,
        undone_by=str(users[row.undone_by_id]) if row.undone_by_id else "",
        may_undo=row.undone_at is None
        and row.agency_id == actor.agency
        and actor.duty in JUDGING_DUTIES,
    )


def _agencies(ids: set[int]) -> dict[int, str]:
    return {agency.pk: str(agency) for agency in Agency.objects.filter(pk__in=ids)}
