from datetime import date, timedelta

import pytest

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import BadInput, NotAllowedNow, RabtaError, Refused
from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.models import Posting, Unit
from rabta.desk.accounts.rules import UnitKind
from rabta.desk.wall.models import WriteEntry


def opened(
    founder: Actor, agency: object, code: str, day: date, parent: Unit | None = None
) -> Unit:
    return services.open_unit(
        actor=founder,
        agency=agency,
        code=code,
        names={"en": code},
        kind=UnitKind.POST,
        opened=day,
        parent=parent,
    )


def close(founder: Actor, unit: Unit, on: date, successor: Unit | None = None) -> Unit:
    return services.close_unit(actor=founder, unit=unit, on=on, successor=successor)


def test_an_agency_has_an_english_name_and_a_code_of_its_own(founder: Actor, today: date) -> None:
    given = {"actor": founder, "kind": AgencyKind.NGO, "opened": today}
    services.open_agency(code="T", names={"en": " Test  body ", "ur": ""}, **given)
    (branch,) = selectors.branches()
    assert branch.name == "Test body"
    with pytest.raises(NotAllowedNow):
        services.open_agency(code="T", names={"en": "Other"}, **given)
    with pytest.raises(BadInput):
        services.open_agency(code="U", names={"ur": "نمونہ"}, **given)
    with pytest.raises(BadInput):
        services.open_agency(code="U V", names={"en": "U"}, **given)


def test_nobody_but_a_steward_changes_the_tree(world: object, today: date) -> None:
    from rabta.desk.wall.session import acting

    supervisor = world.actor("hq", Duty.SUPERVISOR)
    with acting(supervisor, "test"), pytest.raises(Refused):
        close(supervisor, world.units["circle_a"], today)


def test_a_unit_opens_within_its_agency_and_under_an_open_unit_of_it(
    world: object, founder: Actor, today: date
) -> None:
    agency = world.agencies["federal"]
    with pytest.raises(NotAllowedNow):
        opened(founder, agency, "early", world.since - timedelta(days=1))
    with pytest.raises(NotAllowedNow):
        opened(founder, agency, "circle_a", today)
    with pytest.raises(NotAllowedNow):
        opened(founder, agency, "strange", today, world.units["post"])
    late = opened(founder, agency, "late", today + timedelta(days=9))
    with pytest.raises(NotAllowedNow):
        opened(founder, agency, "below", today, late)
    assert not Unit.objects.filter(code__in=["early", "strange", "below"]).exists()


def test_a_unit_moves_on_a_day_and_stood_elsewhere_before(
    world: object, founder: Actor, today: date
) -> None:
    hq, a, b = (world.units[name] for name in ("hq", "circle_a", "circle_b"))
    services.move_unit(actor=founder, unit=b, parent=a, on=today)
    assert b.pk in selectors.units_below(a.pk)
    assert b.pk not in selectors.units_below(a.pk, day=today - timedelta(days=1))
    assert b.pk in selectors.units_below(hq.pk)
    with pytest.raises(NotAllowedNow):
        services.move_unit(actor=founder, unit=a, parent=b, on=today)
    services.move_unit(actor=founder, unit=b, parent=None, on=today)
    assert b.pk not in selectors.units_below(hq.pk)


def test_a_unit_does_not_close_before_it_opens_nor_over_open_units(
    world: object, founder: Actor, today: date
) -> None:
    hq, a = world.units["hq"], world.units["circle_a"]
    with pytest.raises(NotAllowedNow):
        close(founder, a, world.since - timedelta(days=1))
    with pytest.raises(NotAllowedNow) as error:
        close(founder, hq, today)
    assert "circle_a, circle_b" in str(error.value)
    for name in ("circle_a", "circle_b"):
        close(founder, world.units[name], today)
    assert close(founder, hq, today).closed == today
    with pytest.raises(NotAllowedNow):
        close(founder, hq, today)


def test_closing_ends_the_postings_there(world: object, founder: Actor, today: date) -> None:
    user = world.user()
    posting = world.post(user, "circle_a", Duty.CLERK)
    close(founder, world.units["circle_a"], today)
    posting.refresh_from_db()
    assert posting.valid_to == today
    assert selectors.postings_of(user) == ()


