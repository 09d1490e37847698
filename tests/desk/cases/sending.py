"""What a browser sends: addresses of records, rows of a person, a marking."""

from django.urls import reverse

READING = ("case", "case-history", "case-print", "case-team")
WRITING = ("case-edit", "case-note", "case-close", "case-seal", "person-add")
OF_A_PERSON = ("person", "person-edit", "person-history")
MARKED = {"source_grade": "X", "information_grade": "4", "handling": "H0", "handling_text": ""}


def at(name: str, record: object = None) -> str:
    return reverse(name, args=[record.public_id] if record else [])


def rows(**texts: str) -> dict[str, str]:
    """What a browser sends of the rows of a person: prefix_kind_number → text."""
    sent, totals = {}, dict.fromkeys(("names", "births", "numbers", "others"), 0)
    for key, text in texts.items():
        group, kind = key.split("__")[:2]
        sent[f"{group}-{totals[group]}-kind"] = kind
        sent[f"{group}-{totals[group]}-text"] = text
        totals[group] += 1
    for group, total in totals.items():
        sent |= {f"{group}-TOTAL_FORMS": str(total), f"{group}-INITIAL_FORMS": "0"}
    return sent
