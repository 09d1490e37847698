"""What is said of levels, classes, reasons and kinds is what the policies say."""

import re

from tests.docs.reading import plain, table, text_of

from rabta.core.access.levels import OPENS, FieldClass, Level
from rabta.core.access.policies import POLICIES, REASONS

PAGE = "docs/know/access.md"


def test_levels_open_what_is_said():
    said = {
        plain(level): set(re.findall(r"`(\w+)`", opens))
        for level, opens, _ in table(text_of(PAGE), "level")
    }
    assert said == {level.name: {str(one) for one in OPENS[level]} for level in Level}


def test_every_class_of_field_is_told():
    said = [plain(row[0]) for row in table(text_of(PAGE), "class of field")]
    assert said == [str(one) for one in FieldClass]


def test_every_reason_is_told_in_its_words():
    assert {plain(code): words for code, words in table(text_of(PAGE), "code")} == REASONS


def test_every_kind_of_record_is_named():
    section = text_of(PAGE).partition("## Kinds of record")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", section)) == set(POLICIES)
