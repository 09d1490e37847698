"""What goes into linkage and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from rabta.core.linkage import Contradiction, Evidence

PEOPLE_SCHEMA = pa.schema(
    [
        pa.field("record", pa.int64(), nullable=False),
        pa.field("agency", pa.int64()),
        pa.field("names", pa.list_(pa.string())),
        pa.field("father_names", pa.list_(pa.string())),
        pa.field("birth_earliest", pa.date32()),
        pa.field("birth_latest", pa.date32()),
        pa.field("sex", pa.string()),
        pa.field("nationalities", pa.list_(pa.string())),
        pa.field("identifiers", pa.list_(pa.string())),
        pa.field("name_keys", pa.list_(pa.string())),
    ]
)
"""One row a person, as the caller holds it.

``record``         the caller's id of the person, once each
``agency``         whose record it is; said in the report, never evidence
``names``          names and aliases as text, in any script; father_names likewise
``birth_earliest`` and ``birth_latest``  the interval of days the birth lies in, or null
``sex``            a value of ``Sex``; "unknown" and null say nothing
``nationalities``  codes, compared as they are
``identifiers``    opaque equality keys with their kind as prefix, such as ``cnic:<hmac>``.
                   Kinds that single a person out: cnic, passport, document. Kinds that people
                   share: phone, account, vehicle, address. Others are refused.
``name_keys``      opaque (hashed) keys of all the names and aliases, as ``core.names.name_keys``
                   makes them; equal keys mean that names may sound alike
"""


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two records (left < right) that may be one person, and why; a human decides.

    ``probability`` is the model's (0–1), ``weight`` its log-odds in bits, prior included.
    ``bridge``: the two ended in different clusters, so this link alone would join two groups.
    """

    left: int
    right: int
    probability: float
    weight: float
    evidence: tuple[Evidence, ...]
    bridge: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """What blocking did not compare, and why; never silent.

    ``rule`` names the pass, ``blocks`` the keys passed over there, ``records`` how many
    records hold one of them, ``pairs`` how many comparisons that spared. The rule "born apart"
    passes over pairs, not keys: same name key, births years apart, no identifier in common.
    """

    rule: str
    blocks: int
    records: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Linkage:
    """The outcome of a run.

    ``pairs``           proposals, the strongest first; never one that humans have answered
    ``clusters``        for every record its cluster, named by the cluster's smallest record
    ``contradictions``  judgements that cannot all be true
    ``skipped``         what was not compared
    ``unreached``       how many records shared no usable key with any other
    ``compared``        how many pairs were weighed
    ``notes``           how the weights came about, in stable codes
    """

    pairs: tuple[ProposedPair, ...]
    clusters: Mapping[int, int]
    contradictions: tuple[Contradiction, ...]
    skipped: tuple[Skipped, ...]
    unreached: int
    compared: int
    notes: tuple[str, ...]
