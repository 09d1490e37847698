"""What a decision opens. Each level opens the field classes of those below it as well."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """From nothing to everything; the order is the meaning, so that the strictest is ``min``."""

    NOTHING = 0
    HIT = 1
    PSEUDONYM = 2
    OPERATIONAL = 3
    FULL = 4


class FieldClass(StrEnum):
    """What a field says about a person. Every field of every model has exactly one class."""

    POINTER = "pointer"
    """Public identifiers and the owner: needed to say whom to ask."""
    STATISTICAL = "statistical"
    """Countable and, alone, of nobody in particular: sex, kind, year."""
    OPERATIONAL = "operational"
    """What the work is about; may point to a person together with other facts."""
    IDENTIFYING = "identifying"
    """Names a person or leads straight to one."""
    INTERNAL = "internal"
    """Machinery: keys, versions, hashes. Leaves the node in no form."""


OPENS: dict[Level, frozenset[FieldClass]] = {
    Level.NOTHING: frozenset(),
    Level.HIT: frozenset({FieldClass.POINTER}),
    Level.PSEUDONYM: frozenset({FieldClass.POINTER, FieldClass.STATISTICAL}),
    Level.OPERATIONAL: frozenset(
        {FieldClass.POINTER, FieldClass.STATISTICAL, FieldClass.OPERATIONAL}
    ),
    Level.FULL: frozenset(
        {
            FieldClass.POINTER,
            FieldClass.STATISTICAL,
            FieldClass.OPERATIONAL,
            FieldClass.IDENTIFYING,
        }
    ),
}
"""The field groups a level opens. INTERNAL is opened by none."""
