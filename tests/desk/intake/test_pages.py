"""The way of a file through the browser, without JavaScript, and what the pages keep back."""

import csv
import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.desk.intake.conftest import Desk, all_of, reconcile
from tests.desk.intake.reading import lists
from tests.desk.intake.texts import HEADINGS, as_csv, name_of, person_row

from rabta.core.access.levels import Level
from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.desk.accounts.models import Agency
from rabta.desk.cases.models import Case, ParticularRow, Person
from rabta.desk.cases.services.team import seal_case
from rabta.desk.intake import jobs, labels, reports, storing
from rabta.desk.intake.models import Load, LoadRow, Mapping
from rabta.desk.intake.views import bringing
from rabta.desk.wall.models import ReadEntry
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting


def text_of(answer: object) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def fields_of(answer: object) -> dict[str, str]:
    """What the form of a page would send: inputs, and the chosen options of selects."""
    page = answer.content.decode().partition("<main")[2]
    found = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and 'type="file"' not in tag:
            found[unescape(name[1])] = unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def send(browser: Client, content: str | bytes, *, name: str = "register.csv", **more: object):
    raw = content.encode() if isinstance(content, str) else content
    given = {"kind": "agency-return", "agency": "federal", **more}
    file = SimpleUploadedFile(name, raw)
    return browser.post(reverse("load-new"), {**given, "file": file}, follow=True)


def load_of(answer: object) -> Load:
    return next(load for load in all_of(Load) if str(load.public_id) in answer.request["PATH_INFO"])


def through(browser: Client, content: str, **constants: str) -> object:
    """Send a register and go all the way with what is proposed."""
    columns = send(browser, content)
    load = load_of(columns)
    chosen = fields_of(columns) | constants
    seen = browser.post(reverse("load-preview", args=[load.public_id]), chosen)
    assert seen.status_code == 200, text_of(seen)
    start = reverse("load-start", args=[load.public_id])
    return browser.post(start, fields_of(seen), follow=True)


def test_a_file_goes_from_choosing_to_its_report(desk: Desk) -> None:
    browser = desk.browser()
    rows = [person_row(n) for n in range(5)] + [person_row(6, **{"Date of Birth": "31.02.1990"})]
    columns = send(browser, as_csv(rows))
    load = load_of(columns)
    assert columns.request["PATH_INFO"] == reverse("load-map", args=[load.public_id])
    proposed = fields_of(columns)
    assert proposed["column_0"] == "fir_number"
    assert proposed["column_7"] == "birth"
    assert name_of(0) in text_of(columns)

    preview = reverse("load-preview", args=[load.public_id])
    seen = browser.post(preview, proposed | {"column_7": "birth:gregorian"})
    words = text_of(seen)
    assert "Read 6 = Loaded 5 + Unchanged 0 + Updated 0 + Refused 1" in words
    assert "There is no 31 February" in words
    assert name_of(2) in words
    assert all_of(Person) == []

    report = browser.post(
        reverse("load-start", args=[load.public_id]), fields_of(seen), follow=True
    )
    assert report.request["PATH_INFO"] == reverse("load", args=[load.public_id])
    words = text_of(report)
    assert "Read 6 = Loaded 5 + Unchanged 0 + Updated 0 + Refused 1" in words
    assert "row 7" in words
    assert "31.02.1990" in words
    assert len(all_of(Person)) == 5
    (load,) = all_of(Load)
    reconcile(load)
    assert storing.size(load.stored_as) == 0
    assert Mapping.objects.get().columns["Date of Birth"] == "birth:gregorian"
    assert "register.csv" in text_of(browser.get(reverse("loads")))


def test_the_next_file_is_read_as_the_agencys_last_one(desk: Desk) -> None:
    browser = desk.browser()
    columns = send(browser, as_csv([person_row(1)]))
    chosen = fields_of(columns) | {"column_6": "", "column_7": "birth:hijri"}
    load = load_of(columns)
    browser.post(reverse("load-preview", args=[load.public_id]), chosen)
    browser.post(reverse("load-start", args=[load.public_id]))
    again = fields_of(send(browser, as_csv([person_row(2)])))
    assert (again["column_6"], again["column_7"]) == ("", "birth:hijri")
    assert again["column_4"] == "name"


