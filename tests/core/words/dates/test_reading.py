"""Dates as people and programs write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rabta.core.errors import BadValue
from rabta.core.words.calendars import YEARS, from_day
from rabta.core.words.dates import PartialDate, read_date
from rabta.core.words.dates.months import MONTHS, SHOWN
from rabta.core.words.vocabulary import Calendar

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2014-03-17", "2014-03-17"),
        ("2014/03/17", "2014-03-17"),
        ("17/03/2014", "2014-03-17"),
        ("3/4/2014", "2014-04-03"),
        ("17.03.2014", "2014-03-17"),
        ("17 - 03 - 2014", "2014-03-17"),
        ("20140317", "2014-03-17"),
        ("17 Mar 2014", "2014-03-17"),
        ("17-Mar-2014", "2014-03-17"),
        ("17th of March, 2014", "2014-03-17"),
        ("Mar 17, 2014", "2014-03-17"),
        ("2014 March 17", "2014-03-17"),
        ("2014-03-17 00:00:00", "2014-03-17"),
        ("2014-03-17T10:30:00.000Z", "2014-03-17"),
        ("17/03/2014 10:30 PM", "2014-03-17"),
        ("Thu, 01/01/2026 - 12:00", "2026-01-01"),
        ("17 Mar 2014 AD", "2014-03-17"),
        ("March 2014", "2014-03"),
        ("03/2014", "2014-03"),
        ("2014-03", "2014-03"),
        ("00/03/2014", "2014-03"),
        ("00/00/1971", "1971"),
        ("dd/mm/1971", "1971"),
        ("2014", "2014"),
        ("year 2014", "2014"),
        ("1970-1973", "1970–1973"),
        ("1970 – 1973", "1970–1973"),
        ("between 1970 and 1973", "1970–1973"),
        ("1970 to 1973", "1970–1973"),
        ("Mar 1970 to Apr 1971", "1970-03–1971-04"),
        ("17/03/2014 - 19/03/2014", "2014-03-17–2014-03-19"),
        ("circa 1971", "c. 1971"),
        ("c. 1971", "c. 1971"),
        ("approximately 1971", "c. 1971"),
        ("~1971", "c. 1971"),
        ("circa 1965-1969", "c. 1965–1969"),
        ("1970 or 1972", "c. 1970–1972"),
        ("1972 or 1970", "c. 1970–1972"),
        ("1971 or Mar 1971", "c. 1971"),
        ("1970s", "c. 1970–1979"),
        ("تقریباً 1971", "c. 1971"),
        ("۲۰۱۴-۰۳-۱۷", "2014-03-17"),
        ("١٧/٠٣/٢٠١٤", "2014-03-17"),
        ("१७/०३/२०१४", "2014-03-17"),
        ("१७ मार्च २०१४", "2014-03-17"),
        ("17 جنوری 1990", "1990-01-17"),
        ("۱۷؍مارچ ۲۰۱۴ء", "2014-03-17"),
        ("مئی 1985", "1985-05"),
        ("۵ يناير ٢٠١٠", "2010-01-05"),
        ("1970 سے 1973", "1970–1973"),
    ],
)
def test_gregorian(text: str, shown: str) -> None:
    found = read_date(text, today=TODAY)
    assert found.show() == shown
    assert found.text == text
    assert found.calendar is Calendar.GREGORIAN
    assert found.approximate is shown.startswith("c.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("۱ فروردین ۱۴۰۳", "2024-03-20"),
        ("22 Bahman 1357", "1979-02-11"),
        ("۲۲ دلو ۱۳۵۷", "1979-02-11"),
        ("۱ وری ۱۴۰۳", "2024-03-20"),
        ("1 Hamal 1403 AH", "2024-03-20"),
        ("1403/01/01 ش", "2024-03-20"),
        ("۱۴۰۳/۰۱/۰۱ ه.ش.", "2024-03-20"),
        ("1403/01/01 هجری شمسی", "2024-03-20"),
        ("1352 SH", "1973-03-21–1974-03-20"),
        ("فروردین ۱۴۰۳", "2024-03-20–2024-04-19"),
        ("1390-1395 SH", "2011-03-21–2017-03-20"),
    ],
)
def test_solar_hijri(text: str, shown: str) -> None:
    found = read_date(text, today=TODAY)
    assert (found.show(), found.calendar, found.approximate) == (
        shown,
        Calendar.SOLAR_HIJRI,
        False,
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 Muharram 1445", date(2023, 7, 19)),
        ("1 محرم 1445", date(2023, 7, 19)),
        ("۱ محرم الحرام ۱۴۴۵ھ", date(2023, 7, 19)),
        ("01/01/1445 AH", date(2023, 7, 19)),
        ("01/01/1445 ہجری", date(2023, 7, 19)),
        ("1445-01-01 ه ق", date(2023, 7, 19)),
        ("1 Ramzan 1440", date(2019, 5, 6)),
        ("1 Rabi' al-Thani 1440", date(2018, 12, 10)),
        ("1 Rabi II 1440", date(2018, 12, 10)),
        ("1 ربیع الثانی 1440", date(2018, 12, 10)),
        ("1 ذی الحجہ 1440", date(2019, 8, 3)),
    ],
)
def test_hijri_is_a_day_wider_on_either_side(text: str, day: date) -> None:
    found = read_date(text, today=TODAY)
    margin = timedelta(days=1)
    assert (found.earliest, found.latest) == (day - margin, day + margin)
    assert (found.calendar, found.approximate) == (Calendar.HIJRI, True)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1 Baisakh 2081", date(2024, 4, 12), date(2024, 4, 14)),
        ("१ बैशाख २०८१", date(2024, 4, 12), date(2024, 4, 14)),
        ("2081-01-01 BS", date(2024, 4, 12), date(2024, 4, 14)),
        ("२०८१ वि.सं.", date(2024, 4, 12), date(2025, 4, 14)),
        ("B.S. 2081", date(2024, 4, 12), date(2025, 4, 14)),
    ],
)
def test_bikram_sambat_is_approximate(text: str, earliest: date, latest: date) -> None:
    found = read_date(text, today=TODAY)
    assert (found.earliest, found.latest) == (earliest, latest)
    assert (found.calendar, found.approximate) == (Calendar.BIKRAM_SAMBAT, True)


def test_the_caller_may_say_the_calendar() -> None:
    assert read_date("22/11/1357", calendar=Calendar.SOLAR_HIJRI).earliest == date(1979, 2, 11)
    assert read_date("1357 هجری", calendar=Calendar.SOLAR_HIJRI).calendar is Calendar.SOLAR_HIJRI
    assert read_date("1445-01-01", calendar=Calendar.HIJRI).calendar is Calendar.HIJRI
    assert read_date("2055", calendar=Calendar.BIKRAM_SAMBAT).years == (1998, 1999)
    assert read_date("2078", calendar=Calendar.GREGORIAN).show() == "2078"


def test_a_name_or_mark_is_stronger_than_the_caller() -> None:
    assert read_date("17 Mar 2014", calendar=Calendar.SOLAR_HIJRI).show() == "2014-03-17"
    assert read_date("1352 SH", calendar=Calendar.HIJRI).calendar is Calendar.SOLAR_HIJRI


def test_month_first_when_the_column_is_so() -> None:
    assert read_date("03/17/2014", day_first=False).show() == "2014-03-17"
    assert read_date("3/4/2014", day_first=False).show() == "2014-03-04"
    with pytest.raises(BadValue, match="only with the day first"):
        read_date("17/03/2014", day_first=False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/02/2014", "There is no 31 February."),
        ("31 فروری 2014", "There is no 31 February."),
        ("29 Feb 2015", "There is no 29 February 2015."),
        ("30 Esfand 1402", "There is no 30 Esfand 1402."),
        ("30 صفر 1440", "There is no 30 Safar."),
        ("33 Baisakh 2070", "There is no 33 Baisakh."),
        ("2014-13-01", "There is no month 13."),
        ("13/13/2014", "There is no month 13."),
        ("2014/15", "There is no month 15."),
        ("03/17/2014", "can be read only with the month first"),
        ("17/00/2014", "has a day but no month"),
        ("2030", "lies in the future"),
        ("22/11/2026", "lies in the future"),
        ("2078-01-05", "lies in the future"),
        ("1352", "may be Solar Hijri or Hijri"),
        ("2/3/1440", "may be Solar Hijri or Hijri"),
        ("1352 هجری", "may be Solar Hijri or Hijri"),
        ("17 Mar 1390 SH", "names two calendars"),
        ("1 Muharram 1390 SH", "names two calendars"),
        ("1 Magh 1430", "the year 1430"),
        ("1 Jan 0900", "the year 900"),
        ("17-3-20", "the century"),
        ("17 March", "no year with four digits"),
        ("Mar-14", "no year with four digits"),
        ("12", "no year with four digits"),
        ("41715", "the number Excel keeps for a day"),
        ("20122012", "run together"),
        ("1973-1970", "ends before it begins"),
        ("Fri, 01/01/2026", "the day of the week"),
        ("", "is not a date"),
        ("hello", "is not a date"),
        ("about 35 years", "no year|is not a date"),
        ("35202-1234567-1", "is not a date"),
        ("before 1971", "is not a date"),
        ("9" * 5000, "is not a date"),
        ("12:30", "is not a date"),
    ],
)
def test_refused_with_a_sentence_and_a_remedy(text: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence) as caught:
        read_date(text, today=TODAY, field="birth")
    assert caught.value.facts["field"] == "birth"
    assert caught.value.facts["value"] == text
    assert caught.value.help
    assert "{" not in str(caught.value).replace(text, "") + caught.value.help


@pytest.mark.parametrize(
    ("text", "shown"),
    [("17-3-85", "1985-03-17"), ("17.3.14", "2014-03-17"), ("1/1/00", "2000-01-01")],
)
def test_two_digits_where_only_one_century_is_possible(text: str, shown: str) -> None:
    assert read_date(text, today=TODAY).show() == shown
    with pytest.raises(BadValue, match="the century"):
        read_date(text)
    with pytest.raises(BadValue, match="the century"):
        read_date(text, today=TODAY, calendar=Calendar.HIJRI)


def test_two_digits_beside_a_name() -> None:
    assert read_date("17-Mar-14", today=TODAY).show() == "2014-03-17"
    assert read_date("Mar 17, 14", today=TODAY).show() == "2014-03-17"
    with pytest.raises(BadValue, match="the century"):
        read_date("17-Hamal-90", today=TODAY)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("03-Feb-24", "2024-02-03"),
        ("03-02-24", "2024-02-03"),
        ("3/2/98", "1998-02-03"),
        ("۰۳-۰۲-۲۴", "2024-02-03"),
        ("21-Nov-26", "2026-11-21"),
        ("1-Jan-27", "1927-01-01"),
    ],
)
def test_two_digits_of_what_is_recent_are_the_latest_year_up_to_this_one(
    text: str, shown: str
) -> None:
    found = read_date(text, today=TODAY, recent=True)
    assert (found.show(), found.text) == (shown, text)
    with pytest.raises(BadValue, match="the century"):
        read_date(text, recent=True)


def test_two_digits_of_another_calendar_stay_unclear() -> None:
    with pytest.raises(BadValue, match="the century"):
        read_date("03-02-24", today=TODAY, recent=True, calendar=Calendar.SOLAR_HIJRI)


def test_a_day_later_this_year_is_not_read_as_one_a_century_ago() -> None:
    with pytest.raises(BadValue, match="lies in the future"):
        read_date("22-Nov-26", today=TODAY, recent=True)


def test_without_today_a_late_year_may_be_bikram_sambat() -> None:
    assert read_date("2030").show() == "2030"
    with pytest.raises(BadValue, match="may be Bikram Sambat"):
        read_date("2078")
    with pytest.raises(BadValue) as caught:
        read_date("2055", today=TODAY)
    assert "BS" in caught.value.help


def test_every_month_name_is_read_in_its_calendar() -> None:
    for name, (calendar, month) in MONTHS.items():
        year = YEARS[calendar][len(YEARS[calendar]) // 2]
        found = read_date(f"15 {name} {year}")
        middle = found.earliest + (found.latest - found.earliest) / 2
        assert from_day(calendar, middle) == (year, month, 15), name
    assert all(len(SHOWN[calendar]) == 12 for calendar in Calendar)
    assert set(MONTHS.values()) == {
        (calendar, number) for calendar in Calendar for number in range(1, 13)
    }


@settings(deadline=None, derandomize=True)
@given(day=st.dates(date(1850, 1, 1), date(2026, 11, 21)), first=st.booleans())
def test_what_is_written_is_read_again(day: date, first: bool) -> None:
    for pattern in ("%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%A, %d %b %Y", "%Y/%m/%d"):
        found = read_date(day.strftime(pattern), today=TODAY, day_first=first)
        assert (found.earliest, found.latest, found.exact) == (day, day, True)
    numeric = day.strftime("%d/%m/%Y" if first else "%m/%d/%Y")
    assert read_date(numeric, today=TODAY, day_first=first).earliest == day


_PIECES = st.sampled_from(
    [
        *"0123456789/-. ,:()~?",
        *("1971", "1390", "2078", " to ", " Mar ", " بهمن ", " رجب ", "माघ", "AH", "SH", "BS"),
        *("ه ش", "ھ", "circa ", "between ", "12:00", "۱۷", "s", "th", "dd", "T", "\u200f"),
    ]
)


@settings(deadline=None, derandomize=True, max_examples=400)
@given(
    text=st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=9).map("".join)),
    day_first=st.booleans(),
    calendar=st.one_of(st.none(), st.sampled_from(Calendar)),
    today=st.one_of(st.none(), st.just(TODAY)),
    recent=st.booleans(),
)
def test_any_text_is_read_or_refused(
    text: str, day_first: bool, calendar: Calendar | None, today: date | None, recent: bool
) -> None:
    try:
        found: PartialDate | BadValue = read_date(
            text, day_first=day_first, calendar=calendar, today=today, recent=recent
        )
    except BadValue as refused:
        found = refused
    if isinstance(found, BadValue):
        assert str(found)
        assert found.help
    else:
        assert today is None or found.earliest <= today
