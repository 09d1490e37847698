"""How many unprotected people have a name as the ones in a pair have, counted while they pass."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rabta.desk.matching.rules import namesakes

if TYPE_CHECKING:
    import pyarrow as pa


class Namesakes:
    """Counts people by the stored keys of their whole names; tells the counts rounded alone."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[str, ...]] = {}
        self._holders: Counter[str] = Counter()

    def counted(self, batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        """Pass batches of people on and count them; the protected are not counted."""
        for batch in batches:
            columns = batch.select(["record", "protected", "whole_names"]).to_pydict()
            for record, protected, whole in zip(*columns.values(), strict=True):
                self._held[record] = tuple(whole)
                if not protected:
                    self._holders.update(whole)
            yield batch

    def of(self, left: int, right: int) -> str:
        """About how many unprotected people have such a name as these two, rounded."""
        one, other = set(self._held.get(left, ())), set(self._held.get(right, ()))
        keys = one & other or one | other
        return namesakes(max((self._holders[key] for key in keys), default=0))
