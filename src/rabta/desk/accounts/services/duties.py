"""Whose hand a verb of this room takes."""

from rabta.core.access.decisions import Actor
from rabta.core.errors import Refused, gettext_noop
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts.models import User


def steward_only(actor: Actor) -> None:
    """Raise Refused for anybody but a steward."""
    if actor.duty is not Duty.STEWARD:
        raise Refused(
            gettext_noop("Only a steward may do this."),
            why="duty",
            remedy=gettext_noop("Ask the steward of this node."),
        )


def own_or_steward(actor: Actor, user: User) -> None:
    """Raise Refused for anybody but the person themself or a steward."""
    if actor.user != user.pk:
        steward_only(actor)
