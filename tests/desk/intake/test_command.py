"""``rabta load``: real lists, numbers as JSON, and one clear sentence for whatever is bad."""

import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import Workbook
from tests.desk.intake.conftest import Desk, all_of, everything, numbers, reconcile, table_sizes
from tests.desk.intake.reading import lists
from tests.desk.intake.texts import HEADINGS, as_csv, name_of, person_row
from tests.world import LOADER

from rabta.core.words.digits import latin_digits
from rabta.core.words.vocabulary import Duty, Particular
from rabta.desk.accounts import selectors as accounts
from rabta.desk.accounts import services as accounts_services
from rabta.desk.accounts.models import Agency
from rabta.desk.cases.models import ParticularRow, Person
from rabta.desk.intake.models import Load
from rabta.desk.wall.models import History
from rabta.desk.wall.session import acting

Rabta = Callable[..., Result]
SUM = ("read", "loaded", "unchanged", "updated", "refused")


def told(result: Result) -> dict[str, int]:
    return {name: count for name in SUM if (count := numbers(result)[name])}


def test_the_last_line_is_the_numbers_and_where_the_report_is(desk: Desk, rabta: Rabta) -> None:
    bad = person_row(1, **{"Date of Birth": "31.02.1990"})
    result = rabta("load", "agency-return", desk.write([person_row(0), bad]),
                   "--agency", "federal", "--json")  # fmt: skip
    said = numbers(result)
    assert list(said) == [*SUM, "report"]
    report = Path(said["report"]).read_text(encoding="utf-8")
    assert "row 3" in report
    assert "31.02.1990" not in report
    assert name_of(1) not in report
    assert "There is no 31 February" in result.stderr
    assert said["read"] == sum(said[name] for name in SUM[1:])


def test_a_dry_run_writes_nothing_and_makes_no_agency(desk: Desk, rabta: Rabta) -> None:
    file = desk.write([person_row(n) for n in range(3)])
    sizes = table_sizes()
    said = numbers(rabta("load", "agency-return", file, "--agency", "new-one", "--create-agency",
                         "--dry-run", "--json"))  # fmt: skip
    assert said == {"read": 3, "loaded": 3, "unchanged": 0, "updated": 0, "refused": 0,
                    "report": ""}  # fmt: skip
    after = table_sizes()
    assert {name for name in after if after[name] != sizes[name]} <= {"wall.ReadEntry"}
    assert not Agency.objects.filter(code="new-one").exists()


def test_a_mapping_is_given_by_hand_and_kept(desk: Desk, rabta: Rabta) -> None:
    file = desk.folder / "odd.csv"
    file.write_text("Aaa,Bbb\n1/2020," + name_of(1) + "\n", encoding="utf-8")
    pairs = ["Aaa=fir_number", "Bbb=name", "=accused=role", "=smuggling=kind"]
    given = [part for pair in pairs for part in ("--map", pair)]
    load = ("load", "agency-return", file, "--agency", "federal", "--json")
    assert told(rabta(*load, *given)) == {"read": 1, "loaded": 1}
    assert told(rabta(*load)) == {"read": 1, "unchanged": 1}


def test_a_mapping_adds_to_the_headings_that_are_known(desk: Desk, rabta: Rabta) -> None:
    headings = ["Wakeel" if heading == "Phone" else heading for heading in HEADINGS]
    file = _text(desk.folder, "more.csv", as_csv([person_row(1, Phone="Namoona")], headings))
    load = ("load", "agency-return", file, "--agency", "federal", "--json")
    mapped = ("--map", "wakeel=alias", "--map", "Father Name=")
    assert told(rabta(*load, *mapped)) == {"read": 1, "loaded": 1}
    assert [one.text for one in opened(Particular.ALIAS)] == ["Namoona"]
    assert opened(Particular.FATHER_NAME) == []
    assert len(opened(Particular.BIRTH)) == 1
    wrong = rabta(*load, "--map", "Wakil=alias", ends=2)
    assert "The file “more.csv” has no column “Wakil”." in wrong.stderr
    assert "“Wakeel”" in wrong.stderr


