"""One record by its outward id, read through the wall: what the routes decide on."""

from typing import Any
from uuid import UUID

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import NotFound, Refused, gettext_noop
from rabta.desk.cases import rules
from rabta.desk.cases.models import Case, Person
from rabta.desk.wall.base import Guarded
from rabta.desk.wall.scope import decision_of, visible_to


def case_by_id(actor: Actor, public_id: UUID) -> Case:
    """A case as the actor may see it. Raises NotFound, also for one that is sealed to them."""
    return _one(Case, actor, public_id)


def person_by_id(actor: Actor, public_id: UUID) -> Person:
    """A person as the actor may see them. Raises NotFound."""
    return _one(Person, actor, public_id)


def workable_case(actor: Actor, public_id: UUID) -> Case:
    """A case that the actor may write in. Raises NotFound, or Refused for one to be read only."""
    return _workable(actor, case_by_id(actor, public_id))


def workable_person(actor: Actor, public_id: UUID) -> Person:
    """A person whom the actor may change. Raises NotFound, or Refused for one to be read only."""
    return _workable(actor, person_by_id(actor, public_id))


def may_work(actor: Actor, record: Any) -> bool:
    """Whether the actor may write in a record that was read for them."""
    decision = decision_of(record)
    return decision.level >= Level.FULL and rules.works_on(
        actor, agency=record.agency_id, why=decision.why
    )


def _one(model: type[Guarded], actor: Actor, public_id: UUID) -> Any:
    found = visible_to(model, actor, at_least=Level.HIT).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def _workable(actor: Actor, record: Any) -> Any:
    if not may_work(actor, record):
        raise Refused(
            gettext_noop("You may read this and not change it."),
            why="other-unit",
            remedy=gettext_noop("Ask the unit that holds it, or to be named in the case."),
        )
    return record
