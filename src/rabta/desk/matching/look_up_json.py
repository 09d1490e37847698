"""An answer of a look-up as plain data, the same for the command line and the API."""

from typing import Any

from rabta.desk.cases.rules import pseudonym
from rabta.desk.matching.look_up import Answer, CaseHit, PersonHit


def as_dict(answer: Answer) -> dict[str, Any]:
    """The answer as JSON has it."""
    return {
        "kinds": list(answer.kinds),
        "people": [_person(hit) for hit in answer.people],
        "cases": [_case(hit) for hit in answer.cases],
        "desks": [
            {"strength": hit.strength.name.lower(), "desk": _desk(hit.desk)} for hit in answer.desks
        ],
        "more": answer.more,
    }


def _person(hit: PersonHit) -> dict[str, Any]:
    return {
        "id": str(hit.public_id),
        "level": hit.level.name.lower(),
        "why": hit.why,
        "strength": hit.strength.name.lower(),
        "pseudonym": pseudonym(hit.public_id),
        "name": hit.name,
        "details": [
            {"kind": str(one.kind), "text": one.text, "quality": one.quality} for one in hit.details
        ],
        "sex": hit.sex,
        "birth_years": hit.birth_years,
        "cases": [_case(case) for case in hit.cases],
        "desk": _desk(hit.desk),
    }


def _case(hit: CaseHit) -> dict[str, Any]:
    return {"id": str(hit.public_id), "number": hit.number, "kind": hit.kind, "role": hit.role}


def _desk(desk: Any) -> dict[str, str]:
    return {
        "agency": desk.agency,
        "agency_code": desk.agency_code,
        "unit": desk.unit,
        "unit_code": desk.unit_code,
        "phone": desk.phone,
    }
