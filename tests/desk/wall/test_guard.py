"""Every way round the guard that anybody thought of, closed on both databases."""

from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, connections, models, transaction
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.forms import modelform_factory
from tests.world import LOADER

from rabta.core.access.decisions import CASE_WORK, LINK_REVIEW, Purpose
from rabta.core.access.levels import Level
from rabta.core.errors import Unscoped
from rabta.desk.accounts.models import Agency
from rabta.desk.cases.models import Case, Key, ParticularRow, Person, RoleInCase, TeamMember
from rabta.desk.wall import guard
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import ScopedQuerySet, visible_to


@pytest.fixture
def house(world):
    """A case with a person in it, and an investigator who may see both."""
    world.me = world.actor("circle_a")
    world.c = world.case("circle_a")
    world.p = world.person("circle_a", case=world.c)
    return world


def scoped(house, model=Person, **kw):
    return visible_to(model, house.me, **kw)


READS = {
    "all": lambda h: list(Person.objects.all()),
    "count": lambda h: Person.objects.count(),
    "exists": lambda h: Person.objects.exists(),
    "first": lambda h: Person.objects.first(),
    "get": lambda h: Person.objects.get(pk=h.p.pk),
    "iterator": lambda h: list(Person.objects.iterator()),
    "in_bulk": lambda h: Person.objects.in_bulk([h.p.pk]),
    "values": lambda h: list(Person.objects.values()),
    "values_list": lambda h: list(Person.objects.values_list("sex")),
    "aggregate": lambda h: Person.objects.aggregate(Count("id")),
    "earliest": lambda h: Person.objects.earliest("id"),
    "a plain queryset": lambda h: list(models.QuerySet(Person)),
    "_base_manager": lambda h: list(Person._base_manager.all()),
    "_default_manager": lambda h: list(Person._default_manager.all()),
    "forward key": lambda h: RoleInCase(person_id=h.p.pk).person,
    "reverse key": lambda h: list(h.p.roles.all()),
    "reverse key of an open model": lambda h: list(
        models.QuerySet(Case).filter(agency=h.agencies["federal"])
    ),
    "prefetch forwards": lambda h: list(
        scoped(h, RoleInCase, at_least=Level.FULL).prefetch_related("person")
    ),
    "prefetch backwards": lambda h: list(scoped(h).prefetch_related("roles")),
    "select_related": lambda h: list(
        scoped(h, RoleInCase, at_least=Level.FULL).select_related("person")
    ),
    "values across a key": lambda h: list(
        scoped(h, RoleInCase, at_least=Level.FULL).values("person__sex")
    ),
    "filter across a key": lambda h: list(scoped(h, RoleInCase).filter(person__sex="male")),
    "filter across a reverse key": lambda h: list(scoped(h).filter(roles__role="accused")),
    "exclude across a key": lambda h: list(scoped(h).exclude(roles__role="accused")),
    "order across a key": lambda h: list(scoped(h, RoleInCase).order_by("person__sex")),
    "annotate across a key": lambda h: list(scoped(h, RoleInCase).annotate(x=F("person__sex"))),
    "aggregate across a key": lambda h: scoped(h, RoleInCase).aggregate(n=Count("person__sex")),
    "aggregate across a reverse key": lambda h: list(scoped(h).annotate(n=Count("roles__role"))),
    "FilteredRelation": lambda h: list(
        scoped(h).annotate(r=FilteredRelation("roles", condition=Q(roles__role="accused"))).filter(
            r__isnull=False
        )
    ),
    "Exists of an unscoped question": lambda h: list(
        scoped(h).filter(Exists(RoleInCase.objects.filter(person=OuterRef("pk"))))
    ),
    "a key in an unscoped question": lambda h: list(
        scoped(h, RoleInCase).filter(person__in=Person.objects.all())
    ),
    "an open model by an unscoped question": lambda h: list(
        Agency.objects.filter(pk__in=Case.objects.values("agency"))
    ),
    "scoped or unscoped": lambda h: list(scoped(h) | Person.objects.all()),
    "unscoped or scoped": lambda h: list(Person.objects.all() | scoped(h)),
    "scoped and unscoped": lambda h: list(scoped(h) & Person.objects.all()),
    "scoped xor unscoped": lambda h: list(scoped(h) ^ Person.objects.all()),
    "scoped or scoped": lambda h: list(scoped(h) | scoped(h)),
    "a plain queryset round a scoped query, widened": lambda h: list(
        models.QuerySet(Person, query=scoped(h).query) | Person.objects.all()
    ),
    "union": lambda h: list(
        scoped(h).only_pointer().union(Person.objects.values_list("id", flat=True))
    ),
    "a where taken out": lambda h: scoped(h).query.clear_where(),
    "refresh_from_db": lambda h: h.p.refresh_from_db(),
    "a deferred field": lambda h: scoped(h).defer("sex").get(pk=h.p.pk).sex,
    "a field above one's level": lambda h: list(scoped(h, at_least=Level.HIT).values("sex")),
    "ContentType.get_object_for_this_type": lambda h: ContentType.objects.get_for_model(
        Person
    ).get_object_for_this_type(pk=h.p.pk),
    "the delete collector": lambda h: h.agencies["federal"].delete(),
    "delete": lambda h: h.p.delete(),
    "dumpdata": lambda h: call_command(
        "dumpdata", "cases", stdout=StringIO(), traceback=True
    ),
    "dumpdata with the base manager": lambda h: call_command(
        "dumpdata", "cases", use_base_manager=True, stdout=StringIO(), traceback=True
    ),
    "choices of a form": lambda h: str(modelform_factory(RoleInCase, fields=["person"])()),
    "validation of a key by a form": lambda h: modelform_factory(RoleInCase, fields=["person"])(
        {"person": h.p.pk}
    ).is_valid(),
    "unique validation": lambda h: RoleInCase(
        case_id=h.c.pk, person_id=h.p.pk, role="accused", agency=h.agencies["federal"]
    ).validate_constraints(),
    "key validation": lambda h: TeamMember(case_id=h.c.pk, user_id=1).clean_fields(),
    "raw": lambda h: list(Person.objects.raw("SELECT * FROM cases_person")),
    "cursor": lambda h: connection.cursor().execute("SELECT count(*) FROM cases_person"),
    "cursor, quoted and in capitals": lambda h: connection.cursor().execute(
        'SELECT count(*) FROM "CASES_PERSON"'
    ),
    "executemany": lambda h: connection.cursor().executemany(
        "UPDATE cases_person SET sex = %s", [("male",)]
    ),
    "executescript or copy": lambda h: getattr(
        connection.cursor(), "executescript" if connection.vendor == "sqlite" else "copy"
    ),
    "the driver's cursor": lambda h: connection.cursor().cursor_factory,
    "extra tables": lambda h: list(
        Agency.objects.extra(tables=["cases_person"], where=["cases_person.sex = 'male'"])
    ),
    "extra where": lambda h: list(
        Agency.objects.extra(where=["EXISTS (SELECT 1 FROM cases_person)"])
    ),
    "extra select": lambda h: list(
        Agency.objects.extra(select={"n": "SELECT count(*) FROM cases_person"})
    ),
    "RawSQL": lambda h: list(
        Agency.objects.annotate(n=RawSQL("SELECT count(*) FROM cases_person", []))
    ),
    "RawSQL inside a scoped question": lambda h: list(
        scoped(h).annotate(n=RawSQL("SELECT count(*) FROM cases_person", []))
    ),
    "a template of a function": lambda h: list(
        Agency.objects.annotate(
            n=models.Func(template="(SELECT count(*) FROM cases_person)",
                          output_field=models.IntegerField())
        )
    ),
    "explain": lambda h: Person.objects.explain(),
    "outside any session": lambda h: visible_to(Person, h.actor("circle_b")),
}  # fmt: skip


