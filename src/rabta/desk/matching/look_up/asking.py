"""What is asked: the case it serves, what the text may be, its keys, the note of it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Case as Chosen
from django.db.models import Q, When

from rabta.core.access.decisions import LOOK_UP, Actor, Purpose
from rabta.core.access.levels import Level
from rabta.core.access.policies import LOOK_UP_DUTIES
from rabta.core.errors import BadValue, NotAllowedNow, NotFound, Refused, gettext_noop
from rabta.core.names import SINGLE, asking_keys, name_keys
from rabta.core.words.identifiers import (
    IDENTIFIER_KEY_VERSION,
    IdentifierKind,
    identifier_keys,
)
from rabta.core.words.vocabulary import CaseKind
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case
from rabta.desk.cases.reach import numbered
from rabta.desk.cases.rules import ClearKey
from rabta.desk.cases.services.incoming import case_key
from rabta.desk.matching.look_up.answers import CaseHit
from rabta.desk.wall import ledger, session
from rabta.desk.wall.scope import visible_to

LONGEST = 200
"""Characters of a text that is looked up."""


def purpose_of(actor: Actor, case: Case) -> Purpose:
    if actor.duty not in LOOK_UP_DUTIES:
        raise Refused(
            gettext_noop("Your duty does not look people up."),
            why="duty",
            remedy=gettext_noop("Ask an investigator or a supervisor of your unit."),
        )
    if case.kind == CaseKind.LIST or case.closed_on is not None:
        raise NotAllowedNow(
            gettext_noop("A look-up serves an open case."),
            remedy=gettext_noop("Choose the open case you are working on."),
        )
    return Purpose(LOOK_UP, case=case.pk)


def case_for(actor: Actor, said: str) -> Case:
    """The case a look-up serves, by one of its numbers or its outward id.

    Of several the one that has it for its own number, the agency's own, an open one, in this order
    of weight. Raises NotFound where there is none, BadValue where two are left.
    """
    mine = visible_to(Case, actor, at_least=Level.OPERATIONAL)
    try:
        found = mine.filter(public_id=UUID(said.strip()))
    except ValueError:
        clear = identifier_keys(IdentifierKind.CASE_NUMBER, said) if said.strip() else ()
        forms = {rules.folded_number(said), *(key.partition(":")[2] for key in clear)}
        values = [case_key(form) for form in sorted(forms)]
        own_number, own_agency = Q(number_key__in=values), Q(agency_id=actor.agency)
        fit = _one_if(own_number) * 4 + _one_if(own_agency) * 2 + _one_if(Q(closed_on=None))
        found = mine.filter(numbered(values)).order_by(-fit, "-id")
    rows = list(found[:2])
    if not rows:
        raise NotFound(
            gettext_noop("You have no case with this number."),
            remedy=gettext_noop("A look-up serves a case of yours: give its number as it stands."),
        )
    if len(rows) == 2 and _fits(rows[0], said, actor) == _fits(rows[1], said, actor):
        raise BadValue(
            gettext_noop("Several of your cases have the number {value}."),
            remedy=gettext_noop("Choose it from the list, or give the agency's own number of it."),
            field="case",
            value=said.strip(),
        )
    return rows[0]  # type: ignore[no-any-return]


def _fits(case: Case, said: str, actor: Actor) -> tuple[bool, ...]:
    own_number = rules.folded_number(case.number) == rules.folded_number(said)
    return own_number, case.agency_id == actor.agency, case.closed_on is None


def _one_if(condition: Q) -> Chosen:
    return Chosen(When(condition, then=1), default=0)


def open_cases(actor: Actor, *, first: str = "", most: int = 30) -> tuple[CaseHit, ...]:
    """Open cases of the actor's own units that a look-up may serve, the latest first.

    ``first``: the outward id of a case that stands before them while it may still serve one.
    """
    may_serve = Q(closed_on__isnull=True) & ~Q(kind=CaseKind.LIST)
    own = Q(unit_id__in=sorted(actor.units))
    rows = visible_to(Case, actor, at_least=Level.FULL).filter(may_serve, own)
    found = list(rows.order_by("-id")[:most])
    try:
        last = visible_to(Case, actor, at_least=Level.OPERATIONAL).filter(
            may_serve, public_id=UUID(first)
        )
    except ValueError:
        last = ()
    found = list({row.pk: row for row in (*last, *found)}.values())[:most]
    return tuple(CaseHit(row.public_id, row.number, row.kind) for row in found)


def asked_keys(text: str, kinds: Sequence[IdentifierKind]) -> frozenset[ClearKey]:
    """The keys to ask with, for everything the text may be."""
    found: set[ClearKey] = set()
    for kind in kinds:
        if kind in {IdentifierKind.NAME, IdentifierKind.CASE_NUMBER}:
            continue
        clear = identifier_keys(kind, text)
        for particular, of in rules.IDENTIFIERS.items():
            if of == kind:
                found |= {ClearKey(str(particular), IDENTIFIER_KEY_VERSION, key) for key in clear}
    if may_be_name(text):
        found |= {ClearKey("name", rules.NAME_KEY_VERSION, key) for key in asking_keys(text)}
    return frozenset(found)


def may_be_name(text: str) -> bool:
    return sum(sign.isalpha() for sign in text) >= 2 and not any(sign.isdigit() for sign in text)


def single_keys(text: str) -> frozenset[ClearKey]:
    """Each word by itself: for a record that holds fewer words of the name than were typed."""
    singles = (key for key in name_keys(text) if key.startswith(SINGLE))
    return frozenset(ClearKey("name", rules.NAME_KEY_VERSION, key) for key in singles)


def case_keys(text: str, kinds: Sequence[IdentifierKind]) -> list[int]:
    if IdentifierKind.CASE_NUMBER not in kinds:
        return []
    forms = {key.partition(":")[2] for key in identifier_keys(IdentifierKind.CASE_NUMBER, text)}
    return [case_key(form) for form in sorted(forms)]


def note(actor: Actor, purpose: Purpose, kinds: Iterable[str], values: list[int]) -> None:
    """Enter the question itself, found or not; the owner of a sealed case is told from this."""
    asked = {"kinds": sorted(map(str, kinds)), "keys": sorted(values)}
    session.enter(
        actor,
        ledger.Draft(
            actor=actor,
            event=ledger.LOOKED_UP,
            purpose=purpose.name,
            case=purpose.case,
            subjects={"asked": asked},
        ),
    )
