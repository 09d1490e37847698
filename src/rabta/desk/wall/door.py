"""The one door for writes: a ledger entry, or no commit.

``with write(actor, "case.opened") as door:`` opens a transaction. Inside, ``door.create``,
``door.create_many`` and ``door.change`` write; what they did becomes one entry, appended as the
transaction's last statement. A table that was written without being told to the door undoes
everything.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from rabta.core.access.decisions import Actor, Purpose
from rabta.core.access.levels import FieldClass, Level
from rabta.core.access.policies import POLICIES
from rabta.core.errors import Conflict, Refused, Unscoped
from rabta.desk.wall import guard, keys, ledger, session
from rabta.desk.wall.base import Guarded, Recorded, new_public_id
from rabta.desk.wall.models import History
from rabta.desk.wall.scope import ScopedQuerySet, decision_of
from rabta.desk.wall.sealed import as_stored

M = TypeVar("M", bound=Recorded)

AT_THE_OUTER = "Say it where the door is opened."


class Door:
    """Writes what it is told and remembers it for the entry."""

    def __init__(self, actor: Actor, event: str, purpose: str, case: int, load: int | None):
        self.load = load
        self.actor = actor
        self.event = event
        self.purpose = purpose
        self.case = case
        self.touched: set[str] = set()
        self.told: set[str] = set()
        self.subjects: dict[str, Any] = {}
        self.commitments: list[str] = []

    def create(self, record: M) -> M:
        """Write a new record."""
        record.created_by_id = self.actor.user
        record.save(force_insert=True)
        self._tell(type(record), "created", [record.pk])
        return record

    def create_many(self, records: Sequence[Recorded]) -> None:
        """Write many new records of one kind in one statement."""
        if not records:
            return
        for record in records:
            record.created_by_id = self.actor.user
        model = type(records[0])
        model._base_manager.bulk_create(records, batch_size=500)
        self._tell(model, "created", [record.pk for record in records])

    def change(self, record: M, *, touch: bool = False, **fields: Any) -> M:
        """Change fields of a record that was read in full, if nobody changed it since.

        ``touch`` moves the version although no field differs: what belongs to the record did.
        Raises Conflict, with both versions, when somebody did; nothing is written then.
        """
        model = type(record)
        if isinstance(record, Guarded) and decision_of(record).level < Level.FULL:
            raise Refused(why=decision_of(record).why)
        changes = {
            name: (getattr(record, name), value)
            for name, value in fields.items()
            if getattr(record, name) != value
        }
        if not changes and not touch:
            return record
        stored = {name: as_stored(record, name, value) for name, value in fields.items()}
        updated = model._base_manager.filter(pk=record.pk, version=record.version).update(
            version=F("version") + 1, updated_at=timezone.now(), **stored
        )
        if not updated:
            raise Conflict(kind=kind_of(model), yours=dict(fields))
        if model.Wall.__dict__.get("keeps_history", True):
            self._keep(record, changes)
        self._tell(model, "changed", [record.pk], sorted(changes))
        for name, value in fields.items():
            setattr(record, name, value)
        record.version += 1
        return record

    def save_many(self, records: Sequence[Recorded], fields: Sequence[str]) -> None:
        """Save fields of many book-keeping rows. Only for models that keep no history."""
        if not records:
            return
        model = type(records[0])
        if model.Wall.__dict__.get("keeps_history", True):
            raise Unscoped(table=model._meta.db_table)
        # Many times faster than an UPDATE with a CASE a row; none of them is new.
        model._base_manager.bulk_create(
            records,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=list(fields),
        )
        self._tell(model, "changed", [record.pk for record in records], sorted(fields))

    def remove(self, record: Recorded) -> None:
        """Remove a record that was read in full, if nobody changed it since; its entry stays.

        Raises Refused or Conflict as ``change`` does.
        """
        model = type(record)
        if isinstance(record, Guarded) and decision_of(record).level < Level.FULL:
            raise Refused(why=decision_of(record).why)
        rows = model._base_manager.filter(pk=record.pk, version=record.version)
        if not rows._raw_delete("default"):
            raise Conflict(kind=kind_of(model), yours={})
        self._tell(model, "removed", [record.pk])

    def remove_many(self, rows: models.QuerySet[Any]) -> None:
        """Remove what a question finds; of a guarded kind, one that was asked through the wall.

        Raises Unscoped for a question of another person's, or for less than the records in full.
        """
        model = rows.model
        if issubclass(model, Guarded) and not self._found_in_full(rows):
            raise Unscoped(
                "Rows of {table} to remove that were not asked for in full.",
                table=model._meta.db_table,
                remedy="Hand visible_to(Model, door.actor, at_least=Level.FULL) to the door.",
            )
        ids = list(rows.values_list("pk", flat=True))
        if ids:
            model._base_manager.filter(pk__in=ids)._raw_delete("default")
            self._tell(model, "removed", ids)

    def _found_in_full(self, rows: models.QuerySet[Any]) -> bool:
        """Whether records were asked for in full, by who stands at this door or by the machine.

        What inherits is shown to whoever sees its records at the levels its policy names, and
        those may be low: only where each is full has a person seen in full what is to go.
        """
        if not isinstance(rows, ScopedQuerySet):
            return False
        scope = rows.query.wall_scope  # type: ignore[attr-defined]
        machine = scope.actor.system
        if scope.actor != self.actor and not machine:
            return False
        if inherits := POLICIES[rows.model.Wall.policy].inherits:
            return machine or min(inherits.values()) >= Level.FULL
        return scope.at_least >= Level.FULL

    def note(self, kind: str, ids: Sequence[int], fact: str) -> None:
        """Say something of records in the entry that no table holds (a hand-over, a print)."""
        self._say(kind, fact, list(ids))

    def _keep(self, record: Recorded, changes: dict[str, tuple[Any, Any]]) -> None:
        """Keep what the record said before, sealed, and commit to it with a salt of its own."""
        # Machinery (a passphrase's hash, a sealed secret) is nobody's history.
        kept = record.field_classes()
        said = {
            name: [_plain(old), _plain(new)]
            for name, (old, new) in changes.items()
            if kept.get(name.removesuffix("_id"), kept.get(name)) is not FieldClass.INTERNAL
        }
        salted = json.dumps({"salt": secrets.token_hex(16), "said": said}, cls=DjangoJSONEncoder)
        public_id = new_public_id()
        History(
            public_id=public_id,
            agency_id=owner_of(record),
            kind=kind_of(type(record)),
            record_id=record.pk,
            record_version=record.version,
            event=self.event,
            load_id=self.load,
            created_by_id=self.actor.user,
            sealed=keys.seal(salted, agency=owner_of(record), binding=public_id),
        ).save(force_insert=True)
        self.told.add(History._meta.db_table)
        self.commitments.append(sha256(salted.encode()).hexdigest())

    def _tell(
        self, model: type[Recorded], fact: str, ids: list[int], fields: Sequence[str] = ()
    ) -> None:
        self.told.add(model._meta.db_table)
        self._say(kind_of(model), fact, ids, fields)

    def _say(self, kind: str, fact: str, ids: list[int], fields: Sequence[str] = ()) -> None:
        said = self.subjects.setdefault(kind, {}).setdefault(fact, {"ids": []})
        said["ids"].extend(ids)
        if fields:
            said["fields"] = sorted({*said.get("fields", ()), *fields})

    def settle(self) -> None:
        """Append the entry; undo everything if a table was written behind the door's back."""
        behind = self.touched - self.told
        if behind:
            raise Unscoped(
                "{table} was written without a word to the door.",
                table=", ".join(sorted(behind)),
                remedy="Write through door.create, door.change or door.remove.",
            )
        if not self.subjects:
            return
        for said in self.subjects.values():
            for fact in said.values():
                ids = set(fact.pop("ids"))
                fact.update(session.named(ids))
        ledger.append(
            ledger.WRITES,
            [
                ledger.Draft(
                    actor=self.actor,
                    event=self.event,
                    purpose=self.purpose,
                    case=self.case,
                    subjects=self.subjects,
                    commitment=sha256("".join(self.commitments).encode()).hexdigest()
                    if self.commitments
                    else "",
                )
            ],
        )


