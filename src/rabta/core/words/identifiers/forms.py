"""One canonical form for each identifier, or BadValue with what to do about it."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from rabta.core.errors import gettext_noop
from rabta.core.words.identifiers.cleaning import bad, clean
from rabta.core.words.identifiers.phones import PLANS, Plan


def cnic(text: str, *, field: str = "CNIC") -> str:
    """Return the thirteen digits of a Pakistani identity number (CNIC, NICOP, B-form).

    "35202-1234567-1" → "3520212345671". Raises BadValue for another length, a letter, one digit
    repeated throughout, and for what Excel has shortened.
    """
    digits = re.sub(r"[\s\-./]", "", clean(text, field=field))
    if not _is_digits(digits):
        raise bad(gettext_noop("{field}: “{value}” holds more than digits."), text, field)
    if len(digits) == 12:
        raise bad(
            gettext_noop("{field}: “{value}” has 12 digits, so one is missing."),
            text,
            field,
            remedy=gettext_noop(
                "If Excel has dropped a leading zero, give the column the format Text and enter "
                "the number again from the card; never add a zero by guess."
            ),
        )
    if len(digits) != 13:
        raise bad(
            gettext_noop("{field}: “{value}” has {count} digits; a CNIC has 13."),
            text,
            field,
            count=len(digits),
        )
    if len(set(digits)) == 1:
        raise bad(
            gettext_noop("{field}: “{value}” only fills the space."),
            text,
            field,
            remedy=gettext_noop("Leave the particular out if it is not known."),
        )
    return digits


def phone(text: str, *, default_country: str = "PK", field: str = "phone") -> str:
    """Return a telephone number in E.164: "0300-1234567" → "+923001234567".

    A number with + or 00 is international; one that begins with the calling code of
    ``default_country`` (ISO 3166) and has the full length behind it is as well; any other is a
    national number of that country. A Pakistani mobile number whose leading zero Excel has
    dropped (3001234567) is read, for nothing else has its form. Raises BadValue for a wrong
    length, letters, and more than one number.
    """
    plain = re.sub(r"^(?:TEL|PHONE|MOBILE|MOB|CELL|PH)\b[.:\s]*", "", clean(text, field=field))
    if re.search(r"[/,;&|]", plain):
        raise bad(
            gettext_noop("{field}: “{value}” holds more than one number."),
            text,
            field,
            remedy=gettext_noop("Enter each number by itself."),
        )
    compact = re.sub(r"[\s\-.()]", "", plain.replace("(0)", ""))
    international = compact.startswith(("+", "00"))
    digits = compact.removeprefix("+") if compact.startswith("+") else compact.removeprefix("00")
    if not _is_digits(digits):
        raise bad(gettext_noop("{field}: “{value}” is not a telephone number."), text, field)
    if international:
        return _international(digits, text, field)
    plan = PLANS.get(default_country)
    if plan is None:
        raise bad(
            gettext_noop("{field}: “{value}” does not say its country."),
            text,
            field,
            remedy=gettext_noop("Write it with + and the calling code."),
        )
    behind = digits.removeprefix(plan.code)
    if digits.startswith(plan.code) and len(behind) == max(plan.lengths):
        return _international(digits, text, field)
    national = digits.removeprefix(plan.trunk)
    whole = national != digits or not plan.trunk or _is_pakistani_mobile(plan, national)
    if not whole or not _fits(plan, national):
        raise bad(
            gettext_noop("{field}: “{value}” has too many or too few digits."),
            text,
            field,
            remedy=gettext_noop("Write it with its leading zero, or with + and the calling code."),
        )
    return f"+{plan.code}{national}"


def _international(digits: str, text: str, field: str) -> str:
    for plan in PLANS.values():
        if digits.startswith(plan.code):
            national = digits[len(plan.code) :]
            if plan.trunk == "0":
                national = national.removeprefix("0")
            if _fits(plan, national):
                return f"+{plan.code}{national}"
            raise bad(
                gettext_noop("{field}: “{value}” has too many or too few digits behind +{code}."),
                text,
                field,
                code=int(plan.code),
            )
    if not 8 <= len(digits) <= 15 or digits.startswith("0"):
        raise bad(gettext_noop("{field}: “{value}” is not an international number."), text, field)
    return f"+{digits}"


def _fits(plan: Plan, national: str) -> bool:
    if plan.code == "92" and national.startswith("3"):
        return len(national) == 10
    return len(national) in plan.lengths and (not plan.trunk or not national.startswith("0"))


def _is_pakistani_mobile(plan: Plan, national: str) -> bool:
    return plan.code == "92" and national.startswith("3") and len(national) == 10


def passport(text: str, *, field: str = "passport") -> str:
    """Return a passport number in capitals without spaces or dashes: "ab 1234567" → "AB1234567".

    O and 0 stay apart. Raises BadValue unless 5 to 12 Latin letters and digits, 3 of them digits.
    """
    compact = re.sub(r"[\s\-./]", "", clean(text, field=field))
    if not re.fullmatch(r"[A-Z0-9]{5,12}", compact) or _digits_in(compact) < 3:
        raise bad(gettext_noop("{field}: “{value}” is not a passport number."), text, field)
    return compact


def plate(text: str, *, field: str = "vehicle") -> str:
    """Return a registration mark in capitals without spaces or dashes: "LEA 17-1234" → "LEA171234".

    Letters of any script stay (Iranian and Afghan plates). Raises BadValue unless it has 3 to 14
    letters and digits with a digit among them.
    """
    compact = "".join(_runs(clean(text, field=field)))
    if not 3 <= len(compact) <= 14 or not _digits_in(compact):
        raise bad(gettext_noop("{field}: “{value}” is not a registration mark."), text, field)
    return compact


def account(text: str, *, field: str = "account") -> str:
    """Return an account number in capitals without spaces; an IBAN must have its check digits.

    What begins like an IBAN of a country that uses them is one. Raises BadValue for a wrong
    length or check, and unless it has 4 to 34 Latin letters and digits, 4 of them digits.
    """
    compact = re.sub(r"[\s\-./]", "", clean(text, field=field)).removeprefix("IBAN:")
    compact = compact.removeprefix("IBAN")
    if not re.fullmatch(r"[A-Z0-9]{4,34}", compact) or _digits_in(compact) < 4:
        raise bad(gettext_noop("{field}: “{value}” is not an account number."), text, field)
    length = IBAN_LENGTHS.get(compact[:2])
    if length is None or not compact[2:4].isdigit():
        return compact
    if len(compact) != length:
        raise bad(
            gettext_noop("{field}: “{value}” has {count} signs; this IBAN needs {length}."),
            text,
            field,
            count=len(compact),
            length=length,
        )
    if not is_iban(compact):
        raise bad(gettext_noop("{field}: the check digits of “{value}” do not fit."), text, field)
    return compact


def is_iban(compact: str) -> bool:
    """Whether capitals and digits without spaces pass the check of ISO 13616 (mod 97 is 1)."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", compact):
        return False
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def case_number(text: str, *, field: str = "case number") -> str:
    """Return a case or FIR number in one form for equality: "FIR No. 012/2019" → "FIR-12-2019".

    Words and numbers are joined by a dash; leading zeros, "No", "نمبر" and punctuation go; Urdu
    "ایف آئی آر" becomes FIR. Raises BadValue when there is no number in it.
    """
    plain = clean(text, field=field)
    plain = re.sub(r"\b(?:[A-Z]\.){2,}", lambda found: found[0].replace(".", ""), plain)
    plain = _URDU_FIR.sub(" FIR ", plain)
    runs = [run.lstrip("0") or "0" if _is_digits(run) else run for run in _runs(plain)]
    kept = [run for run in runs if run not in _NUMBER_WORDS]
    if not any(_is_digits(run) for run in kept):
        raise bad(gettext_noop("{field}: “{value}” holds no number."), text, field)
    return "-".join(kept)


