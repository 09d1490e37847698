"""One run of linkage, from people to proposals."""

# ruff: noqa: S608 — the SQL is made of constants of this package; no value of a record is in it

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from rabta.core.linkage import Edge, Evidence, Judged, Settled, evidence, rounded_count, settle
from rabta.engines.linkage import blocking, clustering, database, names, training
from rabta.engines.linkage.model import LADDERS, committed
from rabta.engines.linkage.names import Spellings
from rabta.engines.linkage.results import Linkage, ProposedPair

THRESHOLD = 0.5
"""From this probability a pair is proposed: likelier one person than two."""

SECOND_LOOK = 40
"""Components up to this size have all their pairs weighed, also those no block held."""

MANY_NAMESAKES = 5
"""From so many namesakes on, a human is told of them as a reason for doubt."""

WEIGHED_AT_ONCE = 250_000
"""Pairs given to Splink in one go; each takes about two kilobytes while it is weighed."""

Progress = Callable[[str, float], None]


def link(
    people: Iterable[pa.RecordBatch] | pa.Table,
    *,
    judged: Iterable[Judged],
    progress: Progress,
    seed: int = 1,
    threshold: float = THRESHOLD,
) -> Linkage:
    """Propose which records may be one person, with reasons, and cluster them.

    ``people`` has the columns of ``PEOPLE_SCHEMA``; ``judged`` is all that humans said so far;
    ``progress`` hears the stage (a stable code) and how far the whole is (0–1), and may raise
    to stop. Nothing is written to disk. The outcome depends on the input and the seed alone.
    Raises BadInput for a missing column, a doubled record or an unknown kind of identifier.
    """
    progress("reading", 0.0)
    table = database.gather(people)
    settled = settle(judged)
    records: list[int] = table["record"].to_pylist()
    if len(records) < 2:
        return Linkage(
            pairs=(),
            clusters={record: record for record in records},
            contradictions=settled.contradictions,
            skipped=(),
            unreached=len(records),
            compared=0,
            notes=(),
        )
    spellings = {"name_id": names.read(table["names"].to_pylist())}
    progress("reading", 0.05)
    spellings["father_id"] = names.read(
        names.fathers(spellings["name_id"], table["father_names"].to_pylist())
    )
    connection = database.connect()
    try:
        database.load(
            connection,
            people=table,
            derived=names.derived(
                table, names=spellings["name_id"], fathers=spellings["father_id"]
            ),
        )
        run = _Run(connection, spellings, settled, seed, threshold, progress)
        return run.outcome(records)
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class _Run:
    connection: duckdb.DuckDBPyConnection
    spellings: Mapping[str, Spellings]
    settled: Settled
    seed: int
    threshold: float
    progress: Progress

    def outcome(self, records: Sequence[int]) -> Linkage:
        self.progress("blocking", 0.12)
        skipped, unreached = blocking.candidates(self.connection)
        blocking.withdraw(self.connection, self.settled.standing)
        for column, known in self.spellings.items():
            names.tables(self.connection, column=column, spellings=known)
        self._score("SELECT * FROM candidates", low=0.18, high=0.55)
        self.progress("training", 0.55)
        api = DuckDBAPI(self.connection)
        registered = api.register(self.connection.table("people"))
        trained = training.train(
            api,
            self.connection,
            people=registered,
            spellings=self.spellings,
            start=committed(),
            seed=self.seed,
        )
        weigher = training.linker(
            api, self.connection, people=registered, chances=trained.chances, prior=trained.prior
        )
        self.progress("weighing", 0.7)
        compared = database.count(self.connection, "SELECT count(*) FROM candidates")
        found = self._weigh(api, weigher, "candidates", low=0.7, high=0.88)
        extra = self._overlooked(found)
        if extra:
            self.progress("second-look", 0.88)
            found += self._second_look(api, weigher, extra)
        self.progress("clustering", 0.92)
        found = [pair for pair in found if not self.settled.answered(pair["left"], pair["right"])]
        found.sort(key=lambda pair: (-pair["weight"], pair["left"], pair["right"]))
        edges = [Edge(pair["left"], pair["right"], pair["probability"]) for pair in found]
        clusters = clustering.cluster(records, edges=edges, settled=self.settled, seed=self.seed)
        proposals = tuple(self._proposals(found, records, clusters))
        self.progress("done", 1.0)
        return Linkage(
            pairs=proposals,
            clusters=clusters,
            contradictions=self.settled.contradictions,
            skipped=skipped,
            unreached=unreached,
            compared=compared + len(extra),
            notes=trained.notes,
        )

    def _score(self, pairs: str, *, low: float, high: float) -> None:
        middle = (low + high) / 2
        for column, start, end in (("name_id", low, middle), ("father_id", middle, high)):
            names.score(
                self.connection,
                column=column,
                spellings=self.spellings[column],
                pairs=pairs,
                advance=lambda done, start=start, end=end: self.progress(  # type: ignore[misc]
                    "comparing-names", start + (end - start) * done
                ),
            )

    def _weigh(
        self, api: DuckDBAPI, weigher: Linker, pairs: str, *, low: float, high: float
    ) -> list[dict[str, Any]]:
        """Let Splink weigh the pairs of a table, some at a time to bound the memory."""
        total = database.count(self.connection, f"SELECT count(*) FROM {pairs}")
        parts = -(-total // WEIGHED_AT_ONCE)
        found: list[dict[str, Any]] = []
        for part in range(parts):
            self.connection.execute(
                f"""CREATE TABLE weighed AS SELECT * FROM {pairs}
                    WHERE hash(join_key_l, join_key_r) % {parts} = {part}"""
            )
            found.extend(self._weigh_part(api, weigher))
            self.connection.execute("DROP TABLE weighed")
            self.progress("weighing", low + (high - low) * (part + 1) / parts)
        return found

    def _weigh_part(self, api: DuckDBAPI, weigher: Linker) -> list[dict[str, Any]]:
        with training.quiet():
            part = api.register(self.connection.table("weighed"))
            weigher.table_management.register_blocked_pairs_for_predict(part)
            predicted = weigher.inference.predict(
                threshold_match_probability=self.threshold, warning_mode="never"
            )
        ladders = ", ".join(
            f"gamma_{ladder.name}, round(mw_{ladder.name}"
            + (f" + mw_tf_adj_{ladder.name}" if ladder.name in ("name", "father") else "")
            + f", 1) AS bits_{ladder.name}"
            for ladder in LADDERS
        )
        rows = self.connection.sql(
            f"""SELECT record_l AS left, record_r AS right, round(match_weight, 6) AS weight,
                       round(match_probability, 9) AS probability, {ladders}
                FROM {predicted.physical_name}"""
        ).to_arrow_table()
        predicted.drop_table_from_database_and_remove_from_cache()
        return list(rows.to_pylist())

    def _overlooked(self, found: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
        """Pairs inside small components that no block held: their absence would be no evidence."""
        edges = [Edge(pair["left"], pair["right"], 1.0) for pair in found]
        members: dict[int, set[int]] = {}
        component: dict[int, int] = {}
        for edge in edges:
            one = component.setdefault(edge.left, edge.left)
            other = component.setdefault(edge.right, edge.right)
            members.setdefault(one, {edge.left})
            members.setdefault(other, {edge.right})
            if one == other:
                continue
            if len(members[one]) < len(members[other]):
                one, other = other, one
            for record in members[other]:
                component[record] = one
            members[one] |= members.pop(other)
        known = {(pair["left"], pair["right"]) for pair in found}
        return [
            (left, right)
            for group in members.values()
            if 2 < len(group) <= SECOND_LOOK
            for left in sorted(group)
            for right in sorted(group)
            if left < right
            and (left, right) not in known
            and not self.settled.answered(left, right)
        ]

    def _second_look(
        self, api: DuckDBAPI, weigher: Linker, pairs: Sequence[tuple[int, int]]
    ) -> list[dict[str, Any]]:
        listed = pa.table(
            {
                "join_key_l": pa.array([left for left, _ in pairs], pa.int64()),
                "join_key_r": pa.array([right for _, right in pairs], pa.int64()),
            }
        )
        self.connection.register("listed", listed)
        self.connection.execute(
            """CREATE TABLE overlooked AS SELECT *, '0' AS match_key FROM listed
               ANTI JOIN candidates USING (join_key_l, join_key_r)"""
        )
        self.connection.unregister("listed")
        if not database.count(self.connection, "SELECT count(*) FROM overlooked"):
            return []
        self._score("SELECT * FROM overlooked", low=0.88, high=0.9)
        return self._weigh(api, weigher, "overlooked", low=0.9, high=0.92)

    def _proposals(
        self,
        found: Iterable[Mapping[str, Any]],
        records: Sequence[int],
        clusters: Mapping[int, int],
    ) -> Iterator[ProposedPair]:
        known: dict[tuple[str, float], Evidence] = {}
        row_of = {record: row for row, record in enumerate(records)}
        for pair in found:
            reasons = []
            for ladder in LADDERS:
                code = ladder.code(pair[f"gamma_{ladder.name}"])
                bits = pair[f"bits_{ladder.name}"]
                if code:
                    if (code, bits) not in known:
                        known[code, bits] = evidence(code, bits)
                    reasons.append(known[code, bits])
            reasons.extend(self._namesakes(row_of[pair["left"]], row_of[pair["right"]]))
            reasons.sort(key=lambda reason: -abs(reason.weight))
            yield ProposedPair(
                left=pair["left"],
                right=pair["right"],
                probability=pair["probability"],
                weight=pair["weight"],
                evidence=tuple(reasons),
                bridge=clusters[pair["left"]] != clusters[pair["right"]],
            )

    def _namesakes(self, left: int, right: int) -> Iterator[Evidence]:
        """How common the names are. Its weight is in that of the names already, so it has none."""
        known = self.spellings["name_id"]
        one, other = known.of_record[left], known.of_record[right]
        if one is None or other is None:
            return
        count = round(max(known.share[one], known.share[other]) * len(known.of_record))
        if count >= MANY_NAMESAKES:
            yield evidence("namesakes_many", 0.0, count=rounded_count(count))
        else:
            yield evidence("namesakes_few", 0.0)
