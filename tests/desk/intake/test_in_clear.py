"""What names somebody stands nowhere in clear: in no table, no error, no place in a file."""

import pytest
from django.db import connections
from django.urls import reverse
from tests.desk.intake.conftest import Desk, all_of
from tests.desk.intake.test_pages import fields_of, load_of, send, text_of
from tests.desk.intake.texts import HEADINGS, as_csv, person_row

from rabta.core.errors import BadFile
from rabta.core.words.vocabulary import Duty
from rabta.desk.cases.models import Case, Person
from rabta.desk.intake import reading, selectors, services
from rabta.desk.intake.models import Load, Mapping
from rabta.desk.wall import guard
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

NAME, FATHER, PHONE = "Zarmina Khattakzai", "Karim Khattakzai", "03009998887"


def everywhere(*words: str) -> list[str]:
    """The columns, of both databases, in which one of these words stands in clear."""
    found = set()
    with guard.system("test"):
        for name in ("default", "reads"):
            with connections[name].cursor() as cursor:
                for table in connections[name].introspection.table_names(cursor):
                    cursor.execute(f'SELECT * FROM "{table}"')
                    columns = [column[0] for column in cursor.description]
                    for row in cursor.fetchall():
                        found |= {
                            f"{table}.{column}"
                            for column, value in zip(columns, row, strict=True)
                            if any(word.casefold() in _text(value) for word in words)
                        }
    return sorted(found)


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace").casefold()
    return str(value).casefold()


def test_names_stand_nowhere_in_clear_after_a_days_work(desk: Desk) -> None:
    row = person_row(0, Role="victim", Name=NAME, **{"Father Name": FATHER, "Phone": PHONE})
    bad = person_row(1, Role="victim", Name=f"{NAME}a", **{"Date of Birth": "Khattakzai"})
    desk.load(desk.write([row, bad]))
    browser = desk.browser()
    (load,), (person,), (case,) = all_of(Load), all_of(Person), all_of(Case)
    note = {"text": f"her father {FATHER}", "source_grade": "A", "information_grade": "1"}
    browser.get(f"/loads/{load.public_id}")
    browser.post("/look-up", {"q": NAME, "case": str(case.public_id)})
    program = {"text": NAME, "case": case.number}
    browser.post("/api/v1/look-up", program, content_type="application/json")
    browser.get(f"/people/{person.public_id}")
    browser.get(f"/{NAME}")
    browser.get(f"/cases/?before={NAME}")
    browser.post(f"/cases/{case.public_id}/notes", {**note, "handling": "H0"})
    browser.post("/sign-in", {"login": NAME, "passphrase": FATHER})
    assert everywhere("Khattakzai", PHONE) == []


def test_a_restriction_in_words_is_sealed_as_a_note_is(desk: Desk) -> None:
    desk.load(desk.write([person_row(0, Role="victim")]))
    (case,) = all_of(Case)
    said = {
        "text": "x",
        "source_grade": "A",
        "information_grade": "1",
        "handling": "H3",
        "handling_text": f"never to her father {FATHER}",
    }
    browser = desk.browser()
    assert browser.post(f"/cases/{case.public_id}/notes", said).status_code == 302
    assert FATHER in browser.get(f"/cases/{case.public_id}").content.decode()
    assert everywhere("Khattakzai") == []


BARE = [[NAME, "victim", "12/2024"], ["Gulan Namewala", "accused", "12/2024"]]
CHOSEN = {"column_0": "name", "column_1": "role", "column_2": "fir_number"}


def test_a_record_is_taken_for_a_header_only_if_somebody_says_so(desk: Desk) -> None:
    browser = desk.browser()
    columns = send(browser, as_csv(BARE[1:], BARE[0]))
    assert "Row 1 holds the names of the columns and is no record." in text_of(columns)
    load = load_of(columns)
    for page in ("load-preview", "load-start"):
        answer = browser.post(reverse(page, args=[load.public_id]), CHOSEN, follow=True)
        assert "Row 1 holds the names of the columns and is no record." in text_of(answer)
    assert browser.get(reverse("load-preview", args=[load.public_id])).status_code == 302
    assert all_of(Load)[0].state == "mapping"
    assert not Mapping.objects.exists()
    assert everywhere("Khattakzai") == []