def test_a_file_of_other_headings_is_read_by_its_own(desk: Desk) -> None:
    browser = desk.browser()
    odd = as_csv([["1/2020", name_of(1)]], ["Aaa", "Bbb"])
    sent = {"column_0": "fir_number", "column_1": "name", "constant_role": "accused"}
    load = load_of(send(browser, odd))
    browser.post(reverse("load-preview", args=[load.public_id]), sent | {"header": "on"})
    browser.post(reverse("load-start", args=[load.public_id]))
    assert all_of(Load)[0].loaded == 1
    known = fields_of(send(browser, as_csv([person_row(2, Role="victim")])))
    assert [known[f"column_{n}"] for n in (0, 3, 4)] == ["fir_number", "role", "name"]
    assert (known["constant_role"], known["constant_kind"]) == ("", "")
    through(browser, as_csv([person_row(2, Role="victim")]))
    assert [person.protected for person in all_of(Person)] == [False, True]
    again = fields_of(send(browser, odd))
    assert (again["column_0"], again["column_1"]) == ("fir_number", "name")
    assert "header" not in again


def test_one_role_for_all_is_not_proposed_where_a_column_says_the_role(desk: Desk) -> None:
    browser = desk.browser()
    load = load_of(columns := send(browser, as_csv([person_row(1)])))
    chosen = fields_of(columns) | {"column_3": "", "constant_role": "accused"}
    browser.post(reverse("load-preview", args=[load.public_id]), chosen)
    browser.post(reverse("load-start", args=[load.public_id]))
    again = fields_of(send(browser, as_csv([person_row(2, Role="victim")])))
    assert (again["column_3"], again["constant_role"]) == ("role", "")
    none = fields_of(send(browser, as_csv([["1/2021", name_of(3)]], ["FIR No", "Name"])))
    assert none["constant_role"] == "accused"


def test_the_preview_shows_how_dates_and_numbers_are_read(desk: Desk) -> None:
    browser = desk.browser()
    headings = [*HEADINGS, "CNIC", "Date"]
    row = person_row(1, **{"Date of Birth": "1369/2/27", "Phone": "0300 1234567"})
    load = load_of(
        columns := send(browser, as_csv([[*row, "00000-1234567-1", "03-Feb-24"]], headings))
    )
    assert "<bdi>0300 1234567</bdi>" in columns.content.decode()
    assert "<bdi>Date of Birth</bdi>" in columns.content.decode()
    chosen = fields_of(columns) | {"column_7": "birth:solar_hijri"}
    seen = browser.post(reverse("load-preview", args=[load.public_id]), chosen)
    table = text_of(seen).partition("as they are read")[2]
    assert "2024-02-03 · 03-Feb-24" in table
    assert "1990-05-17" in table
    assert "Solar Hijri · 1369/2/27" in table
    assert "0000012345671" in table
    assert "+923001234567" in table


def test_what_was_chosen_stays_with_the_load(desk: Desk) -> None:
    browser = desk.browser()
    load = load_of(columns := send(browser, as_csv([person_row(1)])))
    preview = reverse("load-preview", args=[load.public_id])
    assert browser.get(preview).status_code == 302  # nothing is chosen yet
    start = reverse("load-start", args=[load.public_id])
    assert browser.post(start).url == reverse("load-map", args=[load.public_id])
    browser.post(preview, fields_of(columns) | {"column_6": "note"})
    again = browser.get(preview, headers={"accept-language": "ur"})
    assert again.status_code == 200
    assert name_of(1) in text_of(again)
    kept = fields_of(browser.get(reverse("load-map", args=[load.public_id])))
    assert kept["column_6"] == "note"
    browser.post(start)
    assert all_of(Load)[0].loaded == 1
    assert [row.opened().kind for row in all_of(ParticularRow, kind="phone")] == []


def test_a_mapping_that_cannot_be_is_said_beside_its_column(desk: Desk) -> None:
    browser = desk.browser()
    columns = send(browser, as_csv([person_row(1)]))
    load = load_of(columns)
    preview = reverse("load-preview", args=[load.public_id])
    twice = browser.post(preview, fields_of(columns) | {"column_6": "birth"})
    assert twice.status_code == 422
    assert "“Date of birth” is chosen for “Phone” already" in text_of(twice)
    none = browser.post(preview, {"column_4": ""})
    for words in ("a name", "its number", "choose one for all rows"):
        assert words in text_of(none)
    both = browser.post(preview, fields_of(columns) | {"constant_role": "accused"})
    assert "A column says it already" in text_of(both)


