"""Who works a case and, of a sealed one, who may know of it."""

from collections.abc import Callable

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.access.policies import CASE_DUTIES
from rabta.core.errors import BadInput, NotAllowedNow, Refused, gettext_noop
from rabta.core.words.vocabulary import CaseKind
from rabta.desk.accounts.selectors.staff import colleagues
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, TeamMember
from rabta.desk.cases.services.sources import follow_seal, hold_case
from rabta.desk.wall.door import Door, write
from rabta.desk.wall.scope import ScopedQuerySet, decision_of, visible_to

FULL = Level.FULL

before_sealing: list[Callable[[Door, Case], None]] = []
"""What rooms above this one do with a case that is about to be sealed, in the same event. Each adds
its own when Django starts: what it holds of the case in a form of its own goes with the seal."""


def seal_case(*, actor: Actor, case: Case) -> Case:
    """Seal a case: for anybody but its team it is not there, nor is anybody in it.

    Whoever seals it becomes its owner. No file meets it from then on (sources.py), and rows of
    files that name it are emptied.
    """
    _need_lead(actor, case)
    if case.sealed:
        raise NotAllowedNow(
            gettext_noop("This case is sealed already."),
            remedy=gettext_noop("Nothing is left to do."),
        )
    if case.kind == CaseKind.LIST:
        raise NotAllowedNow(
            gettext_noop("A published list cannot be sealed."),
            remedy=gettext_noop("Enter the case that is to be sealed apart from the list."),
        )
    with write(actor, "case.sealed") as door:
        for close in before_sealing:
            close(door, case)
        hold_case(case)
        _make_owner(door, actor, case)
        door.change(case, sealed=True)
        follow_seal(door, case)
        return case


def unseal_case(*, actor: Actor, case: Case) -> Case:
    """Take the seal off: whoever saw the case before it was sealed sees it again."""
    _need_lead(actor, case)
    if not case.sealed:
        raise NotAllowedNow(
            gettext_noop("This case is not sealed."), remedy=gettext_noop("Nothing is left to do.")
        )
    with write(actor, "case.unsealed") as door:
        hold_case(case)
        door.change(case, sealed=False)
        follow_seal(door, case)
        return case


def add_member(
    *, actor: Actor, case: Case, user: int, lead: bool = False, owner: bool = False
) -> TeamMember:
    """Name a colleague in a case; all of it is then open to them. One who is named is changed."""
    _need_lead(actor, case)
    check_colleague(case.agency_id, user)
    with write(actor, "team.named") as door:
        held = _member(actor, case, user)
        if held is not None:
            return door.change(held, lead=lead, owner=owner or held.owner)
        return door.create(TeamMember(case_id=case.pk, user_id=user, lead=lead, owner=owner))


def remove_member(*, actor: Actor, case: Case, user: int) -> None:
    """Take somebody off the team. A sealed case keeps an owner, or nobody could open it again."""
    _need_lead(actor, case)
    with write(actor, "team.left") as door:
        held = _member(actor, case, user)
        if held is None:
            raise NotAllowedNow(
                gettext_noop("This person is not on the team."),
                remedy=gettext_noop("Nothing is left to do."),
            )
        others = _team(actor, case).exclude(pk=held.pk)
        if case.sealed and held.owner and not others.filter(owner=True).exists():
            raise NotAllowedNow(
                gettext_noop("A sealed case needs an owner."),
                remedy=gettext_noop("Make somebody else the owner first, or take the seal off."),
            )
        door.remove(held)


def check_colleague(agency: int, user: int) -> None:
    """Raise BadInput for anybody who does not work on cases in the agency today."""
    if not any(c.user == user and c.duty in CASE_DUTIES for c in colleagues(agency)):
        raise BadInput(
            gettext_noop("Only somebody who works on cases in your agency can be named."),
            remedy=gettext_noop("Choose somebody else."),
        )


def _need_lead(actor: Actor, case: Case) -> None:
    decision = decision_of(case)
    if decision.level < FULL:
        raise Refused(why=decision.why)
    own = _member(actor, case, actor.user)
    if not rules.leads(
        actor, agency=case.agency_id, unit=case.unit_id, owner=own is not None and own.owner
    ):
        raise Refused(
            gettext_noop("Only an owner of the case or a supervisor of its unit may do this."),
            why="not-owner",
            remedy=gettext_noop("Ask one of them."),
        )


def _make_owner(door: Door, actor: Actor, case: Case) -> None:
    held = _member(actor, case, actor.user)
    if held is None:
        door.create(TeamMember(case_id=case.pk, user_id=actor.user, owner=True))
    else:
        door.change(held, owner=True)


def _team(actor: Actor, case: Case) -> ScopedQuerySet:
    return visible_to(TeamMember, actor, at_least=FULL).filter(case_id=case.pk)


def _member(actor: Actor, case: Case, user: int) -> TeamMember | None:
    return _team(actor, case).filter(user_id=user).first()