def test_a_file_of_other_headings_is_read_by_its_own(desk: Desk, rabta: Rabta) -> None:
    file = _text(desk.folder, "odd.csv", "Aaa,Bbb\n1/2020," + name_of(1) + "\n")
    pairs = ["Aaa=fir_number", "Bbb=name", "=accused=role"]
    given = [part for pair in pairs for part in ("--map", pair)]
    load = ("load", "agency-return", file, "--agency", "federal", "--json")
    assert told(rabta(*load, *given)) == {"read": 1, "loaded": 1}
    other = desk.write([person_row(2, Role="victim")])
    assert told(rabta("load", "agency-return", other, "--agency", "federal", "--json")) == {
        "read": 1,
        "loaded": 1,
    }
    assert [person.protected for person in all_of(Person)] == [False, True]
    assert told(rabta(*load)) == {"read": 1, "unchanged": 1}


def test_an_agency_that_is_not_there_is_one_sentence(desk: Desk, rabta: Rabta) -> None:
    file = desk.write([person_row(0)])
    refused = rabta("load", "agency-return", file, "--agency", "nobody", ends=2)
    assert "There is no agency with the code “nobody”." in refused.stderr
    assert "--create-agency" in refused.stderr
    desk.world.post(desk.world.user(), "rhq", Duty.CLERK)
    refused = rabta("load", "agency-return", file, "--agency", "railways", ends=2)
    assert "You may not bring in files of railways." in refused.stderr
    assert all_of(Load) == []


def test_a_list_is_loaded_for_a_publisher_of_lists_alone(desk: Desk, rabta: Rabta) -> None:
    file = lists.un_list(desk.folder, lists.individual(1, "Namoona"))
    load = ("load", "un-consolidated", file)
    rabta("load", "agency-return", desk.write([person_row(0)]), "--agency", "mine",
          "--create-agency")  # fmt: skip
    for code in ("federal", "mine"):
        for more in ([], ["--create-agency"], ["--dry-run"]):
            said = rabta(*load, "--agency", code, *more, ends=2)
            assert f"The agency {code} publishes no lists" in said.stderr
    assert told(rabta(*load, "--agency", "lists", "--json")) == {"read": 1, "loaded": 1}
    assert [one.agency_id for one in all_of(Load)][-1] == desk.world.agencies["lists"].pk


def test_a_steward_brings_in_a_list_and_reads_none_of_it(
    desk: Desk, rabta: Rabta, monkeypatch: pytest.MonkeyPatch
) -> None:
    steward = desk.world.user()
    desk.world.post(steward, "rhq", Duty.STEWARD)
    posting = accounts.postings_of(steward)[0]
    monkeypatch.setenv("RABTA_TOKEN", accounts_services.issue_token(steward, posting))
    file = desk.write([person_row(0), person_row(1, **{"Date of Birth": "31.02.1990"})])
    result = rabta("load", "agency-return", file, "--agency", "new-one", "--create-agency",
                   "--json")  # fmt: skip
    assert told(result) == {"read": 2, "loaded": 1, "refused": 1}
    assert "31" not in result.stderr


# What is bad as a whole: one sentence, nothing loaded.


def truncated(folder: Path) -> tuple[str, Path]:
    return "un-consolidated", _text(
        folder, "cut.xml", '<?xml version="1.0"?><CONSOLIDATED_LIST><IND'
    )


def bomb(folder: Path) -> tuple[str, Path]:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    text = (
        f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><CONSOLIDATED_LIST>&i;</CONSOLIDATED_LIST>"
    )
    return "un-consolidated", _text(folder, "bomb.xml", text)


def zip_bomb(folder: Path) -> tuple[str, Path]:
    path = folder / "bomb.xlsx"
    Workbook().save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.bin", b"\0" * 300_000_000)
    return "agency-return", path


