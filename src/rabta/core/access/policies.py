"""Every policy of the house: who may see what of each kind of record. The one place for it.

Read a policy as: the widest grant that holds opens a level; the strictest cap that holds
closes everything above its own. No grant, no sight.
"""

from rabta.core.access.decisions import LINK_REVIEW, LOOK_UP, Beyond, Cap, Grant, Policy
from rabta.core.access.levels import Level
from rabta.core.access.rules import Mine, Not, Rule, Some, both, either, eq, ge, le, within
from rabta.core.words.vocabulary import AgencyKind, CaseKind, Duty, SystemDuty

CASE_DUTIES = frozenset(
    {
        Duty.CLERK,
        Duty.INVESTIGATOR,
        Duty.HELP_DESK,
        Duty.SUPERVISOR,
        Duty.PROSECUTOR,
        Duty.LIAISON,
        Duty.ANALYST,
        Duty.CASE_WORKER,
    }
)
"""Duties that work on cases at all. Programme officers, observers and stewards do not."""

LOOK_UP_DUTIES = CASE_DUTIES - {Duty.CLERK, Duty.CASE_WORKER}
"""Duties that may ask whether another agency holds something on a man."""

WIDE_DUTIES = frozenset({Duty.INVESTIGATOR, Duty.SUPERVISOR, Duty.LIAISON, Duty.ANALYST})
"""Duties that see the files of other units of their own agency."""

JUDGING_DUTIES = WIDE_DUTIES
"""Duties that say whether two records are one person."""

LINKING_DUTIES = frozenset({Duty.SUPERVISOR, Duty.LIAISON, Duty.ANALYST})
"""Duties that set the linker to work and read what it did."""

ME = Mine("user")
MY_AGENCY = Mine("agency")
MY_UNITS = Mine("units")
MY_DUTY = Mine("duty")
PURPOSE = Mine("purpose")
TODAY = Mine("today")

works_cases: Rule = within(MY_DUTY, CASE_DUTIES)
own_agency: Rule = eq("agency_id", MY_AGENCY)
own_unit: Rule = both(own_agency, within("unit_id", MY_UNITS))
named: Rule = both(own_agency, Some("team", eq("user_id", ME)))
"""Named in a case of one's own agency: whoever is posted to another takes no case along."""
machine: Rule = within(MY_DUTY, frozenset(SystemDuty))
"""Any system duty. Opens nothing by itself: each kind names the duties that work on it."""


def opened_to(*duties: SystemDuty) -> Grant:
    """The machine in these duties, and in no other."""
    return Grant(Level.FULL, within(MY_DUTY, frozenset(duties)), "machine")


def allowed_by_owner(level: Level) -> Rule:
    """The owner agency lets mine see its records to a level, today."""
    return Some(
        "agency",
        Some(
            "allowances",
            both(
                eq("recipient_id", MY_AGENCY),
                ge("level", int(level)),
                le("valid_from", TODAY),
                Not(le("valid_to", TODAY)),
            ),
        ),
    )


def owner_allows() -> tuple[Grant, ...]:
    """One grant a level, each only for duties that work on cases."""
    return tuple(
        Grant(level, both(works_cases, allowed_by_owner(level)), "owner-allows")
        for level in (Level.HIT, Level.PSEUDONYM, Level.OPERATIONAL, Level.FULL)
    )


another_asks: Grant = Grant(
    Level.HIT,
    both(within(MY_DUTY, LOOK_UP_DUTIES), eq(PURPOSE, LOOK_UP)),
    "hit-only",
)
"""By default another agency learns that there is something, how strong, and whom to ask."""

another_judges: Grant = Grant(
    Level.HIT,
    both(within(MY_DUTY, JUDGING_DUTIES), eq(PURPOSE, LINK_REVIEW)),
    "hit-only",
)
"""Whoever judges a link learns of its far end as much as a look-up would tell."""

of_a_list_owner: Rule = Some("agency", eq("kind", AgencyKind.LIST_OWNER))
"""What is published is published by a body that publishes lists, not by calling a case one."""

published: Rule = both(eq("kind", CaseKind.LIST), of_a_list_owner)

sealed_to_others: Rule = both(eq("sealed", True), Not(named))

CASE = Policy(
    "case",
    grants=(
        Grant(Level.FULL, both(works_cases, named), "named"),
        Grant(Level.FULL, both(works_cases, own_unit), "own-unit"),
        Grant(Level.FULL, both(within(MY_DUTY, WIDE_DUTIES), own_agency), "own-agency"),
        Grant(Level.FULL, both(works_cases, published), "published-list"),
        opened_to(SystemDuty.LOADER, SystemDuty.KEEPER, SystemDuty.WATCHER),
        *owner_allows(),
        another_asks,
    ),
    caps=(Cap(Level.NOTHING, both(sealed_to_others, Not(machine)), "sealed"),),
    beyond=frozenset({Beyond.ASKED, Beyond.NAMED}),
    reads_kept=True,
)

in_case_named: Rule = Some("roles", Some("case", named))
in_sealed_case: Rule = Some("roles", Some("case", sealed_to_others))
on_published_list: Rule = both(
    of_a_list_owner, Some("roles", Some("case", published)), eq("protected", False)
)
in_case_sealed_at_all: Rule = Some("roles", Some("case", eq("sealed", True)))
for_linkage: Rule = either(eq(MY_DUTY, SystemDuty.LINKER), eq(PURPOSE, LINK_REVIEW))
protected: Rule = Not(eq("protected", False))
"""Unknown is protected: only a person known not to need it is not."""

