"""Proposed links as their reader may see them: reasons only where both ends are open in full."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, When

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import NotFound
from rabta.core.linkage import WORDS, Polarity
from rabta.desk.cases.models import Person
from rabta.desk.matching.models import LinkRun, Proposal
from rabta.desk.matching.rules import REVIEW, ProposalState, RunState, Strength
from rabta.desk.matching.selectors.sides import Side, sides
from rabta.desk.wall.scope import ScopedQuerySet, visible_to

PAGE = 25
MOST = 1000


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a link is proposed, or what speaks against it: a sentence to be translated."""

    template: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Link:
    """A proposed link. ``first`` is an end that the reader sees in full.

    ``reasons``, ``namesakes`` and ``bridge`` tell of both ends, so they are there only where
    both are open in full; otherwise there is the strength, and whom to ask.
    """

    public_id: UUID
    version: int
    strength: Strength
    state: ProposalState
    first: Side
    second: Side
    reasons: tuple[Reason, ...] = ()
    namesakes: str = ""
    bridge: bool = False

    @property
    def explained(self) -> bool:
        """Whether the reader may be told why."""
        return self.first.full and self.second.full

    @property
    def pair(self) -> tuple[int, int]:
        """The two records, the smaller id first."""
        left, right = sorted((self.first.record, self.second.record))
        return left, right


@dataclass(frozen=True, slots=True)
class LinkList:
    """A page of links, those the reader can compare first; ``count`` stops at 1,001."""

    lines: tuple[Link, ...]
    count: int
    previous: UUID | None
    next: UUID | None


def link_list(
    actor: Actor,
    *,
    strength: str = "",
    between: str = "",
    before: UUID | None = None,
    after: UUID | None = None,
    size: int = PAGE,
) -> LinkList:
    """The open proposals an actor may see, next to one already shown.

    Those of which both ends are open to the actor stand first: of the others there is nothing to
    read, only a desk to ask. In both halves those most worth a minute lead.
    ``between``: "agencies" for links of two agencies, "own" for links inside one.
    """
    rows = _open(actor, strength=strength, between=between)
    count = len(rows.only_pointer()[: MOST + 1])
    found, more_before, more_after = _page(actor, rows, before=before, after=after, size=size)
    links = _links(actor, found, whole=False)
    return LinkList(
        lines=tuple(links),
        count=count,
        previous=found[0].public_id if found and more_before else None,
        next=found[-1].public_id if found and more_after else None,
    )


def proposal_by_id(actor: Actor, *, public_id: UUID) -> Proposal:
    """A proposal that the actor may see, or NotFound."""
    found = visible_to(Proposal, actor, REVIEW).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


def proposal_of(actor: Actor, *, pair: tuple[int, int]) -> UUID | None:
    """The outward id of the proposal of a pair (the smaller id first), if there is one."""
    rows = visible_to(Proposal, actor, REVIEW).filter(left_id=pair[0], right_id=pair[1])
    return rows.values_list("public_id", flat=True).first()  # type: ignore[no-any-return]


def link_of(actor: Actor, proposal: Proposal) -> Link:
    """A proposal with all that its reader may see of both ends."""
    found = _links(actor, [proposal], whole=True)
    if not found:
        raise NotFound
    return found[0]


def next_after(
    actor: Actor, proposal: Proposal, *, strength: str = "", between: str = ""
) -> UUID | None:
    """The open proposal of the same filter to be judged after this one, or the first of it."""
    mark = _ranked(actor).filter(pk=proposal.pk).first()
    rows = _open(actor, strength=strength, between=between).exclude(pk=proposal.pk)
    later = rows.filter(_later(mark)).first() if mark is not None else None
    found = later or rows.first()
    return found.public_id if found else None