def test_a_merged_unit_hands_over_its_postings_and_its_records(
    world: object, founder: Actor, today: date
) -> None:
    a, b = world.units["circle_a"], world.units["circle_b"]
    stays, both, comes = world.user(), world.user(), world.user()
    world.post(stays, "circle_a", Duty.CLERK)
    world.post(both, "circle_a", Duty.CLERK)
    world.post(both, "circle_b", Duty.CLERK)
    world.post(comes, "circle_a", Duty.CLERK, valid_from=today + timedelta(days=30))
    on = today + timedelta(days=3)
    close(founder, a, on, b)
    assert [p.unit_id for p in selectors.postings_of(stays)] == [a.pk]
    assert [p.unit_id for p in selectors.postings_of(stays, day=on)] == [b.pk]
    assert [p.unit_id for p in selectors.postings_of(both, day=on)] == [b.pk]
    later = Posting.objects.get(user=comes, unit=b)
    assert later.valid_from == today + timedelta(days=30)
    assert a.pk not in selectors.units_below(b.pk)
    assert a.pk in selectors.units_below(b.pk, day=on)


def test_whom_to_ask_follows_the_mergers(world: object, founder: Actor, today: date) -> None:
    hq, a, b = (world.units[name] for name in ("hq", "circle_a", "circle_b"))
    close(founder, a, today, b)
    close(founder, b, today + timedelta(days=1), hq)
    assert selectors.desk_of({a.pk})[a.pk].unit_code == "circle_b"
    later = selectors.desk_of({a.pk}, day=today + timedelta(days=1))
    assert later[a.pk].unit_code == "hq"


def test_a_unit_is_merged_into_an_open_unit_of_its_agency(
    world: object, founder: Actor, today: date
) -> None:
    a, b = world.units["circle_a"], world.units["circle_b"]
    for successor in (a, world.units["post"]):
        with pytest.raises(NotAllowedNow):
            close(founder, a, today, successor)
    close(founder, b, today)
    with pytest.raises(NotAllowedNow):
        close(founder, a, today, b)


def test_an_allowance_opens_from_its_day_to_its_end(
    world: object, founder: Actor, today: date
) -> None:
    federal, railways = world.agencies["federal"], world.agencies["railways"]
    made = services.allow(
        actor=founder,
        agency=federal,
        recipient=railways,
        level=Level.PSEUDONYM,
        basis="Letter 7 of the committee",
        valid_from=today,
    )
    assert federal.pk in selectors.reach_of(railways.pk)
    assert federal.pk not in selectors.reach_of(railways.pk, day=today - timedelta(days=1))
    services.end_allowance(actor=founder, allowance=made, on=today)
    assert federal.pk not in selectors.reach_of(railways.pk)
    with pytest.raises(NotAllowedNow):
        services.end_allowance(actor=founder, allowance=made, on=today)


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipient": "federal"},
        {"level": Level.NOTHING},
        {"basis": "  "},
        {"valid_to": date(2001, 1, 1)},
    ],
)
def test_an_allowance_without_sense_is_refused(
    world: object, founder: Actor, today: date, wrong: dict
) -> None:
    given = {
        "agency": world.agencies["federal"],
        "recipient": world.agencies["railways"],
        "level": Level.HIT,
        "basis": "Letter",
        "valid_from": today,
    } | wrong
    if isinstance(given["recipient"], str):
        given["recipient"] = world.agencies[given["recipient"]]
    with pytest.raises(RabtaError):
        services.allow(actor=founder, **given)


def test_each_step_is_an_entry_that_names_ids_and_no_names(
    world: object, founder: Actor, today: date
) -> None:
    close(founder, world.units["circle_a"], today, world.units["circle_b"])
    said = WriteEntry.objects.latest("seq").said
    assert said["event"] == "unit.merged"
    assert said["subjects"]["unit"]["changed"]["ids"] == [world.units["circle_a"].pk]
    assert "circle" not in str(said)