@pytest.mark.parametrize("way", READS)
def test_no_way_round(house, acting, way):
    with acting(house.me, "test"), pytest.raises(Unscoped), transaction.atomic():
        READS[way](house)


def test_a_door_opens_writes_and_no_reads(house, acting):
    with acting(house.me, "test"), write(house.me, "test"), pytest.raises(Unscoped):
        list(Person.objects.all())


WRITES = {
    "save": lambda h: Person(agency=h.agencies["federal"], unit=h.units["circle_a"]).save(),
    "create": lambda h: Person.objects.create(
        agency=h.agencies["federal"], unit=h.units["circle_a"]
    ),
    "bulk_create": lambda h: Person.objects.bulk_create(
        [Person(agency=h.agencies["federal"], unit=h.units["circle_a"])]
    ),
    "update": lambda h: Person.objects.update(sex="male"),
    "update of a scoped question": lambda h: scoped(h).update(sex="male"),
    "bulk_update": lambda h: Person.objects.bulk_update([h.p], ["sex"]),
    "delete of rows": lambda h: Person.objects.filter(pk=0)._raw_delete("default"),
    "an open model": lambda h: Agency.objects.update(country="XX"),
    "the ledger": lambda h: guard and _ledger().update(digest="0"),
    "the ledger's tail": lambda h: _ledger()._raw_delete("default"),
}


def _ledger():
    from rabta.desk.wall.models import WriteEntry

    return WriteEntry.objects.all()


@pytest.mark.parametrize("way", WRITES)
def test_no_write_but_through_the_door(house, acting, way):
    with acting(house.me, "test"), pytest.raises(Unscoped), transaction.atomic():
        WRITES[way](house)


def test_even_the_door_does_not_change_the_ledger(house, acting):
    with acting(house.me, "test"), pytest.raises(Unscoped), write(house.me, "test"):
        _ledger().update(digest="0")


