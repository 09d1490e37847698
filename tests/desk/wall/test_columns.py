"""A question may speak of no column that its level does not open: not to show, not to ask by."""

import pytest
from django.db import connection, models, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Lower

from rabta.core.access.levels import Level
from rabta.core.errors import Unscoped
from rabta.desk.accounts.models import Agency
from rabta.desk.cases.models import Case, Key, Person, RoleInCase
from rabta.desk.wall.scope import visible_to


@pytest.fixture
def hit(world):
    """Another agency's officer, to whom a person is a hit and nothing more."""
    world.allow("federal", "railways", Level.HIT)
    world.me = world.actor("post")
    world.c = world.case("circle_a")
    world.p = world.person("circle_a", case=world.c, sex="male")
    return world


def asked(h, level=Level.HIT, model=Person):
    return visible_to(model, h.me, at_least=level)


CLOSED = {
    "shown by another name": lambda h: list(asked(h).annotate(x=F("sex"))),
    "shown, worked over": lambda h: list(asked(h).annotate(x=Lower(Concat("sex", Value("!"))))),
    "shown by a condition": lambda h: list(
        asked(h).annotate(x=models.Case(When(sex="male", then=Value(1)), default=Value(0)))
    ),
    "shown as an only column": lambda h: list(asked(h).annotate(x=F("sex")).values("x")),
    "asked by": lambda h: asked(h).filter(sex="male").exists(),
    "asked by, negated": lambda h: asked(h).exclude(Q(id=0) | Q(sex="male")).count(),
    "asked by an expression": lambda h: asked(h).filter(Q(id=F("birth_year_earliest"))).count(),
    "asked by, through an alias": lambda h: asked(h).alias(x=F("sex")).filter(x="male").count(),
    "asked by a subquery": lambda h: asked(h)
    .filter(Exists(Agency.objects.filter(code=OuterRef("sex"))))
    .count(),
    "shown by a subquery": lambda h: list(
        asked(h).annotate(
            x=Subquery(Agency.objects.annotate(y=OuterRef("sex")).values("y")[:1])
        )
    ),
    "as the column of a subquery": lambda h: list(
        Agency.objects.filter(code__in=asked(h).values("sex"))
    ),
    "ordered by": lambda h: list(asked(h).order_by("sex")),
    "ordered by, backwards": lambda h: list(asked(h).order_by("-sex")),
    "ordered by an expression": lambda h: list(asked(h).order_by(Lower("sex").desc())),
    "the greatest": lambda h: asked(h).aggregate(Max("sex")),
    "counted": lambda h: asked(h).aggregate(n=Count("id", filter=Q(sex="male"))),
    "counted in groups": lambda h: list(asked(h).values("agency").annotate(n=Count("sex"))),
    "the latest": lambda h: asked(h).latest("birth_year_latest"),
    "fetched by": lambda h: asked(h).get(sex="male"),
    "its days": lambda h: list(asked(h, model=Case).dates("registered_earliest", "day")),
    "raw, without its table": lambda h: list(asked(h).annotate(x=RawSQL("sex", []))),
    "raw, in a subquery": lambda h: list(
        asked(h).filter(Exists(Agency.objects.annotate(y=RawSQL("sex", [])).filter(y="male")))
    ),
    "extra": lambda h: list(asked(h).extra(select={"x": "sex"})),
    "extra where": lambda h: list(asked(h).extra(where=["sex = 'male'"])),
    "extra order": lambda h: list(asked(h).extra(order_by=["sex"])),
    "a template": lambda h: list(
        asked(h).annotate(x=models.Func(template="sex", output_field=models.CharField()))
    ),
    "asked in another question": lambda h: list(
        visible_to(RoleInCase, h.me).filter(Exists(asked(h).filter(sex="male")))
    ),
    "what rules judge by": lambda h: connection.cursor().execute(
        "SELECT count(*) FROM wall_facts_cases_case"
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", CLOSED)
def test_a_column_that_the_level_does_not_open_tells_nothing(hit, acting, way):
    with acting(hit.me, "test"), pytest.raises(Unscoped), transaction.atomic():
        CLOSED[way](hit)


def test_what_the_level_opens_may_be_asked_shown_and_ordered_by(world, acting):
    me = world.actor("circle_a")
    world.person("circle_a", sex="male")
    with acting(me, "test"):
        rows = visible_to(Person, me, at_least=Level.PSEUDONYM).filter(sex="male")
        assert rows.annotate(x=F("sex")).order_by("-sex", "id").get().x == "male"
        assert rows.aggregate(n=Count("id", filter=Q(sex="male"))) == {"n": 1}


def test_ids_and_stored_keys_may_be_asked_by_at_any_level(hit, acting):
    with acting(hit.me, "test"):
        key = visible_to(Key, hit.me, at_least=Level.HIT)
        found = asked(hit).filter(Exists(key.filter(value=1, person_id=OuterRef("pk"))))
        assert not found.exists()
        assert asked(hit).filter(agency_id=hit.p.agency_id, load_id__isnull=True).count() == 1


def test_a_question_does_not_outlive_its_session(hit, acting):
    with acting(hit.me, "test"):
        kept = asked(hit)
    with pytest.raises(Unscoped):
        kept.count()
    other = hit.actor("circle_a")
    with acting(other, "test"), pytest.raises(Unscoped):
        list(kept)
