from datetime import date, timedelta

import pytest
from tests.desk.accounts.conftest import FOUNDER, PASSPHRASE, TOTP

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadInput, NotAllowedNow, Refused
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.models import PrintedCode, User
from rabta.desk.wall.models import WriteEntry
from rabta.desk.wall.session import acting


def post(user: User, unit: object, duty: Duty, since: date, to: date | None = None) -> object:
    return services.post(
        actor=FOUNDER, user=user, unit=unit, duty=duty, valid_from=since, valid_to=to
    )


def test_a_new_sign_in_gets_a_one_time_passphrase(founder: Actor) -> None:
    made = services.open_user(actor=founder, login=" A.New ", name="A  New")
    assert (made.user.login, made.user.name) == ("a.new", "A New")
    assert made.user.passphrase_once
    assert made.user.check_password(made.passphrase)
    again = services.open_user(actor=founder, login="b", name="B")
    assert again.passphrase != made.passphrase


def test_a_passphrase_and_second_factor_that_are_given_are_taken(founder: Actor) -> None:
    made = services.open_user(
        actor=founder, login="d", name="D", passphrase=PASSPHRASE, totp_secret=TOTP
    )
    assert not made.user.passphrase_once
    assert made.user.check_password(PASSPHRASE)
    assert services.totp_secret_of(User.objects.get(pk=made.user.pk)) == TOTP
    assert TOTP.encode() not in bytes(made.user.totp_sealed)


def test_a_login_is_of_one_person(founder: Actor) -> None:
    services.open_user(actor=founder, login="a", name="A")
    with pytest.raises(NotAllowedNow):
        services.open_user(actor=founder, login="A", name="Other")
    for login, name in (("", "A"), ("a b", "A"), ("x" * 65, "A"), ("c", " ")):
        with pytest.raises(BadInput):
            services.open_user(actor=founder, login=login, name=name)


def test_postings_obey_the_rules(world: object, founder: Actor, today: date) -> None:
    user, circle = world.user(), world.units["circle_a"]
    post(user, circle, Duty.CLERK, today)
    with pytest.raises(NotAllowedNow):
        post(user, circle, Duty.CLERK, today + timedelta(days=5))
    with pytest.raises(NotAllowedNow):
        post(user, world.units["hq"], Duty.STEWARD, today)
    with pytest.raises(NotAllowedNow):
        post(world.user(), circle, Duty.CLERK, world.since - timedelta(days=1))
    with pytest.raises(BadInput):
        post(world.user(), circle, Duty.CLERK, today, today - timedelta(days=1))
    services.close_unit(actor=founder, unit=circle, on=today)
    with pytest.raises(NotAllowedNow):
        post(world.user(), circle, Duty.CLERK, today)


def test_an_ended_posting_gives_nothing_from_that_day(
    world: object, founder: Actor, today: date
) -> None:
    user = world.user()
    posting = post(user, world.units["post"], Duty.CLERK, today)
    with pytest.raises(BadInput):
        services.end_posting(actor=founder, posting=posting, on=today - timedelta(days=1))
    services.end_posting(actor=founder, posting=posting, on=today + timedelta(days=2))
    assert selectors.postings_of(user)
    services.end_posting(actor=founder, posting=posting, on=today)
    assert selectors.postings_of(user) == ()
    with pytest.raises(NotAllowedNow):
        services.end_posting(actor=founder, posting=posting, on=today)


def test_a_closed_person_has_no_posting_and_gets_none(
    world: object, founder: Actor, today: date
) -> None:
    user = world.user()
    post(user, world.units["post"], Duty.CLERK, today - timedelta(days=5))
    closed = services.close_user(actor=founder, user=user)
    assert closed.closed == today
    assert selectors.postings_of(user) == ()
    for again in (
        lambda: post(user, world.units["post"], Duty.CLERK, today),
        lambda: services.close_user(actor=founder, user=user),
        lambda: services.renew_sign_in(actor=founder, user=user),
    ):
        with pytest.raises(NotAllowedNow):
            again()


