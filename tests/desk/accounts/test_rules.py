from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rabta.core.errors import BadInput, NotAllowedNow
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import rules
from rabta.desk.accounts.rules import Held, Span

DAY = date(2025, 6, 1)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2020, 3, 1))
spans = st.builds(
    lambda start, length: Span(start, None if length is None else start + timedelta(days=length)),
    days,
    st.none() | st.integers(0, 40),
)


@given(spans, spans)
def test_two_spans_meet_exactly_where_they_share_a_day(one: Span, other: Span) -> None:
    def those(span: Span) -> set[date]:
        last = span.end or date(2020, 8, 1)
        return {span.start + timedelta(days=n) for n in range((last - span.start).days)}

    assert one.meets(other) is bool(those(one) & those(other))
    assert one.meets(other) is other.meets(one)


def test_the_same_duty_at_the_same_unit_stands_once_on_a_day() -> None:
    held = [Held(1, Duty.CLERK, Span(DAY, DAY + timedelta(days=10)))]
    with pytest.raises(NotAllowedNow):
        rules.refuse_posting(Held(1, Duty.CLERK, Span(DAY + timedelta(days=9))), held)
    rules.refuse_posting(Held(1, Duty.CLERK, Span(DAY + timedelta(days=10))), held)
    rules.refuse_posting(Held(2, Duty.CLERK, Span(DAY)), held)
    rules.refuse_posting(Held(1, Duty.ANALYST, Span(DAY)), held)


@pytest.mark.parametrize("first", [Duty.STEWARD, Duty.SUPERVISOR])
def test_a_steward_is_nothing_else_on_the_same_day(first: Duty) -> None:
    second = Duty.SUPERVISOR if first is Duty.STEWARD else Duty.STEWARD
    held = [Held(1, first, Span(DAY, DAY + timedelta(days=5)))]
    with pytest.raises(NotAllowedNow):
        rules.refuse_posting(Held(2, second, Span(DAY)), held)
    rules.refuse_posting(Held(2, second, Span(DAY + timedelta(days=5))), held)


def test_a_posting_lies_within_the_days_its_unit_is_open() -> None:
    life = Span(DAY, DAY + timedelta(days=30))
    rules.refuse_outside(Span(DAY, DAY + timedelta(days=30)), life, name="Post")
    for wanted in (
        Span(DAY - timedelta(days=1), DAY),
        Span(DAY),
        Span(DAY, DAY + timedelta(days=31)),
    ):
        with pytest.raises(NotAllowedNow):
            rules.refuse_outside(wanted, life, name="Post")


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(BadInput) as error:
        rules.refuse_backwards(Span(DAY, DAY - timedelta(days=1)))
    assert "2025-05-31" in str(error.value)


def test_every_fifth_failure_closes_for_double_the_time_up_to_a_day() -> None:
    locks = {n: rules.lock_after(n) for n in range(1, 61)}
    assert {n for n, lock in locks.items() if lock} == set(range(5, 61, 5))
    minutes = [locks[n].total_seconds() / 60 for n in range(5, 61, 5)]
    assert minutes == [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440, 1440, 1440]


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2025, 6, 1, 12, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(("offset", "works"), [(-2, 0), (-1, 1), (0, 1), (1, 1), (2, 0)])
def test_a_code_is_good_for_one_step_either_way(offset: int, works: int) -> None:
    code = pyotp.TOTP(SECRET).at(NOW, counter_offset=offset)
    step = rules.matching_step(SECRET, code, at=NOW, last_step=0)
    assert (step == int(NOW.timestamp()) // 30 + offset) if works else step is None


def test_a_step_that_was_used_and_every_step_before_it_are_dead() -> None:
    now = int(NOW.timestamp()) // 30
    for offset in (-1, 0):
        code = pyotp.TOTP(SECRET).at(NOW, counter_offset=offset)
        assert rules.matching_step(SECRET, code, at=NOW, last_step=now) is None
    assert rules.matching_step(
        SECRET, pyotp.TOTP(SECRET).at(NOW, counter_offset=1), at=NOW, last_step=now
    )


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("123 456", "123456"), ("۱۲۳۴۵۶", "123456"), ("ABCDE-fghjk ", "abcdefghjk"), ("²", "2")],
)
def test_codes_are_compared_without_spaces_dashes_case_or_script(typed: str, plain: str) -> None:
    assert rules.plain_code(typed) == plain


@given(st.text())
def test_anything_may_be_typed_as_a_code(text: str) -> None:
    assert all(c.isalnum() for c in rules.plain_code(text)) or not text.isascii()


def test_logins_differ_neither_by_case_nor_by_spaces_around() -> None:
    assert rules.plain_login("  A.Officer ") == "a.officer"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko Firefox/130.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/120 Safari/5", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/120 Safari/5 Edg/120", "Edge, Windows"),
        ("curl/8.0", "curl/8.0"),
        ("<script>", "script"),
        ("", ""),
    ],
)
def test_a_device_is_named_in_two_words(agent: str, device: str) -> None:
    assert rules.device_of(agent) == device