@contextmanager
def write(
    actor: Actor, event: str, *, purpose: Purpose | None = None, load: int | None = None
) -> Iterator[Door]:
    """Open the door for one event; a door already open for the same actor is used on.

    ``load`` marks the history of all that changes, so that the load can be taken back. Whoever
    asks for a purpose or a load gets it: an open door that has another is refused.
    """
    session.require(actor)
    outer = guard.current_door()
    if outer is not None:
        if outer.actor != actor:
            raise Unscoped("Two people at one door.", table="door", remedy="One event, one actor.")
        if purpose is not None and (purpose.name, purpose.case) != (outer.purpose, outer.case):
            raise Unscoped("Two purposes at one door.", table="door", remedy=AT_THE_OUTER)
        if load is not None and load != outer.load:
            raise Unscoped("Two loads at one door.", table="door", remedy=AT_THE_OUTER)
        yield outer
        return
    with transaction.atomic():
        asked = purpose or Purpose("")
        door = Door(actor, event, asked.name, asked.case, load)
        with guard.opened(door):
            yield door
        door.settle()


def kind_of(model: type[Recorded]) -> str:
    """The name of a kind of record in entries and in the history."""
    return getattr(model.Wall, "policy", "") or str(model._meta.model_name)


def owner_of(record: Recorded) -> int:
    """The agency whose key seals what the record says."""
    return int(getattr(record, "agency_id", 0) or 0)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.pk if isinstance(value, models.Model) else value


__all__ = ["Door", "kind_of", "owner_of", "write"]
