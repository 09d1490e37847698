"""Look-up: one text in, what the asker may know out, and whom to ask for the rest.

In this order, so that nothing leaks: of those who share most keys the wall says who may be known
of; the machine opens their names and compares; the keys asked for are noted in the ledger of reads
(as stored keys, never the text); only then are the best shown, at the level the wall gives each.
Whoever may not be known of is asked about like everybody and takes nobody's place.
"""

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.identifiers import kinds_of
from rabta.desk.cases.models import Case
from rabta.desk.cases.services.people import stored
from rabta.desk.matching.look_up.answers import Answer, CaseHit, DeskHit, PersonHit, Strength
from rabta.desk.matching.look_up.asking import (
    LONGEST,
    asked_keys,
    case_for,
    case_keys,
    may_be_name,
    note,
    open_cases,
    purpose_of,
    single_keys,
)
from rabta.desk.matching.look_up.finding import find
from rabta.desk.matching.look_up.showing import SHOWN, cases_found, shown


def look_up(actor: Actor, *, text: str, case: Case) -> Answer:
    """Look a text up for a case. Raises Refused for a duty that may not, BadValue for no text."""
    purpose = purpose_of(actor, case)
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise BadValue(
            gettext_noop("Type a name, a number or a plate of at most {most} characters."),
            field="text",
            value="",
            most=LONGEST,
        )
    kinds = kinds_of(text)
    asked = asked_keys(text, kinds)
    cases = case_keys(text, kinds)
    found = find(actor, purpose, text, asked)
    if not found and may_be_name(text):
        wider = single_keys(text)
        found = find(actor, purpose, text, wider)
        asked |= wider
    note(actor, purpose, kinds, [stored(key) for key in asked] + cases)
    hits, holding = cases_found(actor, purpose, cases)
    people, desks = shown(actor, purpose, found[:SHOWN], holding)
    return Answer(
        kinds=tuple(map(str, kinds)),
        people=people,
        cases=hits,
        desks=desks,
        more=len(found) > SHOWN,
    )


__all__ = [
    "LONGEST",
    "Answer",
    "CaseHit",
    "DeskHit",
    "PersonHit",
    "Strength",
    "case_for",
    "look_up",
    "open_cases",
]