def test_the_last_steward_stays(world: object, founder: Actor, today: date) -> None:
    first, second = world.user(), world.user()
    one = post(first, world.units["listdesk"], Duty.STEWARD, today)
    for step in (
        lambda: services.end_posting(actor=founder, posting=one, on=today),
        lambda: services.close_user(actor=founder, user=first),
        lambda: services.close_unit(actor=founder, unit=world.units["listdesk"], on=today),
    ):
        with pytest.raises(NotAllowedNow):
            step()
    assert selectors.postings_of(first)
    post(second, world.units["rhq"], Duty.STEWARD, today)
    services.close_user(actor=founder, user=first)


def test_a_passphrase_is_ones_own_and_not_an_easy_one(officer: User, world: object) -> None:
    own = Actor(user=officer.pk, duty=None)
    with acting(own, "test"):
        for bad in ("short", "password1234", "officer namewala", "x" * 257):
            with pytest.raises(BadInput):
                services.set_passphrase(actor=own, user=officer, passphrase=bad)
        changed = services.set_passphrase(
            actor=own, user=officer, passphrase="پیتل بارش سیڑھی اخروٹ"
        )
        assert changed.check_password("پیتل بارش سیڑھی اخروٹ")
        other = world.user()
        for step in (
            lambda: services.set_passphrase(actor=own, user=other, passphrase=PASSPHRASE),
            lambda: services.enrol_totp(actor=own, user=other, secret=TOTP),
            lambda: services.print_codes(actor=own, user=other),
            lambda: services.end_sign_ins(actor=own, user=other),
        ):
            with pytest.raises(Refused):
                step()


def test_printed_codes_are_kept_as_digests_and_replace_the_old_ones(
    officer: User, founder: Actor
) -> None:
    first = services.print_codes(actor=founder, user=officer)
    second = services.print_codes(actor=founder, user=officer)
    kept = PrintedCode.objects.filter(user=officer)
    assert len(first) == len(set(second)) == kept.count() == 10
    assert not set(first) & set(second)
    assert not {row.digest for row in kept} & set(second)


def test_a_renewed_sign_in_starts_afresh(officer: User, founder: Actor) -> None:
    services.print_codes(actor=founder, user=officer)
    made = services.renew_sign_in(actor=founder, user=officer)
    assert made.user.passphrase_once
    assert made.user.totp_sealed is None
    assert not made.user.check_password(PASSPHRASE)
    assert not PrintedCode.objects.filter(user=officer).exists()


def test_an_empty_node_gets_one_steward_and_only_once(db: None, today: date) -> None:
    made = services.make_node("first.steward")
    assert made.posting.duty == Duty.STEWARD
    assert made.user.check_password(made.passphrase)
    assert services.totp_secret_of(made.user) == made.totp_secret
    assert len(made.codes) == 10
    entry = WriteEntry.objects.latest("seq").said
    assert (entry["event"], entry["user"], entry["duty"]) == ("node.made", 0, "steward")
    with pytest.raises(NotAllowedNow):
        services.make_node("second.steward")


def test_an_agency_comes_aboard_whole_or_not_at_all(founder: Actor, today: date) -> None:
    from rabta.desk.accounts.plans import Plan, people_from_table, units_from_table

    plan = Plan(
        code="T",
        kind="ngo",
        names={"en": "Test"},
        opened=today,
        units=units_from_table("T-1,desk,T-HQ,Desk\nT-HQ,headquarters,,HQ", opened=today),
        people=people_from_table("t.one,T. One,T-1,clerk\nt.two,T. Two,T-HQ,supervisor,ur",
                                 starts=today),
    )  # fmt: skip
    done = services.onboard(actor=founder, plan=plan)
    assert (done.units, [made.user.login for made in done.people]) == (2, ["t.one", "t.two"])
    (branch,) = selectors.branches()
    assert [(u.code, u.depth, u.under) for u in branch.units] == [("T-HQ", 0, ""), ("T-1", 1, "HQ")]
    assert all(made.user.check_password(made.passphrase) for made in done.people)
    assert WriteEntry.objects.latest("seq").said["event"] == "agency.onboarded"
    with pytest.raises(BadInput) as error:
        services.onboard(actor=founder, plan=plan)
    assert "code T" in str(error.value)
    assert len(selectors.branches()) == 1