def latin(folder: Path) -> tuple[str, Path]:
    path = folder / "latin.csv"
    path.write_bytes(as_csv([person_row(0, Station="Café")]).encode("latin-1"))
    return "agency-return", path


def long_cell(folder: Path) -> tuple[str, Path]:
    rows = [person_row(0), person_row(1, Station="x" * 10_000_000)]
    return "agency-return", _text(folder, "long.csv", as_csv(rows))


def open_quote(folder: Path) -> tuple[str, Path]:
    text = as_csv([person_row(0)]) + '1/2020,"Sadar\n' + "x" * 5_000_000
    return "agency-return", _text(folder, "quote.csv", text)


def picture(folder: Path) -> tuple[str, Path]:
    path = folder / "register.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return "agency-return", path


def text_as_book(folder: Path) -> tuple[str, Path]:
    return "agency-return", _text(folder, "register.xlsx", as_csv([person_row(0)]))


def another_list(folder: Path) -> tuple[str, Path]:
    return "un-consolidated", _text(folder, "other.xml", "<?xml version='1.0'?><sdnList/>")


def no_header(folder: Path) -> tuple[str, Path]:
    return "agency-return", _text(folder, "numbers.csv", "1\n2\n3\n")


def nothing_known(folder: Path) -> tuple[str, Path]:
    return "agency-return", _text(folder, "other.csv", "Fruit,Colour\napple,red\n")


def _text(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "make",
    [truncated, bomb, zip_bomb, latin, long_cell, open_quote, picture, text_as_book, another_list,
     no_header, nothing_known],
    ids=lambda make: make.__name__,
)  # fmt: skip
def test_a_bad_file_is_one_sentence_and_loads_nothing(
    desk: Desk, rabta: Rabta, make: Callable[[Path], tuple[str, Path]]
) -> None:
    kind, file = make(desk.folder)
    for more in ([], ["--dry-run"]):
        code = "federal" if kind == "agency-return" else "lists"
        result = rabta("load", kind, file, "--agency", code, "--json", *more, ends=2)
        first, second = result.stderr.strip().splitlines()
        assert first.startswith("rabta: ")
        assert file.name in first
        assert first.endswith(".")
        assert second.strip()
        assert "Traceback" not in result.output
        assert len(first) < 300
    assert all_of(Person) == []
    assert {load.state for load in all_of(Load)} <= {"failed"}


def test_odd_rows_are_read_or_refused_and_never_guessed(desk: Desk, rabta: Rabta) -> None:
    rows = [
        person_row(0, **{"Date of Birth": "31/02/1980"}),
        person_row(1, **{"Date of Birth": "1980-03-12"}),
        person_row(2, **{"Date of Birth": "12 March 1980"}),
        person_row(3, Phone="۰۳۰۰۱۲۳۴۵۶۷"),
        person_row(4, **{"Date of Birth": "۱۲.۰۳.۱۹۸۰"}),
        person_row(5, Name=""),
        person_row(6, Role="bystander of a sort"),
    ]
    file = _text(desk.folder, "odd.csv", as_csv(rows))
    result = rabta("load", "agency-return", file, "--agency", "federal", "--json")
    assert told(result) == {"read": 7, "loaded": 5, "refused": 2}
    for place in ("row 2:", "row 8:"):
        assert place in result.stderr
    with acting(LOADER, "test"):
        phones = [row.opened().text for row in all_of(ParticularRow, kind=Particular.PHONE)]
    assert sum("3001234567" in latin_digits(phone) for phone in phones) == 1
    reconcile(all_of(Load)[0])