def _ranked(actor: Actor) -> ScopedQuerySet:
    """The proposals an actor may see; ``ready`` is 1 where both ends are open in full, else 0."""
    whole = visible_to(Person, actor, REVIEW, at_least=Level.FULL)
    both = Exists(whole.filter(pk=OuterRef("left_id"))) & Exists(
        whole.filter(pk=OuterRef("right_id"))
    )
    ready = Case(When(both, then=1), default=0)
    rows = visible_to(Proposal, actor, REVIEW).annotate(ready=ready)
    return rows.order_by("-ready", "-worth", "id")  # type: ignore[no-any-return]


def _open(actor: Actor, *, strength: str, between: str) -> ScopedQuerySet:
    rows = _ranked(actor).filter(state=ProposalState.OPEN)
    if strength:
        rows = rows.filter(strength=strength)
    if between:
        rows = rows.filter(across=between == "agencies")
    return rows


def _later(mark: Any) -> Q:
    after = Q(worth__lt=mark.worth) | Q(worth=mark.worth, id__gt=mark.pk)
    return Q(ready__lt=mark.ready) | Q(ready=mark.ready) & after


def _earlier(mark: Any) -> Q:
    before = Q(worth__gt=mark.worth) | Q(worth=mark.worth, id__lt=mark.pk)
    return Q(ready__gt=mark.ready) | Q(ready=mark.ready) & before


def _page(
    actor: Actor, rows: ScopedQuerySet, *, before: UUID | None, after: UUID | None, size: int
) -> tuple[list[Proposal], bool, bool]:
    """The proposals of a page, and whether there are some before and after them."""
    at = before or after
    mark = _ranked(actor).filter(public_id=at).first() if at else None
    if mark is not None and before:
        rows = rows.filter(_earlier(mark)).order_by("ready", "worth", "-id")
        found = list(rows[: size + 1])
        return found[:size][::-1], len(found) > size, True
    if mark is not None:
        rows = rows.filter(_later(mark))
    found = list(rows[: size + 1])
    return found[:size], mark is not None, len(found) > size


def _links(actor: Actor, proposals: list[Proposal], *, whole: bool) -> list[Link]:
    ends = {end for one in proposals for end in (one.left_id, one.right_id)}
    known = sides(actor, ends, whole=whole)
    return [
        _link(one, known[one.left_id], known[one.right_id])
        for one in proposals
        if one.left_id in known and one.right_id in known
    ]


def _link(proposal: Proposal, left: Side, right: Side) -> Link:
    # The end one knows stands first: in full before less, one's own before another's.
    first, second = sorted((left, right), key=lambda side: (-side.level, not side.own))
    explained = first.full and second.full
    return Link(
        public_id=proposal.public_id,
        version=proposal.version,
        strength=Strength(proposal.strength),
        state=ProposalState(proposal.state),
        first=first,
        second=second,
        reasons=_reasons(proposal) if explained else (),
        namesakes=proposal.namesakes if explained else "",
        bridge=proposal.bridge if explained else False,
    )


def _reasons(proposal: Proposal) -> tuple[Reason, ...]:
    return tuple(
        Reason(WORDS[said["code"]], Polarity(said["polarity"]))
        for said in proposal.evidence
        if said["code"] in WORDS
    )


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run of the linker and what came of it."""

    public_id: UUID
    state: RunState
    begun: datetime
    finished: datetime | None
    people: int
    compared: int
    proposed: int
    added: int
    changed: int
    withdrawn: int
    unreached: int
    skipped: tuple[dict[str, object], ...]
    notes: tuple[str, ...]


def run_line(run: LinkRun) -> RunLine:
    """A run as a line."""
    return RunLine(
        public_id=run.public_id,
        state=RunState(run.state),
        begun=run.created_at,
        finished=run.finished_at,
        people=run.people,
        compared=run.compared,
        proposed=run.proposed,
        added=run.added,
        changed=run.changed,
        withdrawn=run.withdrawn,
        unreached=run.unreached,
        skipped=tuple(run.skipped),
        notes=tuple(run.notes),
    )


def latest_run(actor: Actor) -> RunLine | None:
    """The latest run, for the duties that set the linker to work."""
    run = visible_to(LinkRun, actor, at_least=Level.FULL).order_by("-id").first()
    return run_line(run) if run is not None else None
