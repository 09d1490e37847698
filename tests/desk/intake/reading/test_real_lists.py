"""The published lists as they are, and a workbook that others fail on; skips without them."""

from collections import Counter
from pathlib import Path

import pytest
from tests.desk.intake.reading.registers import TODAY

from rabta.core.words.incoming import IncomingPerson
from rabta.core.words.vocabulary import Particular
from rabta.desk.intake.reading import Ignored, Refused, headers, read


def shared(name: str) -> Path:
    root = next(up for up in Path(__file__).parents if (up / "pyproject.toml").is_file())
    path = root.parent / "shared" / "data" / name
    if not path.is_file():
        pytest.skip(f"shared/data/{name} is not beside the repository")
    return path


def test_un_consolidated() -> None:
    file = shared("watchlists/un_consolidated_sample.xml")
    found = list(read("un-consolidated", file, today=TODAY))
    persons = [item for item in found if isinstance(item, IncomingPerson)]
    kinds = Counter(item.kind for person in persons for item in person.particulars)
    assert len(persons) == len({person.key for person in persons}) == 150
    assert not [item for item in found if isinstance(item, Refused)]
    assert sum(item.rows for item in found if isinstance(item, Ignored)) == 20
    assert kinds[Particular.ALIAS] == 202
    assert kinds[Particular.NAME] == 150 + 40  # every name in its original script besides
    assert kinds[Particular.PASSPORT] + kinds[Particular.DOCUMENT] == 57
    qualities = Counter(
        item.quality
        for person in persons
        for item in person.particulars
        if item.kind in (Particular.ALIAS, Particular.BIRTH)
    )
    assert qualities == {"Good": 166, "Low": 36, "EXACT": 140, "APPROXIMATELY": 9, "BETWEEN": 1}
    assert all(
        item.date is not None
        for person in persons
        for item in person.particulars
        if item.kind is Particular.BIRTH
    )


def test_ofac() -> None:
    file = shared("watchlists/ofac_sdn_individuals.csv")
    companion = shared("watchlists/ofac_alt.csv")
    found = list(read("ofac", file, companion=companion, today=TODAY))
    assert {type(item) for item in found} == {IncomingPerson}
    persons = [item for item in found if isinstance(item, IncomingPerson)]
    assert len(persons) == len({person.key for person in persons}) == 2326
    aliases = Counter(
        item.detail.get("source", "list")
        for person in persons
        for item in person.particulars
        if item.kind is Particular.ALIAS
    )
    assert aliases["list"] == 3130
    assert aliases["remarks"] > 900


def test_read_again_they_are_the_same() -> None:
    file = shared("watchlists/un_consolidated_sample.xml")
    once, again = (list(read("un-consolidated", file, today=TODAY)) for _ in range(2))
    assert [item for item in once if isinstance(item, IncomingPerson)] == [
        item for item in again if isinstance(item, IncomingPerson)
    ]


def test_a_workbook_whose_drawing_part_is_missing() -> None:
    shown = headers(shared("glotip/data_glotip.xlsx"))
    assert (shown.row, shown.sheet, len(shown.columns)) == (3, "data_glotip_1", 13)
    assert shown.names[:2] == ("Iso3_code", "Country")
    assert all(column.samples for column in shown.columns)
