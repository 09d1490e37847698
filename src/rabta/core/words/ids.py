"""Public identifiers: UUIDs of version 7, which sort by the time they were made (RFC 9562)."""

from uuid import UUID


def uuid7(*, unix_ms: int, random: bytes) -> UUID:
    """Make a UUIDv7 from milliseconds since 1970 and ten bytes of randomness.

    Raises ValueError for a time outside 48 bits or fewer than ten bytes.
    """
    if not 0 <= unix_ms < 1 << 48 or len(random) < 10:
        raise ValueError("uuid7 takes 48 bits of time and ten bytes of randomness")
    tail = int.from_bytes(random[:10], "big")
    value = unix_ms << 80 | 0x7 << 76 | (tail >> 62 & 0xFFF) << 64 | 0b10 << 62
    return UUID(int=value | tail & ((1 << 62) - 1))
