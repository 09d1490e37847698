"""Verbs of links: make proposals, judge a pair, undo a judgement, forget people who go."""

from rabta.desk.matching.services.forgetting import forget_people
from rabta.desk.matching.services.judging import judge, undo_judgement
from rabta.desk.matching.services.running import run_links

__all__ = ["forget_people", "judge", "run_links", "undo_judgement"]
