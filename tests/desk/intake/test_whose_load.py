"""To whom a load is open, and for how long: a side door is not wider than the front."""

import io

import pytest
from tests.desk.intake.conftest import Desk, all_of
from tests.desk.intake.texts import HEADINGS, as_csv, person_row
from tests.world import FOUNDER

from rabta.core.access.levels import Level
from rabta.core.errors import Refused
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts.models import Posting
from rabta.desk.cases.models import ParticularRow, Person, RoleInCase
from rabta.desk.intake import services
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

BAD = {"Date of Birth": "not a day"}


def a_body_of_ones_own(desk: Desk, code: str = "house2"):
    with acting(desk.actor, "test"):
        return services.agency_for(desk.actor, code=code, kind="agency-return", create=True)


def gets_people(desk: Desk, unit) -> Desk:
    """The body takes up its own work, and enters a victim."""
    desk.world.units[unit.code] = unit
    user = desk.world.user("shelter worker")
    own = Desk(desk.world, user, desk.world.actor("main", Duty.CASE_WORKER, user=user), desk.folder)
    own.load(own.write([person_row(7, Role="victim")], "theirs.csv"), code="house2")
    return own


def said_of_the_victim() -> tuple[object, ...]:
    (person,) = [p for p in all_of(Person) if p.protected]
    rows = all_of(ParticularRow, person_id=person.pk, withdrawn=False)
    return (
        person.link_consent,
        sorted(role.role for role in all_of(RoleInCase, person_id=person.pk)),
        sorted((row.kind, row.opened().text) for row in rows),
    )


def test_refused_rows_of_a_body_are_closed_once_it_has_people(desk: Desk) -> None:
    agency, unit = a_body_of_ones_own(desk)
    file = desk.write([person_row(50, **BAD)], "first.csv")
    with acting(desk.actor, "test"):
        load = services.begin(desk.actor, agency=agency, unit=unit, kind="agency-return", file=file)
        services.advance(desk.actor, load=load, file=file)
    (row,) = all_of(LoadRow, state="refused")
    address = f"/loads/rows/{row.public_id}"
    assert desk.browser().get(address).status_code == 200
    gets_people(desk, unit)
    before = said_of_the_victim()
    assert desk.browser().get(address).status_code == 404
    guess = {f"value_{n}": text for n, text in enumerate(person_row(7, Role="accused"))}
    assert desk.browser().post(address, guess).status_code == 404
    with acting(desk.actor, "test"), pytest.raises(Refused):
        services.mend(desk.actor, load=load, row=row, fields={"birth": ""})
    assert said_of_the_victim() == before


def test_a_file_received_for_a_body_is_not_started_once_it_has_people(desk: Desk) -> None:
    agency, unit = a_body_of_ones_own(desk)
    text = as_csv([[*person_row(7, Role="accused"), "yes"]], (*HEADINGS, "Consent"))
    with acting(desk.actor, "test"):
        load = services.receive(
            desk.actor, agency=agency, unit=unit, kind="agency-return",
            file=io.BytesIO(text.encode()), file_name="guess.csv",
        )  # fmt: skip
    gets_people(desk, unit)
    before = said_of_the_victim()
    assert desk.browser().get(f"/loads/{load.public_id}").status_code == 404
    assert desk.browser().post(f"/loads/{load.public_id}/start", {}).status_code == 404
    for verb in (services.start, services.ask_to_stop, services.undo):
        with acting(desk.actor, "test"), pytest.raises(Refused):
            verb(desk.actor, load=load)
    assert said_of_the_victim() == before


def test_a_load_under_way_for_a_body_ends_once_it_has_people(desk: Desk) -> None:
    agency, unit = a_body_of_ones_own(desk)
    file = desk.write([person_row(n, Role="accused") for n in (7, 8)], "guess.csv")
    with acting(desk.actor, "test"):
        load = services.begin(desk.actor, agency=agency, unit=unit, kind="agency-return", file=file)
    gets_people(desk, unit)
    before = said_of_the_victim()
    with acting(desk.actor, "test"):
        services.advance(desk.actor, load=load, file=file)
    (mine,) = [one for one in all_of(Load) if one.pk == load.pk]
    assert (mine.state, mine.loaded, mine.updated, mine.unchanged) == ("cancelled", 0, 0, 0)
    assert said_of_the_victim() == before


def test_whoever_left_a_unit_has_its_loads_no_more(desk: Desk, today) -> None:
    bad = person_row(1, Role="victim", **BAD)
    load = desk.load(desk.write([person_row(0, Role="victim"), bad]))
    address = f"/loads/{load.public_id}"
    assert bad[4] in desk.browser().get(address).content.decode()
    with acting(FOUNDER, "test"), write(FOUNDER, "posting.ended") as door:
        door.change(Posting.objects.get(user=desk.user), valid_to=today)
    moved = desk.world.actor("circle_b", Duty.CLERK, user=desk.user)
    with acting(moved, "test"):
        assert not visible_to(Load, moved, at_least=Level.FULL).exists()
    assert desk.browser().get(address).status_code == 404
    assert desk.browser().post(f"{address}/undo").status_code == 404
    assert len(all_of(Person)) == 1
