"""Components: what a page that uses them says, and that data never becomes markup."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from rabta.core.words.dates.partial import PartialDate
from rabta.core.words.vocabulary import Duty, HandlingCode
from rabta.desk.frame import components as c
from rabta.desk.frame import labels

HOSTILE = '<script>alert("x")</script>'


def draw(source: str, **context: Any) -> str:
    page = engines["django"].from_string("{% load frame %}" + source)
    return " ".join(page.render(context).split())


def test_data_is_isolated_and_escaped() -> None:
    assert draw("{{ name|iso }}", name="زرتاشیہ") == "<bdi>زرتاشیہ</bdi>"
    assert "<script" not in draw("{{ name|iso }}", name=HOSTILE)
    assert draw("{{ name|iso }}", name=None) == ""


@pytest.mark.parametrize(
    "source",
    [
        "{% tag x %}",
        "{% row x %}{{ x }}{% endrow %}",
        "{% row x change_url=x %}{% endrow %}",
        "{% empty x x x %}",
        "{% data_table table %}",
        "{% crumbs crumbs %}",
        "{% handling 'H3' x %}",
    ],
)
def test_no_component_lets_markup_through(source: str) -> None:
    drawn = draw(
        source,
        x=HOSTILE,
        table=c.Table(HOSTILE, [c.Column(HOSTILE)], [[c.Cell(HOSTILE, HOSTILE, HOSTILE)]]),
        crumbs=[c.Crumb(HOSTILE, HOSTILE), c.Crumb(HOSTILE)],
    )
    assert "&lt;script" in drawn
    assert "<script" not in drawn
    assert 'href="<' not in drawn


def test_what_is_empty_is_said_to_be() -> None:
    assert "not recorded" in draw("{% row 'Name' %} {% endrow %}")


def test_a_change_link_says_of_what() -> None:
    drawn = draw("{% row 'Name' change_url='/x' %}a{% endrow %}")
    assert 'href="/x">Change<span class="apart"> Name</span>' in drawn


def test_a_table_names_rows_and_columns() -> None:
    table = c.Table(
        caption="People",
        columns=[c.Column("Name"), c.Column("Cases", c.NUMBER)],
        rows=[[c.Cell("A", url="/a"), 3], ["B", ""]],
    )
    drawn = draw("{% data_table table %}", table=table)
    assert '<a href="/a"><bdi>A</bdi></a>' in drawn
    assert drawn.count('scope="row"') == 2
    assert 'class="number" data-label="Cases"' in drawn
    assert "not recorded" in drawn


def test_a_row_with_a_cell_too_few_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        _ = c.Table("x", [c.Column("a"), c.Column("b")], [["only"]]).lines


def test_a_table_without_rows_says_so() -> None:
    table = c.Table("People", [c.Column("Name")], [], empty="No people yet.")
    drawn = draw("{% data_table table %}", table=table)
    assert "No people yet." in drawn
    assert "<table" not in drawn


def test_counts_are_capped() -> None:
    assert "1000+ in all" in draw("{% pager p %}", p=c.Pager(next_url="?a", count=1001))
    assert "1000 in all" in draw("{% pager p %}", p=c.Pager(next_url="?a", count=1000))


def test_the_pager_leads_only_where_there_is_more() -> None:
    drawn = draw("{% pager p %}", p=c.Pager(next_url="?after=1&x=2"))
    assert 'rel="next" href="?after=1&amp;x=2"' in drawn
    assert "prev" not in drawn
    assert draw("{% pager p %}", p=c.Pager()) == ""


def test_tabs_mark_where_one_is() -> None:
    tabs = [c.Tab("People", "/p", here=True, count=2), c.Tab("Notes", "/n")]
    drawn = draw("{% tabs tabs 'Case' %}", tabs=tabs)
    assert 'href="/p" aria-current="page"' in drawn
    assert drawn.count("aria-current") == 1


EXACT = PartialDate(date(1988, 3, 4), date(1988, 3, 4), "1988-03-04")
ABOUT = PartialDate(date(1971, 1, 1), date(1971, 12, 31), "c. 1971", approximate=True)
SPAN = PartialDate(date(1970, 1, 1), date(1973, 12, 31), "kal")


@pytest.mark.parametrize(
    ("value", "says", "says_not"),
    [
        (EXACT, 'datetime="1988-03-04"', "written"),
        (ABOUT, "about", "written"),
        (SPAN, "<bdi>kal</bdi>", "datetime"),
        (None, "not recorded", "bdi"),
    ],
)
def test_partial_dates(value: PartialDate | None, says: str, says_not: str) -> None:
    drawn = draw("{% partial_date value %}", value=value)
    assert says in drawn
    assert says_not not in drawn


AGE = PartialDate(date(1968, 3, 6), date(1969, 3, 5), "49 yrs", approximate=True)


def test_an_age_is_shown_as_years_and_the_day_it_was_given() -> None:
    drawn = draw("{% partial_date value '2018-03-05' %}", value=AGE)
    assert '<bdi dir="ltr">1968–1969</bdi>' in drawn
    assert '<bdi>49 yrs</bdi>, as of <bdi dir="ltr">2018-03-05</bdi>' in drawn
    assert "49 yrs" not in draw("{% partial_date value written=False %}", value=AGE)


def test_about_is_said_in_words() -> None:
    assert labels.date_in_words(EXACT) == "1988-03-04"
    assert labels.date_in_words(ABOUT) == "about \u20661971\u2069"


def test_levels_say_how_much_and_why() -> None:
    drawn = draw("{% level_badge 2 'protected' %}")
    assert drawn.count('class="on"') == 2
    assert "without names" in drawn
    assert "This person is protected" in drawn


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="In any script.")
    pin = forms.CharField(label="Code", widget=forms.PasswordInput, required=False)
    sex = forms.ChoiceField(label="Sex", choices=[("f", "f"), ("m", "m")], widget=forms.RadioSelect)
    sealed = forms.BooleanField(label="Sealed", required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Both cannot be.")


def test_a_field_is_joined_to_its_label_hint_and_fault() -> None:
    form = Form({"name": ""})
    drawn = draw("{% field form.name %}", form=form)
    assert '<label for="id_name">' in drawn
    assert 'id="id_name_hint"' in drawn
    assert 'id="id_name_error"' in drawn
    assert 'aria-describedby="id_name_hint id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'dir="auto"' in drawn
    assert "(optional)" not in drawn


def test_a_secret_keeps_its_direction_and_optional_fields_say_so() -> None:
    drawn = draw("{% field form.pin %}", form=Form())
    assert 'dir="auto"' not in drawn
    assert "(optional)" in drawn


def test_choices_are_a_group_with_a_name() -> None:
    drawn = draw("{% field form.sex %}", form=Form({}))
    assert "<fieldset" in drawn
    assert "<legend>Sex" in drawn
    assert 'aria-describedby="id_sex_error"' in drawn


def test_the_fault_summary_leads_to_each_field() -> None:
    drawn = draw("{% error_summary form %}", form=Form({"name": ""}))
    assert 'href="#id_name"' in drawn
    assert 'href="#id_sex_0"' in drawn
    assert "<li>Both cannot be.</li>" in drawn
    for target in ("id_name", "id_sex_0"):
        assert f'id="{target}"' in draw(
            "{% for f in form %}{% field f %}{% endfor %}", form=Form({})
        )


def test_no_faults_no_summary() -> None:
    assert draw("{% error_summary form %}", form=Form()) == ""


def test_closed_lists_have_words_for_every_value() -> None:
    from rabta.core.access.levels import Level
    from rabta.core.access.policies import REASONS

    assert set(labels.DUTY) == set(Duty)
    assert set(labels.LEVEL) == set(Level)
    assert set(labels.HANDLING) == set(HandlingCode)
    with translation.override("en"):
        assert {code: str(words) for code, words in labels.REASON.items()} == REASONS
