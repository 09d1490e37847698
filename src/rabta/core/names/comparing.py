"""Compare two names, whatever their scripts, on one scale, and say why."""

from dataclasses import dataclass
from math import exp
from typing import Final

from rabta.core.names.evidence import Evidence, Match, weigh
from rabta.core.names.prepared import Prepared, Unit, prepare
from rabta.core.names.reasons import Reason
from rabta.core.names.typed import PartKind, Script
from rabta.core.names.weights import is_common

# A logistic scale fitted once on public alias lists, over all scripts together, with the signs
# held: agreement may only raise the score, contradiction only lower it.
_BASE: Final = -9.78
_AGREEMENT: Final = 6.13
_WHOLE: Final = 2.03
_BLUR: Final = -7.65
_LEFT_OVER: Final = -0.13
_SUBSTANCE: Final = 2.93
_ENOUGH: Final = 2.0

_CLEAR: Final = 0.9
_FATHER_AGREES: Final = 0.65
_FATHER_DIFFERS: Final = 0.35
_SAME: Final = 0.97
_ALIKE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far two names agree. ``score`` is 0..1 on one scale for all scripts, None if unknown.

    ``cannot_compare`` says that a name is missing or cannot be read: that is not a low score.
    A high score says that the names agree and that they are rare enough for it to mean
    something; it never says that two persons are one. ``reasons`` begin with the weightiest.
    """

    score: float | None
    cannot_compare: bool
    reasons: tuple[Reason, ...]


def compare(a: str, b: str) -> Comparison:
    """Compare two names as written. Symmetric, deterministic; any text is accepted."""
    return compare_prepared(prepare(a), prepare(b))


def compare_prepared(a: Prepared, b: Prepared) -> Comparison:
    """Compare two prepared names; every alias is tried and the best agreement stands."""
    best = _best(a, b)
    if best is None:
        return Comparison(None, True, _why_not(a, b))
    score, left, right, evidence = best
    reasons = _explain(evidence)
    if left is not a or right is not b:
        facts = {"left": left.text, "right": right.text}
        reasons.insert(0, Reason("alias", facts))
    score, code = _with_fathers(score, a.father, b.father)
    if code and a.father and b.father:
        reasons.append(Reason(code, {"left": a.father.text, "right": b.father.text}))
    return Comparison(round(score, 4), False, tuple(reasons))


def score_prepared(a: Prepared, b: Prepared) -> float | None:
    """The score of ``compare_prepared`` alone, at half the price; None where it cannot compare."""
    best = _best(a, b)
    if best is None:
        return None
    score, _ = _with_fathers(best[0], a.father, b.father)
    return round(score, 4)


def _best(a: Prepared, b: Prepared) -> tuple[float, Prepared, Prepared, Evidence] | None:
    """Of all spellings of two names the two that agree best, the first of equals."""
    best: tuple[float, Prepared, Prepared, Evidence] | None = None
    for left in (a, *a.aliases):
        for right in (b, *b.aliases):
            if left.unreadable or right.unreadable:
                continue
            evidence = _weigh(left, right)
            score = _score(evidence)
            if best is None or score > best[0]:
                best = (score, left, right, evidence)
    return best


def _with_fathers(score: float, a: Prepared | None, b: Prepared | None) -> tuple[float, str]:
    """A score once the fathers' names are heard, and the code of what they say."""
    if not a or not b or a.unreadable or b.unreadable:
        return score, ""
    fathers = _score(_weigh(a, b), alone=False)
    if fathers >= _FATHER_AGREES:
        return score + (1 - score) * 0.5 * score, "father-same"
    if fathers <= _FATHER_DIFFERS:
        return score * 0.7, "father-differs"
    return score, ""


def _weigh(left: Prepared, right: Prepared) -> Evidence:
    """The evidence, found in an order of the names' own, so that no side is the first."""
    if (left.text, left.wholes) <= (right.text, right.wholes):
        return weigh(left, right)
    turned = weigh(right, left)
    return Evidence(
        matches=tuple(Match(m.right, m.left, m.likeness, m.weight) for m in turned.matches),
        left=turned.right,
        right=turned.left,
        whole=turned.whole,
    )


def _score(evidence: Evidence, *, alone: bool = True) -> float:
    """Evidence → 0..1. ``alone``: the name stands for itself, so a common one is held back."""
    agreed = blurred = 0.0
    for match in evidence.matches:
        agreed += match.weight * match.likeness
        blurred += match.weight * (1 - match.likeness)
    left = sum([unit.weight for unit in evidence.left])
    right = sum([unit.weight for unit in evidence.right])
    total = agreed + blurred + (left + right) / 2
    if not alone:
        return agreed / total if total else 0.0
    logit = (
        _BASE
        + _AGREEMENT * (agreed / total if total else 0.0)
        + _WHOLE * evidence.whole
        + _BLUR * blurred
        + _LEFT_OVER * abs(left - right)
        + _SUBSTANCE * min(agreed, _ENOUGH)
    )
    score = 1 / (1 + exp(-logit))
    if not evidence.left and not evidence.right:
        score = max(score, _full_agreement(evidence.matches, agreed))
    return score


def _full_agreement(matches: tuple[Match, ...], agreed: float) -> float:
    """The least that two names score when nothing but spelling stands between them."""
    if any(match.likeness < _CLEAR for match in matches):
        return 0.0
    if sum(len(match.left) for match in matches) > 1:
        return 0.7 + 0.1 * min(agreed, _ENOUGH)
    return 0.5 + 0.15 * min(agreed, 1.0)


def _explain(evidence: Evidence) -> list[Reason]:
    reasons = []
    for match in sorted(evidence.matches, key=lambda match: -match.weight * match.likeness):
        facts = {"left": _text(match.left), "right": _text(match.right)}
        reasons.append(Reason(_code(match), facts))
        if all(is_common(unit.skeletons[0]) for unit in (*match.left, *match.right)):
            reasons.append(Reason("common", facts))
    if evidence.whole >= 0.9 and (evidence.left or evidence.right):
        reasons.append(Reason("as-one"))
    left, right = _by_weight(evidence.left), _by_weight(evidence.right)
    for one, two in zip(left, right, strict=False):
        reasons.append(Reason("instead", {"left": _shown(one), "right": _shown(two)}))
    reasons += [Reason("only-left", {"name": _shown(unit)}) for unit in left[len(right) :]]
    reasons += [Reason("only-right", {"name": _shown(unit)}) for unit in right[len(left) :]]
    return reasons


def _code(match: Match) -> str:
    if len(match.left) != len(match.right):
        return "joined"
    if PartKind.INITIAL in (match.left[0].kind, match.right[0].kind):
        return "initial"
    if match.likeness >= _SAME:
        return "same"
    return "alike" if match.likeness >= _ALIKE else "near"


def _text(units: tuple[Unit, ...]) -> str:
    return " ".join(_shown(unit) for unit in units)


def _shown(unit: Unit) -> str:
    return unit.text.capitalize() if unit.script is Script.LATIN else unit.text


def _by_weight(units: tuple[Unit, ...]) -> list[Unit]:
    return sorted(units, key=lambda unit: (-unit.weight, unit.text))


def _why_not(a: Prepared, b: Prepared) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    for name in (a, b):
        if name.unreadable:
            reason = Reason(name.unreadable, {"name": name.text} if name.typed else {})
            if reason not in reasons:
                reasons.append(reason)
    return tuple(reasons)