def reads_of(kind: str, *, since: int) -> list[tuple[int, list[int]]]:
    """Who read which records of a kind, by the entries after the first so many."""
    entries = ReadEntry.objects.using("reads").order_by("seq")[since:]
    said = [entry.said for entry in entries if kind in entry.said["subjects"]]
    return [(each["user"], each["subjects"][kind]["ids"]) for each in said]


def test_who_reads_names_in_the_rows_of_a_load_stands_in_the_ledger(desk: Desk) -> None:
    bad = person_row(1, **{"Role": "victim", "Date of Birth": "not a day"})
    through(desk.browser(), as_csv([person_row(0), bad]))
    (load,), (row,) = all_of(Load), all_of(LoadRow, state="refused")
    user = desk.world.user("colleague")
    desk.world.actor("circle_a", Duty.CLERK, user=user)
    browser = Client()
    browser.force_login(user)
    for name, args in (
        ("load", load.public_id),
        ("row-mend", row.public_id),
        ("load-report", load.public_id),
    ):
        since = ReadEntry.objects.using("reads").count()
        assert browser.get(reverse(name, args=[args])).status_code == 200
        mine = [ids for reader, ids in reads_of("load_row", since=since) if reader == user.pk]
        assert any(row.pk in ids for ids in mine), name


def test_who_looks_into_a_file_before_it_is_loaded_stands_in_the_ledger(desk: Desk) -> None:
    columns = send(desk.browser(), as_csv([person_row(0, Role="victim")]))
    load = load_of(columns)
    user = desk.world.user("colleague")
    desk.world.actor("circle_a", Duty.CLERK, user=user)
    browser = Client()
    browser.force_login(user)
    since = ReadEntry.objects.using("reads").count()
    seen = browser.get(reverse("load-map", args=[load.public_id]))
    assert name_of(0) in text_of(seen)
    assert (user.pk, [load.pk]) in reads_of("load", since=since)
    since = ReadEntry.objects.using("reads").count()
    seen = browser.post(reverse("load-preview", args=[load.public_id]), fields_of(seen))
    assert name_of(0) in text_of(seen)
    assert (user.pk, [load.pk]) in reads_of("load", since=since)
    since = ReadEntry.objects.using("reads").count()
    assert browser.get(reverse("loads")).status_code == 200
    assert reads_of("load", since=since) == []  # the list names nobody


def test_a_refused_row_is_mended_on_its_page(desk: Desk) -> None:
    browser = desk.browser()
    bad = person_row(1, **{"Date of Birth": "31.02.1990"})
    report = through(browser, as_csv([person_row(0), bad]))
    row = all_of(LoadRow, state="refused")[0]
    mend = reverse("row-mend", args=[row.public_id])
    assert mend in report.content.decode()
    form = fields_of(browser.get(mend))
    at = next(name for name, value in form.items() if value == "31.02.1990")
    assert "double" not in browser.get(mend).content.decode()

    still = browser.post(mend, form | {at: "31.04.1990"})
    assert still.status_code == 422
    assert "There is no 31 April" in text_of(still)
    assert "There is a problem" in text_of(still)
    kept = fields_of(browser.get(mend))
    assert kept[at] == "31.04.1990"

    done = browser.post(mend, form | {at: "28.02.1990"}, follow=True)
    assert "Read 2 = Loaded 2 + Unchanged 0 + Updated 0 + Refused 0" in text_of(done)
    assert len(all_of(Person)) == 2
    reconcile(all_of(Load)[0])
    assert browser.get(mend).status_code in {302, 404}


def test_why_a_column_or_row_is_not_loaded_is_said_whole(desk: Desk) -> None:
    browser = desk.browser()
    rows = [[*person_row(0), "x"], ["Total", *[""] * 8]]
    report = through(browser, as_csv(rows, [*HEADINGS, "Colour"]))
    assert "column I : column without a mapping: not loaded" in text_of(report)
    assert "row 3 : total" in text_of(report)
    whys = [str(words) for words in labels.NO_RECORD.values()]
    with translation.override("ur"):
        assert not set(whys) & {str(words) for words in labels.NO_RECORD.values()}
    longest = LoadRow._meta.get_field("why").max_length
    assert all(len(code) <= longest for code in labels.NO_RECORD)


