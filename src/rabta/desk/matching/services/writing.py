"""Proposals on their way into the database: a few at a time, so that nobody waits for them."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.errors import Conflict
from rabta.desk.cases.models import Person
from rabta.desk.matching import rules
from rabta.desk.matching.models import LinkRun, Proposal
from rabta.desk.matching.rules import ProposalState
from rabta.desk.matching.services.namesakes import Namesakes
from rabta.desk.wall import machines, session
from rabta.desk.wall.door import Door, write
from rabta.desk.wall.scope import visible_to

if TYPE_CHECKING:
    from rabta.engines.linkage import ProposedPair

AT_ONCE = 100
"""Proposals in one transaction: some tens of milliseconds."""


class Writing:
    """Writes what a run found and takes back what it found no more; counts both."""

    def __init__(self, linker: Actor, run: LinkRun, namesakes: Namesakes):
        self.linker = linker
        self.run = run
        self.namesakes = namesakes
        self.added = self.changed = self.withdrawn = 0

    def write(
        self,
        pairs: "Sequence[ProposedPair]",
        *,
        clusters: Mapping[int, int],
        progress: Callable[[float], None],
    ) -> None:
        """Write proposals, the strongest first; ``progress`` hears how far it is (0–1)."""
        for start in range(0, len(pairs), AT_ONCE):
            begun = time.perf_counter()
            with write(self.linker, "links.proposed") as door:
                self._batch(door, pairs[start : start + AT_ONCE], clusters)
            if connection.vendor == "sqlite":
                # One writer at a time there: whoever waits gets as long as this took.
                time.sleep(time.perf_counter() - begun)
            progress(min(1.0, (start + AT_ONCE) / len(pairs)))

    def _batch(
        self, door: Door, pairs: "Sequence[ProposedPair]", clusters: Mapping[int, int]
    ) -> None:
        ends = {pair.left for pair in pairs} | {pair.right for pair in pairs}
        seen = visible_to(Person, self.linker, at_least=Level.FULL).filter(pk__in=ends)
        agency_of = dict(seen.values_list("id", "agency_id"))
        known = {
            (one.left_id, one.right_id): one
            for one in visible_to(Proposal, self.linker, at_least=Level.FULL).filter(
                left_id__in={pair.left for pair in pairs},
                right_id__in={pair.right for pair in pairs},
            )
        }
        fresh = []
        for pair in pairs:
            if pair.left not in agency_of or pair.right not in agency_of:
                continue  # somebody took the record back, or sealed it, since it was read
            across = agency_of[pair.left] != agency_of[pair.right]
            said = self._said(pair, across=across, cluster=clusters[pair.left])
            before = known.get((pair.left, pair.right))
            if before is None:
                fresh.append(
                    Proposal(
                        left_id=pair.left,
                        right_id=pair.right,
                        run_id=self.run.pk,
                        state=ProposalState.OPEN,
                        **said,
                    )
                )
            elif before.state != ProposalState.JUDGED:
                self._renew(door, before, said)
        door.create_many(fresh)
        self.added += len(fresh)

    def _said(self, pair: "ProposedPair", *, across: bool, cluster: int) -> dict[str, Any]:
        return {
            "probability": round(pair.probability, 6),
            "strength": str(rules.strength(pair.probability)),
            "worth": rules.worth(weight=pair.weight, across=across, bridge=pair.bridge),
            "across": across,
            "bridge": pair.bridge,
            "cluster": cluster,
            "evidence": rules.evidence_kept(pair.evidence),
            "namesakes": self.namesakes.of(pair.left, pair.right),
        }

    def _renew(self, door: Door, before: Proposal, said: Mapping[str, Any]) -> None:
        said = {**said, "state": str(ProposalState.OPEN)}
        if all(getattr(before, name) == value for name, value in said.items()):
            return
        try:
            door.change(before, run_id=self.run.pk, **said)
        except Conflict:
            return  # a human judged it meanwhile: that stands
        self.changed += 1

    def take_back(self, pairs: "Sequence[ProposedPair]") -> None:
        """Close the open proposals that this run did not make again.

        One whose people may no longer be matched (sealed since, or consent withdrawn) is
        removed: it should not be there at all.
        """
        mine = {(pair.left, pair.right) for pair in pairs}
        may_stay = set(_open_to(self.linker).values_list("id", flat=True))
        sweeper = machines.keeper(self.linker)
        with session.acting(sweeper, "link"):
            stale = [
                pk
                for pk, left, right in _open_to(sweeper).values_list("id", "left_id", "right_id")
                if (left, right) not in mine or pk not in may_stay
            ]
            for start in range(0, len(stale), AT_ONCE):
                with write(sweeper, "links.withdrawn") as door:
                    for one in _open_to(sweeper).filter(pk__in=stale[start : start + AT_ONCE]):
                        self._close(door, one, superseded=one.pk in may_stay)

    def _close(self, door: Door, one: Proposal, *, superseded: bool) -> None:
        if not superseded:
            door.remove(one)
        else:
            try:
                door.change(one, state=ProposalState.SUPERSEDED)
            except Conflict:
                return
        self.withdrawn += 1


def _open_to(actor: Actor) -> Any:
    return visible_to(Proposal, actor, at_least=Level.FULL).filter(state=ProposalState.OPEN)
