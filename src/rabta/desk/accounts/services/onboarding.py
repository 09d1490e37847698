"""Taking an agency aboard, with its units and people, as one step: all of it or nothing."""

from dataclasses import dataclass

from django.conf import settings

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadInput, fill, gettext_noop
from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.desk.accounts import selectors
from rabta.desk.accounts.models import Agency, Unit
from rabta.desk.accounts.plans import Plan, Problem, parents_first, problems
from rabta.desk.accounts.rules import UnitKind
from rabta.desk.accounts.services.agencies import open_agency, open_unit
from rabta.desk.accounts.services.duties import steward_only
from rabta.desk.accounts.services.people import NewSecret, NewSignIn, open_user, post
from rabta.desk.wall.door import write


@dataclass(frozen=True, slots=True)
class Onboarded:
    """What was opened; the passphrases in it are shown once and kept nowhere."""

    agency: Agency
    units: int
    people: tuple[NewSignIn, ...]


def problems_of(plan: Plan) -> tuple[Problem, ...]:
    """What stands in the way of a plan on this node as it is now."""
    return problems(
        plan,
        codes=selectors.known_codes(),
        logins=selectors.known_logins(person.login for person in plan.people),
        languages=[code for code, _ in settings.LANGUAGES],
    )


def onboard(*, actor: Actor, plan: Plan) -> Onboarded:
    """Open an agency with its units and people. Raises BadInput with the first problem there is.

    New people get one-time passphrases. One entry in the ledger names everything.
    """
    steward_only(actor)
    _refuse(problems_of(plan))
    fresh = [NewSecret.of(None) for _ in plan.people]
    with write(actor, "agency.onboarded"):
        _refuse(problems_of(plan))
        agency = open_agency(
            actor=actor,
            code=plan.code,
            names=plan.names,
            kind=AgencyKind(plan.kind),
            opened=plan.opened,
            country=plan.country.upper(),
            desk_phone=plan.phone,
        )
        units: dict[str, Unit] = {}
        for unit in parents_first(plan.units):
            units[unit.code] = open_unit(
                actor=actor,
                agency=agency,
                code=unit.code,
                names=unit.names,
                kind=UnitKind(unit.kind),
                opened=unit.opened,
                parent=units.get(unit.parent),
                desk_phone=unit.phone,
            )
        people = []
        for person, secret in zip(plan.people, fresh, strict=True):
            made = open_user(
                actor=actor,
                login=person.login,
                name=person.name,
                language=person.language,
                passphrase=secret,
            )
            post(
                actor=actor,
                user=made.user,
                unit=units[person.unit],
                duty=Duty(person.duty),
                valid_from=person.starts,
            )
            people.append(made)
    return Onboarded(agency, len(units), tuple(people))


def _refuse(found: tuple[Problem, ...]) -> None:
    if found:
        first = found[0]
        raise BadInput(
            gettext_noop("{problems} problem(s). {part}, line {line}: {what}"),
            remedy=gettext_noop("Correct the plan and send it again; nothing was opened."),
            problems=len(found),
            part=first.part,
            line=first.line,
            what=fill(first.message, dict(first.facts)),
        )
