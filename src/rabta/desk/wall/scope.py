"""``visible_to``: the one way to read a guarded table.

The policy of the model's kind (``rabta.core.access.policies``) is compiled to a filter, and the
same rules annotate each row with what it opens and why (questions.py, compiling.py).
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from rabta.core.access.decisions import (
    CASE_WORK,
    Actor,
    Asker,
    Policy,
    Purpose,
)
from rabta.core.access.levels import Level
from rabta.core.access.policies import POLICIES
from rabta.core.access.rules import (
    Rule,
)
from rabta.desk.wall import columns, session
from rabta.desk.wall.base import Guarded
from rabta.desk.wall.compiling import any_of, compile_rule
from rabta.desk.wall.questions import CAP, GRANT, Scope, ScopedQuerySet, decision_of, tokened
from rabta.desk.wall.ruled import Ruled


def visible_to(
    model: type[Guarded],
    actor: Actor,
    purpose: Purpose = CASE_WORK,
    *,
    at_least: Level = Level.PSEUDONYM,
) -> ScopedQuerySet:
    """The rows of a guarded model that an actor may see for a purpose, at a level or above.

    Fails closed: outside an ``acting`` session, or for another than its actor, it raises.
    """
    session.require(actor)
    return _scoped(model, actor, purpose, at_least)


def _scoped(
    model: type[Guarded], actor: Actor, purpose: Purpose, at_least: Level
) -> ScopedQuerySet:
    # A policy takes milliseconds to compile and a request asks the same many times over. What is
    # kept is the question, unasked; the key holds all it depends on, the day among it.
    return _compiled(model, actor, purpose, at_least, timezone.localdate()).all()  # type: ignore[no-any-return]


@lru_cache(maxsize=512)
def _compiled(
    model: type[Guarded], actor: Actor, purpose: Purpose, at_least: Level, today: date
) -> ScopedQuerySet:
    policy = POLICIES[model.Wall.policy]  # type: ignore[attr-defined]
    asker = Asker.of(actor, purpose, today=today)
    hidden = model.hidden_at(Level.FULL if policy.inherits else max(at_least, Level.HIT))
    rows = tokened(model, Scope(model._meta.db_table, actor, purpose, at_least, hidden))
    if policy.inherits:
        for relation, level in policy.inherits.items():
            link = model._meta.get_field(relation)
            owner = _scoped(link.related_model, actor, purpose, level)  # type: ignore[arg-type]
            if not owner.query.where and not link.null:  # type: ignore[union-attr]
                continue  # Every owner is open, and every row has one: nothing is left to ask.
            seen = Q(Exists(owner.filter(pk=OuterRef(link.attname))))  # type: ignore[union-attr]
            rows = rows.filter(_once(model, seen))
        rows = _with_one_at(rows, model, policy, actor, purpose)
    else:
        rows = _filtered(rows, model, policy, asker, at_least)
    columns.mark(rows.query)
    return rows


def _with_one_at(
    rows: ScopedQuerySet, model: type[Guarded], policy: Policy, actor: Actor, purpose: Purpose
) -> ScopedQuerySet:
    """Keep the rows of which one relation at least is open to the level the policy asks for."""
    if not policy.one_at:
        return rows
    wide = Q()
    for relation in policy.inherits:
        link = model._meta.get_field(relation)
        owner = _scoped(link.related_model, actor, purpose, policy.one_at)  # type: ignore[arg-type]
        wide |= Q(Exists(owner.filter(pk=OuterRef(link.attname))))  # type: ignore[union-attr]
    return rows.filter(_once(model, wide))


def _once(model: type[models.Model], condition: Q) -> Ruled:
    """A condition whose SQL is made once."""
    return Ruled(model, condition, models.BooleanField())


def _filtered(
    rows: ScopedQuerySet, model: type[Guarded], policy: Policy, asker: Asker, at_least: Level
) -> ScopedQuerySet:
    scope = rows.query.wall_scope  # type: ignore[attr-defined]
    at_least = max(at_least, Level.HIT)

    def made(rule: Rule) -> Q | bool:
        return compile_rule(rule, model, asker, scope)

    grants: list[Q | bool] = []
    for grant in policy.grants_widest_first:
        # Once one always holds, the narrower ones after it can open nothing more.
        grants.append(False if True in grants else made(grant.when))
    caps = [made(cap.when) for cap in policy.caps_strictest_first]
    opened = any_of(
        q
        for grant, q in zip(policy.grants_widest_first, grants, strict=True)
        if grant.level >= at_least
    )
    closed = any_of(
        q for cap, q in zip(policy.caps_strictest_first, caps, strict=True) if cap.level < at_least
    )
    if opened is False or closed is True:
        return rows.none()
    if opened is not True:
        rows = rows.filter(_once(model, opened))
    if closed is not False:
        rows = rows.filter(_once(model, ~Q(closed)))
    decided = {GRANT: _first(grants), CAP: _first(caps)}
    kept = {name: Ruled(model, of, models.IntegerField()) for name, of in decided.items()}
    return rows.annotate(**kept)


def _first(conditions: list[Q | bool]) -> Any:
    """The index of the first condition that holds, as a column; NULL where none does."""
    whens, default = [], None
    for index, condition in enumerate(conditions):
        if condition is True:
            default = Value(index)
            break
        if condition is not False:
            whens.append(When(condition, then=Value(index)))
    if not whens:
        return default if default is not None else Value(None, output_field=models.IntegerField())
    return Case(*whens, default=default, output_field=models.IntegerField())


__all__ = ["Scope", "ScopedQuerySet", "decision_of", "visible_to"]
