"""The page on loading names every kind of file and every field of a register."""

import re

from tests.docs.reading import plain, table, text_of

from rabta.desk.intake.reading import FIELDS, KINDS
from rabta.desk.intake.rules import REFUSED_ROWS_KEPT_DAYS
from rabta.desk.intake.storing import LARGEST

PAGE = "docs/do/load-files.md"


def test_every_kind_is_told():
    assert [plain(row[0]) for row in table(text_of(PAGE), "kind")] == list(KINDS)


def test_every_field_is_told():
    fields = text_of(PAGE).partition("The fields:\n")[2].partition("\n- ")[0]
    assert tuple(re.findall(r"`(\w+)`", fields)) == FIELDS


def test_the_numbers_are_those_of_the_code():
    assert f"{REFUSED_ROWS_KEPT_DAYS} days" in text_of(PAGE)
    assert f"{LARGEST >> 20} MB" in text_of(PAGE)