def test_a_write_behind_the_doors_back_undoes_everything(house, acting):
    def behind() -> None:
        with write(house.me, "test") as door:
            door.note("person", [house.p.pk], "looked at")
            Person.objects.filter(pk=house.p.pk).update(sex="transgender")

    with acting(house.me, "test"), pytest.raises(Unscoped):
        behind()
    with acting(house.me, "test"):
        assert scoped(house).get(pk=house.p.pk).sex == "unknown"


ROWS_NOT_TO_REMOVE = {
    "nobody asked through the wall": lambda h: Person.objects.filter(pk=h.p.pk),
    "asked for less than in full": lambda h: scoped(h).filter(pk=h.p.pk),
    "asked by somebody else": lambda h: visible_to(Person, h.other, at_least=Level.FULL),
    "a kind that is shown with less than its records in full": lambda h: scoped(h, Key).filter(
        person_id=h.p.pk
    ),
    "a kind that inherits, unasked": lambda h: RoleInCase.objects.filter(case_id=h.c.pk),
}


@pytest.mark.parametrize("way", ROWS_NOT_TO_REMOVE)
def test_what_was_not_asked_for_in_full_is_not_removed(house, acting, way):
    house.other = house.actor("circle_a")
    with acting(house.other, "test"), acting(house.me, "test"):
        with pytest.raises(Unscoped), write(house.me, "test") as door:
            door.remove_many(ROWS_NOT_TO_REMOVE[way](house))
        assert [p.pk for p in scoped(house)] == [house.p.pk]
        assert scoped(house, RoleInCase).filter(person_id=house.p.pk).exists()


def test_what_was_asked_for_in_full_is_removed_and_nothing_else(house, acting):
    stays = house.person("circle_a", case=house.c)
    with acting(house.me, "test"):
        with write(house.me, "test") as door:
            details = scoped(house, ParticularRow, at_least=Level.FULL)
            door.remove_many(details.filter(person_id=house.p.pk))
        held = scoped(house, ParticularRow).values_list("person_id", flat=True)
        assert list(held) == [stays.pk]


def test_what_the_machine_asked_for_is_removed_at_anybodys_door(house, acting):
    with acting(house.me, "test"), write(house.me, "test") as door, acting(LOADER, "test"):
        roles = visible_to(RoleInCase, LOADER, at_least=Level.FULL)
        door.remove_many(roles.filter(person_id=house.p.pk))
        assert not roles.filter(person_id=house.p.pk).exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"load": 2},
        {"purpose": Purpose(LINK_REVIEW)},
        {"purpose": Purpose(CASE_WORK.name, case=9)},
    ],
)
def test_an_open_door_does_not_drop_what_an_inner_one_asks_for(house, acting, asked):
    with (
        acting(house.me, "test"),
        write(house.me, "test", purpose=CASE_WORK, load=1),
        pytest.raises(Unscoped),
        write(house.me, "test", **asked),
    ):
        pass


def test_an_inner_door_may_say_again_what_the_outer_has(house, acting):
    with (
        acting(house.me, "test"),
        write(house.me, "test", purpose=CASE_WORK, load=1) as outer,
        write(house.me, "test", purpose=CASE_WORK, load=1) as inner,
        write(house.me, "test") as silent,
    ):
        assert inner is outer
        assert silent is outer


def test_composition_by_exists_is_the_way(house, acting):
    with acting(house.me, "test"):
        in_case = scoped(house, RoleInCase).filter(case_id=house.c.pk, person_id=OuterRef("pk"))
        assert [p.pk for p in scoped(house).filter(Exists(in_case))] == [house.p.pk]


def test_what_a_level_does_not_open_cannot_be_read(house, acting):
    house.allow("federal", "railways", Level.HIT)
    other = house.actor("post")
    with acting(other, "test"):
        seen = visible_to(Person, other, at_least=Level.HIT).get(pk=house.p.pk)
        assert seen.agency_id == house.agencies["federal"].pk
        for field in ("sex", "nationalities", "protected", "load_id"):
            with pytest.raises(Unscoped):
                getattr(seen, field)


def test_a_link_table_made_by_django_itself_is_nowhere():
    from django.apps import apps

    ours = [
        m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("rabta")
    ]
    assert ours
    assert not [m for m in ours if m._meta.auto_created]


def test_every_alias_is_guarded():
    for alias in connections:
        assert hasattr(connections[alias], "take_position")


def test_the_scoped_queryset_stays_scoped(house, acting):
    with acting(house.me, "test"):
        for derived in (
            scoped(house).filter(pk=1),
            scoped(house).order_by("id"),
            scoped(house)[:1],
        ):
            assert isinstance(derived, ScopedQuerySet)
            list(derived)
        assert scoped(house).count() == 1
        assert scoped(house).exists()
        assert isinstance(ParticularRow.objects.none(), models.QuerySet)
