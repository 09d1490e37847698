"""Letting people go whose records are taken back (the undo of a load)."""

from collections.abc import Collection

from django.db.models import Q

from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.desk.matching.models import Judgement, Proposal
from rabta.desk.wall.door import Door
from rabta.desk.wall.scope import visible_to


def forget_people(door: Door, actor: Actor, *, ids: Collection[int]) -> frozenset[int]:
    """Remove the proposals of people who are about to go; gives those who must be kept.

    Kept is whoever a human judged, undone or not: a person's work is never undone by undoing a
    file. ``actor`` is a duty of the machine; call it inside its door, before the people go.
    """
    asked = frozenset(ids)
    of_them = Q(left_id__in=asked) | Q(right_id__in=asked)
    judged = visible_to(Judgement, actor, at_least=Level.FULL).filter(of_them)
    ends = {end for pair in judged.values_list("left_id", "right_id") for end in pair}
    kept = asked & ends
    gone = asked - kept
    proposals = visible_to(Proposal, actor, at_least=Level.FULL).filter(
        Q(left_id__in=gone) | Q(right_id__in=gone)
    )
    door.remove_many(proposals)
    return kept
