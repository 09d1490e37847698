"""Which records may be one person: Splink on a DuckDB in memory, clusters by Leiden.

    link(people, judged=…, progress=…, seed=…) -> Linkage
    PEOPLE_SCHEMA      the columns that ``people`` has
    ProposedPair       a proposal with its reasons; a human decides
    Skipped            what was not compared, and why

Candidates are made by equality of opaque keys alone (``blocking``), names are compared by
``rabta.core.names`` (``names``), Splink weighs (``model``, ``training``), Leiden clusters
(``clustering``). Nothing is written to disk and nothing is fetched.
"""

from rabta.engines.linkage.results import PEOPLE_SCHEMA, Linkage, ProposedPair, Skipped
from rabta.engines.linkage.run import THRESHOLD, link

__all__ = ["PEOPLE_SCHEMA", "THRESHOLD", "Linkage", "ProposedPair", "Skipped", "link"]
