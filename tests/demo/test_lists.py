"""The lists of parts: large enough, well formed, each word in its script."""

import re
from collections import Counter

from rabta.demo import lists
from rabta.demo.people import COMMUNITIES


def test_there_are_enough_parts_of_each_kind() -> None:
    counts = Counter(listed for listed, _, _, _ in lists.name_parts())
    assert counts["male"] >= 150
    assert counts["female"] >= 120
    assert counts["second"] >= 60


def test_parts_are_written_in_their_scripts_with_variants() -> None:
    for _, _, weight, part in lists.name_parts():
        assert weight > 0
        assert re.fullmatch(r"[\u0621-\u06d3 ]+", part.urdu), part
        assert len(part.latin) >= 2
        assert len(set(part.latin)) == len(part.latin)
        for spelling in part.latin:
            assert re.fullmatch(r"[A-Z][a-z]*\.?( [A-Za-z][a-z]*)*", spelling), part


def test_no_part_is_listed_twice_for_a_group() -> None:
    seen = Counter((listed, group, part.urdu) for listed, group, _, part in lists.name_parts())
    assert [key for key, count in seen.items() if count > 1] == []


def test_every_denied_word_is_one_that_could_be_drawn_or_the_line_is_idle() -> None:
    words = {word for _, _, _, part in lists.name_parts() for word in part.latin[0].split()}
    idle = [pair for pair in lists.denied_pairs() if not set(pair) <= words]
    assert idle == []


def test_every_unit_and_community_lies_in_a_known_place() -> None:
    towns = lists.places()
    for agency in lists.agencies():
        for unit in agency.units:
            assert unit.place in towns
    regions = {place.region for place in towns.values()}
    for community in COMMUNITIES.values():
        assert set(community.regions) <= regions


def test_notes_come_in_three_languages() -> None:
    for theme, texts in lists.notes().items():
        if theme in ("law", "part"):
            continue
        assert set(texts) == {"en", "roman", "ur"}
        assert all(re.search("[\u0600-\u06ff]", text) for text in texts["ur"])
        assert all(text.isascii() for way in ("en", "roman") for text in texts[way])
