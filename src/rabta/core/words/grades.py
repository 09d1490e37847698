"""How good an information is said to be, and how freely it may travel."""

from collections.abc import Iterable
from dataclasses import dataclass

from rabta.core.errors import BadValue, gettext_noop
from rabta.core.words.vocabulary import HandlingCode, InformationGrade, SourceGrade

FOUR_BY_FOUR = "4x4"


@dataclass(frozen=True, slots=True)
class Grade:
    """A 4×4 grade; X4, the default, says that none is agreed.

    A grade in another scheme ("6x6", "5x5x5") is kept as it was given, in ``original_scheme`` and
    ``original_text``, and stays X4 until a person says what it is worth: no rule converts it.
    """

    source: SourceGrade = SourceGrade.X
    information: InformationGrade = InformationGrade.FOUR
    original_scheme: str = ""
    original_text: str = ""

    def __post_init__(self) -> None:
        if bool(self.original_scheme.strip()) != bool(self.original_text.strip()):
            raise BadValue(
                gettext_noop(
                    "{field}: the grade “{value}” needs its scheme, and a scheme its text."
                ),
                field="grade",
                value=self.original_text or self.original_scheme,
            )

    @property
    def code(self) -> str:
        """The two signs of the 4×4 grade, such as "B2"."""
        return f"{self.source}{self.information}"

    @property
    def agreed(self) -> bool:
        """Whether anybody has graded it by 4×4 (X4 says no)."""
        return (self.source, self.information) != (SourceGrade.X, InformationGrade.FOUR)


def read_grade(text: str, *, scheme: str = FOUR_BY_FOUR, field: str = "grade") -> Grade:
    """Read "B2" or "b 2" as a 4×4 grade; a grade of another scheme is kept unread.

    An empty text is X4. Raises BadValue for a 4×4 grade that does not exist.
    """
    plain = "".join(text.split()).upper()
    if not plain:
        return Grade()
    if scheme.replace("×", "x").casefold() != FOUR_BY_FOUR:
        return Grade(original_scheme=scheme, original_text=text)
    try:
        return Grade(SourceGrade(plain[:1]), InformationGrade(plain[1:]))
    except ValueError:
        raise BadValue(
            gettext_noop("{field}: “{value}” is not a 4×4 grade."),
            remedy=gettext_noop(
                "Write A, B, C or X for the source and 1 to 4 for the information."
            ),
            field=field,
            value=text,
        ) from None


def strictest(codes: Iterable[HandlingCode]) -> HandlingCode:
    """Return the code that binds most, in the order H0, H1, H2, H3: what joins parts carries it.

    H1 (no use in court without permission) and H2 (no passing on without permission) bind
    differently; H2 stands for both, for what may not be passed on reaches no court either.
    Raises ValueError when there is none, as max() does: that something has no code is a mistake.
    """
    return max(codes, key=_ORDER.index)


_ORDER = (HandlingCode.H0, HandlingCode.H1, HandlingCode.H2, HandlingCode.H3)
