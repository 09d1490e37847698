"""Questions about links and judgements, answered as far as the reader may see both ends."""

from rabta.desk.matching.selectors.judgements import (
    Conflicting,
    JudgementLine,
    JudgementList,
    conflicting_at,
    identity_of,
    judgement_by_id,
    judgement_list,
    judgements_of,
)
from rabta.desk.matching.selectors.proposals import (
    Link,
    LinkList,
    Reason,
    RunLine,
    latest_run,
    link_list,
    link_of,
    next_after,
    proposal_by_id,
    proposal_of,
    run_line,
)
from rabta.desk.matching.selectors.sides import Side, sides

__all__ = [
    "Conflicting",
    "JudgementLine",
    "JudgementList",
    "Link",
    "LinkList",
    "Reason",
    "RunLine",
    "Side",
    "conflicting_at",
    "identity_of",
    "judgement_by_id",
    "judgement_list",
    "judgements_of",
    "latest_run",
    "link_list",
    "link_of",
    "next_after",
    "proposal_by_id",
    "proposal_of",
    "run_line",
    "sides",
]