def test_a_refused_row_that_is_no_record_is_set_aside(desk: Desk) -> None:
    browser = desk.browser()
    report = through(browser, as_csv([person_row(0), person_row(1, Role="as above")]))
    (row,) = all_of(LoadRow, state="refused")
    aside = reverse("row-set-aside", args=[row.public_id])
    assert aside in report.content.decode()
    assert browser.get(aside).status_code == 405
    other = desk.world.user()
    desk.world.post(other, "post", Duty.SUPERVISOR)
    stranger = Client()
    stranger.force_login(other)
    assert stranger.post(aside).status_code == 404
    after = text_of(browser.post(aside, follow=True))
    assert "Read 1 = Loaded 1 + Unchanged 0 + Updated 0 + Refused 0" in after
    assert "row 3 : said to be no record" in after
    (row,) = all_of(LoadRow, why="said")
    assert (row.state, row.sealed, row.expires_on) == ("ignored", None, None)
    (load,) = all_of(Load)
    reconcile(load)
    assert load.ignored == 2
    assert browser.post(aside).status_code == 409


def links_to_cases(answer: object) -> list[str]:
    return re.findall(r'<a href="/cases/[^"]+"><bdi>([^<]+)</bdi></a>', answer.content.decode())


def test_the_page_of_a_load_leads_to_its_cases(desk: Desk) -> None:
    browser = desk.browser()
    rows = [person_row(n) for n in range(3 * 21)]
    report = through(browser, as_csv(rows))
    numbers = [f"{n}/2021" for n in range(1, 22)]
    assert links_to_cases(report) == numbers[:20]
    (load,) = all_of(Load)
    every = reverse("load-cases", args=[load.public_id])
    assert every in report.content.decode()
    assert links_to_cases(browser.get(every)) == numbers
    assert links_to_cases(browser.get(every, {"after": "60"})) == numbers[20:]
    again = through(browser, as_csv([*rows[:2], person_row(2, Phone="03009999999")]))
    assert links_to_cases(again) == ["1/2021"]  # what is unchanged was not touched
    assert every not in again.content.decode()

    lead = desk.world.actor("circle_a", Duty.SUPERVISOR)
    with acting(lead, "test"):
        first = visible_to(Case, lead, at_least=Level.FULL).get(number="1/2021")
        seal_case(actor=lead, case=first)
    assert links_to_cases(browser.get(every)) == numbers[1:]
    browser.post(reverse("load-undo", args=[load.public_id]))
    page = browser.get(reverse("load", args=[load.public_id]))
    assert links_to_cases(page) == []


def test_a_load_is_taken_back_from_its_page(desk: Desk) -> None:
    browser = desk.browser()
    through(browser, as_csv([person_row(n) for n in range(4)]))
    (load,) = all_of(Load)
    undo = reverse("load-undo", args=[load.public_id])
    assert "4 people it brought are removed" in text_of(browser.get(undo))
    after = browser.post(undo, follow=True)
    assert "4 people removed" in text_of(after)
    assert all_of(Person) == []
    assert browser.post(undo).status_code == 409


def test_a_large_file_is_left_to_the_worker_and_shows_how_far_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "INLINE_BYTES", 10)
    browser = desk.browser()
    waiting = through(browser, as_csv([person_row(n) for n in range(7)]))
    (load,) = all_of(Load)
    assert waiting.request["PATH_INFO"] == reverse("load-progress", args=[load.public_id])
    assert "data-refresh-url" in waiting.content.decode()
    assert jobs.advance_waiting() == 1
    assert jobs.advance_waiting() == 0
    part = browser.get(reverse("load-progress", args=[load.public_id]), {"part": ""})
    assert f'data-refresh-then="{reverse("load", args=[load.public_id])}"' in part.content.decode()
    assert "data-refresh-url" not in part.content.decode()
    (load,) = all_of(Load)
    reconcile(load)
    assert load.loaded == 7
    assert load.created_by_id == desk.actor.user


