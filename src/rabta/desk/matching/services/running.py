"""One run of the linker: everybody it may match goes in, proposals come out, in short writes.

It can be killed at any point. Nothing it wrote is wrong for that: a pair has one proposal, and
only a run that reached its end takes back what it no longer proposes. The next run makes the
whole anew and finds most of it there.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.access.policies import LINKING_DUTIES
from rabta.core.errors import NotAllowedNow, Refused, gettext_noop
from rabta.core.linkage import Judged
from rabta.core.words.vocabulary import Verdict
from rabta.desk.cases.reach import people_batches
from rabta.desk.matching.models import Judgement, LinkRun
from rabta.desk.matching.rules import RunState
from rabta.desk.matching.services.namesakes import Namesakes
from rabta.desk.matching.services.writing import Writing
from rabta.desk.wall import machines, session
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import ScopedQuerySet, visible_to

if TYPE_CHECKING:
    from rabta.engines.linkage import Linkage

Progress = Callable[[str, float], None]
SEED = 1
MATCHING, WRITING = 0.9, 1.0
"""How far the whole is when the engine is done, and when the last proposal is written."""


def run_links(actor: Actor, *, progress: Progress = lambda stage, done: None) -> LinkRun:
    """Propose links between the people of all agencies; gives the run with its numbers.

    ``progress`` hears a stage and how far the whole is (0–1); what it raises stops the run.
    Raises Refused for a duty that may not, NotAllowedNow where another run is under way.
    """
    if actor.duty not in LINKING_DUTIES and not actor.system:
        raise Refused(
            gettext_noop("Your duty does not make links."),
            why="duty",
            remedy=gettext_noop("Ask a supervisor, a liaison officer or an analyst."),
        )
    linker = machines.linker(actor)
    with _alone(), session.acting(linker, "link") as acting:
        _end_the_interrupted(linker)
        run = _begin(linker, by=actor.user)
        try:
            outcome, namesakes = _match(linker, acting, progress=progress)
            writing = Writing(linker, run, namesakes)
            writing.write(
                outcome.pairs,
                clusters=outcome.clusters,
                progress=lambda done: progress("writing", MATCHING + (1 - MATCHING) * done),
            )
            writing.take_back(outcome.pairs)
        except BaseException as why:
            stopped = isinstance(why, KeyboardInterrupt)
            _end(linker, run, state=RunState.STOPPED if stopped else RunState.FAILED)
            raise
        return _end(
            linker,
            run,
            state=RunState.DONE,
            people=len(outcome.clusters),
            compared=outcome.compared,
            proposed=len(outcome.pairs),
            unreached=outcome.unreached,
            skipped=[asdict(each) for each in outcome.skipped],
            notes=list(outcome.notes),
            added=writing.added,
            changed=writing.changed,
            withdrawn=writing.withdrawn,
        )


def _match(
    linker: Actor, acting: session.Session, *, progress: Progress
) -> "tuple[Linkage, Namesakes]":
    # Here, and not above: the engine takes a third of a second to load, and pages need none of it.
    from rabta.engines.linkage import link

    namesakes = Namesakes()

    def told(stage: str, done: float) -> None:
        session.settle(acting)
        progress(stage, MATCHING * done)

    outcome = link(
        namesakes.counted(people_batches(linker)), judged=judged(linker), progress=told, seed=SEED
    )
    return outcome, namesakes


def judged(linker: Actor) -> list[Judged]:
    """What humans said and did not undo, as far as the linker may know the people."""
    rows = visible_to(Judgement, linker, at_least=Level.FULL).filter(undone_at__isnull=True)
    return [
        Judged(left, right, Verdict(verdict), order=pk)
        for pk, left, right, verdict in rows.values_list("id", "left_id", "right_id", "verdict")
    ]


@contextmanager
def _alone() -> Iterator[None]:
    """One run at a time on a node; the lock goes with the process, however it ends."""
    with (settings.RABTA.data_dir / "link.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotAllowedNow(
                gettext_noop("Links are being made already."),
                remedy=gettext_noop("Wait until that run has ended."),
            ) from None
        yield


def _begin(linker: Actor, *, by: int) -> LinkRun:
    with write(linker, "links.begun") as door:
        made = door.create(LinkRun(by_id=by or None, state=RunState.RUNNING))
    return _runs(linker).get(pk=made.pk)  # type: ignore[no-any-return]


def _end(linker: Actor, run: LinkRun, *, state: RunState, **numbers: object) -> LinkRun:
    with write(linker, f"links.{state}") as door:
        return door.change(run, state=state, finished_at=timezone.now(), **numbers)


def _end_the_interrupted(linker: Actor) -> None:
    for run in _runs(linker).filter(state=RunState.RUNNING):
        _end(linker, run, state=RunState.INTERRUPTED)


def _runs(actor: Actor) -> ScopedQuerySet:
    return visible_to(LinkRun, actor, at_least=Level.FULL)