def test_a_header_of_unknown_words_is_one_once_it_is_said(desk: Desk) -> None:
    browser = desk.browser()
    odd = ("Sarnaam", "Kaifiyat", "Hawala")
    load = load_of(columns := send(browser, as_csv(BARE, odd)))
    said = fields_of(columns) | CHOSEN | {"header": "on"}
    seen = browser.post(reverse("load-preview", args=[load.public_id]), said)
    assert seen.status_code == 200
    browser.post(reverse("load-start", args=[load.public_id]), fields_of(seen))
    assert all_of(Load)[0].loaded == 2
    # It is known from then on.
    assert "is no record" not in text_of(send(browser, as_csv(BARE, odd)))


def test_what_was_taken_for_a_heading_stands_nowhere_in_clear(desk: Desk) -> None:
    browser = desk.browser()
    load = load_of(send(browser, as_csv(BARE[1:], [*BARE[0][:2], f"{NAME} again"])))
    chosen = {"column_0": "name", "column_1": "role", "constant_role": "", "header": "on"}
    browser.post(reverse("load-preview", args=[load.public_id]), chosen | {"column_2": "case_key"})
    browser.post(reverse("load-start", args=[load.public_id]))
    assert all_of(Load)[0].loaded == 1
    load = load_of(send(browser, as_csv(BARE)))
    browser.post(
        reverse("load-preview", args=[load.public_id]),
        {"column_0": "name", "column_2": "case_key", "constant_role": "victim", "header": "on"},
    )
    browser.post(reverse("load-start", args=[load.public_id]))
    assert everywhere("Khattakzai") == []


def test_an_error_names_the_field_and_not_the_heading_of_anothers_file(desk: Desk) -> None:
    with acting(desk.actor, "test"):
        agency = desk.world.agencies["federal"]
        columns = {NAME: "name", "victim": "role", "12/2024": "fir_number"}
        services.keep_mapping(desk.actor, agency=agency, kind="agency-return", columns=columns)
    other = desk.world.actor("circle_b", Duty.CLERK)
    kept = selectors.kept_mapping(other.agency, "agency-return")
    assert kept[NAME] == "name"
    file = desk.write([person_row(0)], "next.csv")
    with acting(other, "test"), pytest.raises(BadFile) as bad:
        services.foresee(other, agency=agency, kind="agency-return", file=file, mapping=kept)
    assert "Khattakzai" not in str(bad.value)
    assert "“name”" in str(bad.value)


WRONG = {
    "Date of Birth": "Khattakzai 1",
    "Phone": "Khattakzai 2",
    "Role": "Khattakzai 3",
    "Kind": "Khattakzai 4",
}


def test_no_report_holds_the_value_of_a_cell(desk: Desk) -> None:
    rows = [person_row(n, **{name: text}) for n, (name, text) in enumerate(WRONG.items())]
    keyed = [[*row, "Khattakzai key"] for row in (*rows, person_row(8), person_row(9))]
    file = desk.folder / "wrong.csv"
    file.write_text(as_csv(keyed, (*HEADINGS, "Khattakzai heading")), encoding="utf-8")
    mapping = reading.suggest_mapping(HEADINGS) | {"Khattakzai heading": "record_key"}
    load = desk.load(file, mapping=mapping)
    assert load.refused == load.read == 6
    with acting(desk.actor, "test"):
        (mine,) = visible_to(Load, desk.actor)
        told = selectors.write_report(desk.actor, mine).read_text(encoding="utf-8")
    answer = desk.browser().get(reverse("load-report", args=[load.public_id]))
    for text in (told, answer.content.decode()):
        assert "row 2" in text
        assert "Khattakzai" not in text
        assert "1/2021" not in text
