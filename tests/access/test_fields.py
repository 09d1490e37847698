"""Every field of every model is classified, once; the table in the docs says so."""

import pytest
from django.db import models
from tests.access import fields, tables

from rabta.core.access.levels import FieldClass
from rabta.desk.wall.base import Classified, Recorded


def test_every_field_of_every_model_has_exactly_one_class():
    assert fields.ours()
    assert fields.problems(fields.ours()) == []


def throwaway(name, parent, walls, **made):
    """A model that is forgotten again: it stands in no app's list afterwards."""
    from django.apps import apps

    meta = type("Meta", (), {"app_label": "wall", "managed": False})
    wall = type("Wall", (), {"fields": walls})
    body = {"__module__": __name__, "Meta": meta, "Wall": wall, **made}
    model = type(name, (parent,), body)
    del apps.all_models["wall"][name.lower()]
    apps.clear_cache()
    return model


def test_a_field_without_a_class_is_found():
    made = throwaway("Forgetful", Recorded, {}, secret=models.TextField())
    assert fields.problems([made]) == ["wall.Forgetful.secret has no class"]


def test_a_class_for_no_field_and_two_classes_for_one_are_found():
    walls = {FieldClass.POINTER: "word ghost", FieldClass.IDENTIFYING: "word public_id"}
    made = throwaway("Muddled", Recorded, walls, word=models.TextField())
    assert fields.problems([made]) == [
        "wall.Muddled.ghost is no field",
        "wall.Muddled.public_id has more than one class",
        "wall.Muddled.word has more than one class",
    ]


def test_a_model_that_is_not_classified_at_all_is_found():
    made = throwaway("Plain", models.Model, {}, word=models.TextField())
    assert fields.problems([made]) == ["wall.Plain is not Classified"]


def test_an_unclassified_field_is_opened_by_no_level_but_to_the_machinery():
    made = throwaway("Closed", Recorded, {}, secret=models.TextField())
    from rabta.core.access.levels import Level

    for level in Level:
        assert "secret" in made.hidden_at(level)


@pytest.mark.parametrize("model", fields.ours(), ids=lambda m: m._meta.label)
def test_no_model_is_written_past_its_door(model):
    """What holds anything of the world is Recorded; the rest is named here, with its reason."""
    machinery = {
        "accounts.Session", "accounts.SignInState",  # who is signed in, counted at every try
        "wall.WriteEntry", "wall.ReadEntry", "wall.WriteHead", "wall.ReadHead", "wall.KnownHit",
    }  # fmt: skip
    assert issubclass(model, Recorded) or model._meta.label in machinery
    assert issubclass(model, Classified)


def test_the_table_in_the_docs_is_what_is_so():
    assert not (said := tables.difference(tables.FIELDS, fields.table())), said
