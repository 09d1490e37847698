"""Every link inside the documents leads somewhere."""

import re

import pytest
from tests.docs.reading import PAGES, ROOT, anchors, name_of, prose, text_of

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("name", [name_of(page) for page in PAGES])
def test_links_resolve(name):
    here = (ROOT / name).parent
    broken = []
    for target in LINK.findall(prose(text_of(name))):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        file = (here / path).resolve() if path else ROOT / name
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            broken.append(target)
    assert broken == []


def test_no_page_is_an_orphan():
    linked = set()
    for page in PAGES:
        for target in LINK.findall(prose(page.read_text("utf-8"))):
            path = target.partition("#")[0]
            if path and "://" not in path:
                linked.add((page.parent / path).resolve())
    alone = [page for page in PAGES if page not in linked and page.name != "README.md"]
    assert [name_of(page) for page in alone] == []
