"""Every template of every room: words are translated, nothing is styled or run inline."""

from pathlib import Path

import pytest
from django.template import engines
from tests.desk.frame.scanning import scan

DESK = Path(__file__).resolve().parents[3] / "src/rabta/desk"
TEMPLATES = sorted(DESK.glob("*/templates/**/*.html"))


def test_there_are_templates() -> None:
    assert any(path.name == "base.html" for path in TEMPLATES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(DESK).as_posix())
def test_template(path: Path) -> None:
    source = path.read_text("utf-8")
    found = scan(source)
    assert not found.loose, "words outside of translate and blocktranslate"
    assert not found.inline, "the pages' policy refuses inline styles and scripts"
    engines["django"].from_string(source)


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        "<p>{% translate 'Hello' %} there</p>",
        "<input placeholder='Your name'>",
        "<button aria-label='Close'></button>",
        "<input type='submit' value='Send'>",
        "<p>{% if x %}yes{% endif %}</p>",
        "<p>تلاش</p>",
        "<code>x</code> said",
    ],
)
def test_loose_words_are_found(source: str) -> None:
    assert scan(source).loose


@pytest.mark.parametrize(
    "source",
    [
        "<p>{% translate 'Hello' %}: {{ name }} · 1/2</p>",
        "{% blocktranslate with n=name %}Hello {{ n }}{% endblocktranslate %}",
        "<p title=\"{% translate 'Hello' %}\" class='words here'>{# a comment #}</p>",
        "{% comment %}notes for us{% endcomment %}<kbd>Esc</kbd>",
        "<input type='hidden' value='secret'>",
    ],
)
def test_what_is_translated_or_no_words_is_let_be(source: str) -> None:
    assert not scan(source).loose


@pytest.mark.parametrize(
    "source",
    [
        "<p style='color:red'></p>",
        "<style>p{}</style>",
        "<script>go()</script>",
        "<a onclick='go()'></a>",
        "<a href='javascript:go()'></a>",
    ],
)
def test_inline_styles_and_scripts_are_found(source: str) -> None:
    assert scan(source).inline


def test_a_script_of_its_own_is_let_be() -> None:
    assert not scan('<script type="module" src="{{ built.js }}"></script>').inline
