"""Are these two records the same person? Evidence, its words, judgements, constraints on clusters.

An engine (``rabta.engines.linkage``) finds and weighs pairs; what its findings mean, how they
read to a human, and what a human's answer does to them is here. Nothing here merges records:
an identity is a group of records that humans called the same.

    Evidence, Polarity, evidence, WORDS, rounded_count     why a pair is proposed, in words
    Judged, settle, Settled, Contradiction, groups         what humans said, taken together
    keep_apart, Edge                                       clusters that obey what humans said
"""

from rabta.core.linkage.clusters import Edge, keep_apart
from rabta.core.linkage.evidence import Evidence, Polarity, evidence, rounded_count
from rabta.core.linkage.judgement import Contradiction, Judged, Settled, groups, settle
from rabta.core.linkage.words import WORDS

__all__ = [
    "WORDS",
    "Contradiction",
    "Edge",
    "Evidence",
    "Judged",
    "Polarity",
    "Settled",
    "evidence",
    "groups",
    "keep_apart",
    "rounded_count",
    "settle",
]