def _runs(plain: str) -> list[str]:
    """Return the runs of digits and of letters, without what stands between them."""
    return re.findall(r"[0-9]+|[^\W\d_]+", plain)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _digits_in(text: str) -> int:
    return sum(_is_digits(sign) for sign in text)


_URDU_FIR = re.compile(unicodedata.normalize("NFKC", "ایف\\s*آئی\\s*آر"))
_NUMBER_WORDS = frozenset({"NO", "NOS", "NR", "NUMBER", "NUM", "CASE", "OF", "نمبر", "مقدمہ"})

_IBAN_LENGTHS = """
AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24 DE:22
DK:18 DO:28 EE:20 EG:29 ES:24 FI:18 FO:18 FR:27 GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HR:21 HU:28
IE:22 IL:23 IQ:23 IR:26 IS:26 IT:27 JO:30 KW:30 KZ:20 LB:28 LC:32 LI:21 LT:20 LU:20 LV:21 LY:25
MC:27 MD:24 ME:22 MK:19 MR:27 MT:31 MU:30 NL:18 NO:15 OM:23 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24
RS:22 SA:24 SC:31 SE:24 SI:19 SK:24 SM:27 ST:25 SV:28 TL:23 TN:24 TR:26 UA:29 VA:22 VG:24 XK:20
"""
IBAN_LENGTHS: Mapping[str, int] = MappingProxyType(
    {pair[:2]: int(pair[3:]) for pair in _IBAN_LENGTHS.split()}
)
"""How many signs an IBAN has, by country (the IBAN registry; Iran's IR outside it)."""