PERSON = Policy(
    "person",
    grants=(
        Grant(Level.FULL, both(works_cases, in_case_named), "named"),
        Grant(Level.FULL, both(works_cases, own_unit), "own-unit"),
        Grant(Level.FULL, both(within(MY_DUTY, WIDE_DUTIES), own_agency), "own-agency"),
        Grant(Level.FULL, both(works_cases, on_published_list), "published-list"),
        opened_to(
            SystemDuty.LOADER,
            SystemDuty.LINKER,
            SystemDuty.INDEXER,
            SystemDuty.KEEPER,
            SystemDuty.WATCHER,
        ),
        *owner_allows(),
        another_asks,
        another_judges,
    ),
    caps=(
        Cap(Level.NOTHING, both(in_sealed_case, Not(machine)), "sealed"),
        Cap(
            Level.NOTHING,
            both(
                protected,
                Not(own_agency),
                Not(eq("link_consent", True)),
                Not(machine),
            ),
            "protected",
        ),
        Cap(
            Level.PSEUDONYM,
            both(protected, Not(either(own_unit, in_case_named)), Not(machine)),
            "protected",
        ),
        # Beside the name of a link's other end a pseudonym is none.
        Cap(
            Level.HIT,
            both(
                eq(PURPOSE, LINK_REVIEW),
                protected,
                Not(either(own_unit, in_case_named)),
                Not(machine),
            ),
            "protected",
        ),
        # Linkage is a use that the person must have agreed to, the machine's no less than a man's.
        Cap(
            Level.NOTHING,
            both(protected, Not(eq("link_consent", True)), for_linkage),
            "no-consent",
        ),
        # A link would be a trace of the sealed case; nobody outside it may see one made.
        Cap(
            Level.NOTHING,
            both(in_case_sealed_at_all, eq(MY_DUTY, SystemDuty.LINKER)),
            "sealed",
        ),
    ),
    beyond=frozenset({Beyond.ASKED, Beyond.NAMED}),
    reads_kept=True,
)

ROLE = Policy("role", inherits={"case": Level.OPERATIONAL, "person": Level.PSEUDONYM})
PARTICULAR = Policy("particular", inherits={"person": Level.FULL}, reads_kept=True)
KEY = Policy("key", inherits={"person": Level.HIT}, beyond=frozenset({Beyond.ASKED}))
NOTE = Policy("note", inherits={"case": Level.FULL}, reads_kept=True)
SEARCH = Policy("search", inherits={"case": Level.FULL})
TEAM = Policy("team", inherits={"case": Level.OPERATIONAL})

of_a_body_with_people: Rule = Some("agency", Some("units", Some("postings", both())))
"""Somebody is, or ever was, posted to the agency: its records are its own."""

brought_for_others: Rule = both(
    eq("created_by_id", ME),
    eq("brought_from", MY_AGENCY),
    Not(own_agency),
    Not(of_a_body_with_people),
)
"""A file I brought in, at my present agency, for a body that has nobody here to do it."""

LOAD = Policy(
    "load",
    grants=(
        Grant(Level.FULL, both(works_cases, own_unit), "own-unit"),
        Grant(Level.FULL, both(works_cases, brought_for_others), "named"),
        opened_to(SystemDuty.LOADER),
    ),
    # Whoever brought a file in follows it, also one of an agency that has nobody here.
    beyond=frozenset({Beyond.WRITTEN}),
)
LOAD_ROW = Policy("load_row", inherits={"load": Level.FULL}, reads_kept=True)

LINK_RUN = Policy(
    "link_run",
    grants=(
        Grant(Level.FULL, within(MY_DUTY, LINKING_DUTIES), "duty"),
        opened_to(SystemDuty.LINKER),
    ),
)
PROPOSAL = Policy("proposal", inherits={"left": Level.HIT, "right": Level.HIT}, one_at=Level.FULL)
JUDGEMENT = Policy("judgement", inherits={"left": Level.HIT, "right": Level.HIT}, one_at=Level.FULL)

HISTORY = Policy(
    "history",
    grants=(opened_to(SystemDuty.LOADER, SystemDuty.HISTORIAN),),
    # Who may change a record leaves its history behind. The insert asks for its id back and needs
    # the row in sight.
    beyond=frozenset({Beyond.WRITTEN, Beyond.APPENDED}),
)

POLICIES: dict[str, Policy] = {
    policy.kind: policy
    for policy in (
        CASE,
        HISTORY,
        PERSON,
        ROLE,
        PARTICULAR,
        KEY,
        NOTE,
        SEARCH,
        TEAM,
        LOAD,
        LOAD_ROW,
        LINK_RUN,
        PROPOSAL,
        JUDGEMENT,
    )
}

REASONS: dict[str, str] = {
    "named": "You are named in this case.",
    "own-unit": "Your unit holds this record.",
    "own-agency": "Your agency holds this record.",
    "published-list": "This stands on a published list.",
    "machine": "The machine works on this in a duty of its own.",
    "duty": "Your duty works with this.",
    "owner-allows": "The agency that holds this lets yours see it to this extent.",
    "hit-only": "Another agency holds something; ask its desk.",
    "sealed": "There is nothing here that you can open.",
    "protected": "This person is protected; the body that holds the record decides.",
    "no-consent": "The person has not agreed to be matched.",
    "no-grant": "There is nothing here that you can open.",
    "inherited": "You may see what this belongs to.",
}