def test_formulas_and_headers_blank_and_doubled(desk: Desk, rabta: Rabta) -> None:
    book = Workbook()
    book.active.append(["FIR No", "Role", "Kind", "Name", "Phone", "Phone", ""])
    book.active.append(
        ["1/2020", "accused", "smuggling", name_of(1), "03001234567", "03217654321", "x"]
    )
    book.active.append(
        ["2/2020", "accused", "smuggling", '=CONCAT("a","b")', "03001234568", "", ""]
    )
    file = desk.folder / "book.xlsx"
    book.save(file)
    result = rabta("load", "agency-return", file, "--agency", "federal", "--json")
    assert told(result) == {"read": 2, "loaded": 1, "refused": 1}
    assert "row 3:" in result.stderr
    assert len(all_of(ParticularRow, kind=Particular.PHONE)) == 2


# The real published lists.


def opened(kind: Particular) -> list[object]:
    with acting(LOADER, "test"):
        return [row.opened() for row in all_of(ParticularRow, kind=kind, withdrawn=False)]


def tagged(text: str, tag: str) -> list[str]:
    """What stands in each element of a name."""
    return [part.partition("<")[0].strip() for part in text.split(f"<{tag}>")[1:]]


def test_the_un_list_loads_whole_and_again_changes_nothing(
    desk: Desk, rabta: Rabta, shared_data: Path
) -> None:
    file = shared_data / "watchlists" / "un_consolidated_sample.xml"
    load = ("load", "un-consolidated", file, "--agency", "UN-SC", "--create-agency", "--json")
    assert told(rabta(*load)) == {"read": 150, "loaded": 150}
    source = file.read_text(encoding="utf-8")
    aliases = opened(Particular.ALIAS)
    individuals = source.partition("<INDIVIDUALS>")[2].partition("</INDIVIDUALS>")[0]
    written = tagged(individuals, "ALIAS_NAME")
    assert len(aliases) == sum(map(bool, written))
    qualities = {one.quality for one in aliases}
    assert {"Good", "Low"} <= qualities
    births = opened(Particular.BIRTH)
    assert any(one.date and one.date.exact for one in births)
    assert any(one.date and one.date.approximate for one in births)
    assert any(one.date and one.date.earliest.year < one.date.latest.year for one in births)
    references = tagged(individuals, "REFERENCE_NUMBER")
    documents = [*opened(Particular.DOCUMENT), *opened(Particular.PASSPORT)]
    numbers_ = tagged(individuals, "NUMBER")
    shown = " ".join(one.text for one in documents)
    missing = [number for number in numbers_ if " ".join(unescape(number).split()) not in shown]
    assert missing == []
    remarks = " ".join(
        " ".join([one.text, *one.detail.values()]) for one in opened(Particular.REMARK)
    )
    assert len(references) == 150
    assert all(reference in remarks for reference in references)
    names = " ".join(one.text for one in [*opened(Particular.NAME), *aliases])
    originals = tagged(individuals, "NAME_ORIGINAL_SCRIPT")
    assert any(originals)
    assert all(" ".join(name.split()) in names for name in originals if name)

    before = everything()
    assert told(rabta(*load)) == {"read": 150, "unchanged": 150}
    assert everything() == before
    assert not all_of(History)
    for one in all_of(Load):
        reconcile(one)


def test_the_sdn_list_loads_whole_and_again_changes_nothing(
    desk: Desk, rabta: Rabta, shared_data: Path
) -> None:
    file = shared_data / "watchlists" / "ofac_sdn_individuals.csv"
    load = ("load", "ofac", file, "--agency", "OFAC", "--create-agency", "--json")
    said = rabta(*load)
    assert told(said) == {"read": 2326, "loaded": 2326}
    listed = [one for one in opened(Particular.ALIAS) if one.detail.get("source") != "remarks"]
    assert len(listed) == 3130
    sizes = table_sizes()
    assert told(rabta(*load)) == {"read": 2326, "unchanged": 2326}
    after = table_sizes()
    grown = {name for name in after if after[name] != sizes[name]}
    assert grown <= {"intake.Load", "intake.LoadRow", "wall.WriteEntry", "wall.ReadEntry"}
