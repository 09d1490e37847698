"""Read and compare names across scripts; name keys.

    normalise → parse → prepare → compare | name_keys
    (letters)   (parts)  (sounds)

``normal`` folds letters, ``parsing`` and ``compounds`` find the parts, ``sounds`` reads both
scripts into one alphabet, ``alignment`` measures distance in it, ``evidence`` says which token
met which, ``comparing`` puts that on one scale, ``keys`` files skeletons of consonants.
"""

from rabta.core.names.comparing import Comparison, compare, compare_prepared, score_prepared
from rabta.core.names.keys import (
    NAME_KEY_VERSION,
    SINGLE,
    WHOLE,
    asking_keys,
    blocking_keys,
    name_keys,
)
from rabta.core.names.normal import MAX_LENGTH, normalise
from rabta.core.names.parsing import parse
from rabta.core.names.prepared import Prepared, prepare
from rabta.core.names.reasons import SENTENCES, Reason
from rabta.core.names.typed import PartKind, Script, Token, TypedName

__all__ = [
    "MAX_LENGTH",
    "NAME_KEY_VERSION",
    "SENTENCES",
    "SINGLE",
    "WHOLE",
    "Comparison",
    "PartKind",
    "Prepared",
    "Reason",
    "Script",
    "Token",
    "TypedName",
    "asking_keys",
    "blocking_keys",
    "compare",
    "compare_prepared",
    "name_keys",
    "normalise",
    "parse",
    "prepare",
    "score_prepared",
]
