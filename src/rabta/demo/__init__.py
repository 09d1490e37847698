"""A seeded, synthetic country with known truth: agencies, officers, cases and people.

``build_country(seed=…, people=…)`` yields records in the shape every source yields them
(:class:`rabta.core.words.incoming.IncomingPerson`), with the agency and unit that hold them and
the number of the true person each of them speaks of. It writes nothing: whoever calls it puts
the records through the ordinary doors.

Nothing in it can be a real person's:

=============  =====================================================================
CNIC           begins with 0; no region has that digit. A true one's thirteen digits add
               up to a multiple of ten, so a copy with one digit wrong is nobody's.
telephone      the 0399 block, which stands here for numbers that nobody is given
passport       series ``ZZ``
refugee card   ``DEMO-`` and nine digits
account        an IBAN of the bank ``DEMO``, which there is not
number plate   ``DEMO-`` and digits
names          put together from lists of common parts (``parts/``); combinations that would
               read as a well-known person are refused (``parts/not_these.txt``)
officers       "Inspector Demo-Two"
=============  =====================================================================

Every draw is ``random.Random(seed).random()`` and nothing else, so the same seed and size give
the same country on every platform. Places are real towns, agencies are marked as a demo, and
the day on which the law changes (1 June 2018) is the demo's, not a statement of law.
"""

from rabta.demo.country import Country, build_country
from rabta.demo.world import (
    DemoAgency,
    DemoOfficer,
    DemoPerson,
    DemoRecord,
    DemoUnit,
    Part,
    UnitKind,
)

__all__ = [
    "Country",
    "DemoAgency",
    "DemoOfficer",
    "DemoPerson",
    "DemoRecord",
    "DemoUnit",
    "Part",
    "UnitKind",
    "build_country",
]
