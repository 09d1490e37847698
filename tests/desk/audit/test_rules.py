"""What is odd among look-ups, and the sample that nobody draws twice."""

from datetime import UTC, date, datetime, timedelta

from rabta.desk.audit import rules
from rabta.desk.audit.rules import LookedUp, Why

MORNING = datetime(2024, 5, 6, 9, 0, tzinfo=UTC)


def asked(entry, at=MORNING, user=1, keys=()):
    return LookedUp(entry=entry, at=at, user=user, agency=2, case=3, keys=frozenset(keys))


def burst(first, count, at, user=1):
    return [asked(first + n, at + timedelta(minutes=n), user) for n in range(count)]


def whys(found):
    return [(odd.why, odd.last.entry, odd.times) for odd in rules.odd_among(found)]


def test_an_ordinary_week_has_nothing_odd():
    week = [m for day in range(5) for m in burst(day * 9 + 1, 9, MORNING + timedelta(days=day))]
    assert whys(week) == []


def test_an_hour_far_above_ones_own_is_heavy():
    usual = [m for day in range(4) for m in burst(day * 3 + 1, 3, MORNING + timedelta(days=day))]
    assert whys(usual + burst(100, 20, MORNING + timedelta(days=5))) == [(Why.HEAVY, 119, 20)]


def test_who_always_asks_much_is_not_heavy():
    busy = [m for day in range(5) for m in burst(day * 20 + 1, 20, MORNING + timedelta(days=day))]
    assert whys(busy) == []


def test_a_first_hour_is_heavy_by_its_number_alone():
    assert whys(burst(1, rules.HEAVY_FROM, MORNING)) == [(Why.HEAVY, 12, 12)]
    assert whys(burst(1, rules.HEAVY_FROM - 1, MORNING)) == []


def test_the_night_is_one_line_a_day():
    night = MORNING.replace(hour=2)
    found = [*burst(1, 2, night), *burst(5, 1, night + timedelta(days=1)), asked(9)]
    assert whys(found) == [(Why.OFF_HOURS, 5, 1), (Why.OFF_HOURS, 2, 2)]
    assert whys([asked(1, MORNING.replace(hour=6)), asked(2, MORNING.replace(hour=21))]) == []


def test_the_same_person_again_and_again():
    days = [asked(n, MORNING + timedelta(days=n), keys=[7, 8]) for n in range(1, 5)]
    assert whys(days) == [(Why.AGAIN, 4, 4)]
    assert whys(days[:3]) == []
    assert whys([asked(n, MORNING + timedelta(days=n)) for n in range(1, 9)]) == []
    assert whys([asked(n, keys=[7], user=n) for n in range(1, 9)]) == []


def test_ones_own_family():
    shown = [(asked(1), frozenset({5, 6})), (asked(2), frozenset({9})), (asked(3, user=2), {5})]
    found = rules.family(shown, {1: frozenset({6})})
    assert [(odd.why, odd.last.entry) for odd in found] == [(Why.FAMILY, 1)]


def test_a_sample_is_the_same_all_day_and_another_for_another_agency():
    found = burst(1, 200, MORNING)
    day = date(2024, 5, 7)

    def draw(day, reviewer):
        return [odd.last.entry for odd in rules.sample_of(found, day=day, reviewer=reviewer)]

    assert draw(day, 1) == draw(day, 1)
    assert len(set(draw(day, 1))) == rules.SAMPLE
    assert draw(day, 1) != draw(day, 2)
    assert draw(day, 1) != draw(day + timedelta(days=1), 1)
    assert len(rules.sample_of(found[:3], day=day, reviewer=1)) == 3