def test_a_waiting_load_is_stopped_and_its_file_removed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "INLINE_BYTES", 10)
    browser = desk.browser()
    through(browser, as_csv([person_row(n) for n in range(3)]))
    (load,) = all_of(Load)
    stop = reverse("load-stop", args=[load.public_id])
    assert browser.get(stop).status_code == 200
    assert "It was asked to stop" in text_of(browser.post(stop, follow=True))
    jobs.advance_waiting()
    (load,) = all_of(Load)
    assert load.state == "cancelled"
    assert storing.size(load.stored_as) == 0
    assert all_of(Person) == []


def test_a_file_that_is_not_started_is_put_away(desk: Desk) -> None:
    browser = desk.browser()
    load = load_of(send(browser, as_csv([person_row(1)])))
    assert storing.size(load.stored_as) > 0
    browser.post(reverse("load-stop", args=[load.public_id]))
    assert storing.size(load.stored_as) == 0
    assert all_of(Load)[0].state == "cancelled"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("list.csv", b"", "The file “list.csv” is empty."),
        ("list.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "The file “list.csv” is a picture."),
        ("list.xlsx", as_csv([person_row(1)]).encode(), "is called a workbook, but it is plain"),
        ("list.csv", as_csv([person_row(1)]).encode() + b"\xff\xfe", "is not UTF-8"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_told_by_its_own_name(
    desk: Desk, name: str, content: bytes, words: str
) -> None:
    answer = send(desk.browser(), content, name=name)
    assert answer.status_code == 422
    assert words in text_of(answer)
    (load,) = all_of(Load)
    assert load.state == "failed"
    assert storing.size(load.stored_as) == 0
    assert words in text_of(desk.browser().get(reverse("load", args=[load.public_id])))


def test_the_report_to_keep_holds_no_value_and_runs_nothing(desk: Desk) -> None:
    browser = desk.browser()
    headings = ["=cmd()", "FIR No", "Role", "Name", "Date of Birth", "Kind"]
    rows = [["x", "1/2021", "accused", name_of(1), "31.02.1990", "smuggling"]]
    through(browser, as_csv(rows, headings))
    (load,) = all_of(Load)
    answer = browser.get(reverse("load-report", args=[load.public_id]))
    text = answer.content.decode("utf-8-sig")
    assert name_of(1) not in text
    assert "31.02.1990" not in text
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[1][:3] == ["row 2", "refused", "Date of birth"]
    assert "=cmd()" not in text
    assert lines[-2][0] == "column A"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for line in lines for cell in line)


def test_cells_that_a_spreadsheet_would_run_are_made_text() -> None:
    for start in "=+-@\t\r":
        assert reports.safe_cell(f"{start}1") == f"'{start}1"
    assert reports.safe_cell("plain = text") == "plain = text"


def test_loads_are_their_units_and_their_makers_alone(desk: Desk) -> None:
    through(desk.browser(), as_csv([person_row(0, **{"Date of Birth": "31.02.1990"})]))
    (load,), (row, *_) = all_of(Load), all_of(LoadRow, state="refused")
    other = desk.world.user()
    desk.world.post(other, "post", Duty.SUPERVISOR)
    stranger = Client()
    stranger.force_login(other)
    for name in ("load", "load-map", "load-preview", "load-progress", "load-stop", "load-undo",
                 "load-report"):  # fmt: skip
        answer = stranger.get(reverse(name, args=[load.public_id]))
        assert answer.status_code == 404, name
    assert stranger.get(reverse("row-mend", args=[row.public_id])).status_code == 404
    assert stranger.post(reverse("load-undo", args=[load.public_id])).status_code == 404
    assert "register.csv" not in text_of(stranger.get(reverse("loads")))
    steward = desk.world.user()
    desk.world.post(steward, "hq", Duty.STEWARD)
    closed = Client()
    closed.force_login(steward)
    assert closed.get(reverse("loads")).status_code == 403
    assert closed.get(reverse("load", args=[load.public_id])).status_code in {403, 404}


def test_nobody_brings_in_the_file_of_another_manned_agency(desk: Desk) -> None:
    desk.world.post(desk.world.user(), "rhq", Duty.CLERK)
    page = desk.browser().get(reverse("load-new"))
    assert "Railways" not in text_of(page).partition("Whose records")[2]
    assert "Lists" in text_of(page)
    answer = send(desk.browser(), as_csv([person_row(1)]), agency="railways")
    assert answer.status_code == 422
    assert all_of(Load) == []


def a_list(desk: Desk) -> bytes:
    return lists.un_list(desk.folder, lists.individual(1, "Namoona")).read_bytes()


def test_a_published_list_is_offered_to_publishers_alone(desk: Desk) -> None:
    browser = desk.browser()
    page = browser.get(reverse("load-new"), {"kind": "un-consolidated"})
    asked = text_of(page).partition("Who publishes the list?")[2]
    assert "Lists" in asked
    assert "Federal" not in asked
    assert fields_of(page)["agency"] == ""
    assert "a.k.a." not in text_of(page)
    sent = {"kind": "un-consolidated", "name": "un.xml"}
    for agency in ("", "federal"):
        assert send(browser, a_list(desk), agency=agency, **sent).status_code == 422
    assert all_of(Load) == []
    seen = send(browser, a_list(desk), agency="lists", **sent)
    assert "Becomes records of Lists Unit listdesk" in text_of(seen)


def test_the_publisher_of_a_list_is_made_by_whoever_may(desk: Desk) -> None:
    browser = desk.browser()
    sent = {"kind": "un-consolidated", "name": "un.xml", "agency": ""}
    refused = send(browser, a_list(desk), new_code="U N", new_name="x", **sent)
    assert "A code has letters, digits" in text_of(refused)
    refused = send(browser, a_list(desk), new_code="UN", **sent)
    assert "Give the name of the new publisher." in text_of(refused)
    refused = send(browser, a_list(desk), new_code="federal", new_name="x", **sent)
    assert "The agency federal publishes no lists" in text_of(refused)
    seen = send(browser, a_list(desk), new_code="UN", new_name="Body of bodies", **sent)
    assert "Becomes records of Body of bodies" in text_of(seen)
    assert Agency.objects.get(code="UN").kind == AgencyKind.LIST_OWNER

    clerk = desk.world.user("plain clerk")
    desk.world.post(clerk, "circle_a", Duty.CLERK)
    closed = Client()
    closed.force_login(clerk)
    page = closed.get(reverse("load-new"), {"kind": "ofac"})
    assert "Your duty brings in no published lists." in text_of(page)
    answer = send(closed, a_list(desk), new_code="UN2", new_name="x", **sent)
    assert answer.status_code == 422
    assert not Agency.objects.filter(code="UN2").exists()


def test_the_file_of_a_published_list_is_followed_by_who_brought_it(desk: Desk) -> None:
    bad = person_row(1, **{"Date of Birth": "31.02.1990"})
    browser = desk.browser()
    columns = send(browser, as_csv([person_row(0), bad]), agency="lists")
    load = load_of(columns)
    seen = browser.post(reverse("load-preview", args=[load.public_id]), fields_of(columns))
    report = browser.post(
        reverse("load-start", args=[load.public_id]), fields_of(seen), follow=True
    )
    assert "Read 2 = Loaded 1" in text_of(report)
    assert "31.02.1990" in text_of(report)
    assert all_of(Person)[0].agency_id == desk.world.agencies["lists"].pk
    after = browser.post(reverse("load-undo", args=[load.public_id]), follow=True)
    assert "1 person removed" in text_of(after)


def test_an_agency_whose_desk_is_empty_today_keeps_its_records_to_itself(desk: Desk) -> None:
    world = desk.world
    world.post(world.user(), "house", Duty.CASE_WORKER, valid_to=world.today)
    answer = send(desk.browser(), as_csv([person_row(1)]), agency="shelter")
    assert answer.status_code == 422
    assert all_of(Load) == []


def test_a_word_that_is_not_known_is_mended_by_choosing_one(desk: Desk) -> None:
    browser = desk.browser()
    through(browser, as_csv([person_row(0, Role="bystander")]))
    (row,) = all_of(LoadRow, state="refused")
    mend = reverse("row-mend", args=[row.public_id])
    page = browser.get(mend)
    form = fields_of(page)
    at = next(name for name, value in form.items() if value == "bystander")
    assert "(optional)" not in text_of(page)
    assert browser.post(mend, form).status_code == 422
    done = browser.post(mend, form | {at: "possible_victim"}, follow=True)
    assert "Read 1 = Loaded 1" in text_of(done)
    assert all_of(Person)[0].protected
