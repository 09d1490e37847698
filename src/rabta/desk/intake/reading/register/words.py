"""The words of real registers, English, Urdu and Roman Urdu, for headers, roles and kinds.

Every word is compared in its ``plain`` form: Latin digits, folded letters, no marks, no
punctuation.
"""

import re
import unicodedata

from rabta.core.words.digits import latin_digits
from rabta.core.words.vocabulary import CaseKind, Role, Sex

_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ہ", "ۃ": "ہ", "ه": "ہ", "ھ": "ہ", "ۀ": "ہ"}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ی", "ۓ": "ے"}
)
_TATWEEL = "ـ"
_PLAIN_ASCII = re.compile(r"[^a-z0-9@]+")
_LONGEST_WORD = 60


def plain(text: str) -> str:
    """Fold a text for comparison of words, never for storage: one script may be spelt many ways."""
    if text.isascii():  # the same by a shorter way
        return _PLAIN_ASCII.sub(" ", text.casefold()).strip()
    folded = unicodedata.normalize("NFKC", latin_digits(text)).translate(_LETTERS).casefold()
    kept = (
        letter if letter.isalnum() or letter == "@" else " "
        for letter in unicodedata.normalize("NFD", folded)
        if unicodedata.category(letter) not in ("Mn", "Cf") and letter != _TATWEEL
    )
    return " ".join("".join(kept).split())


def _index(table: dict[str, str]) -> dict[str, str]:
    return {plain(word): value for value, words in table.items() for word in words.split("|")}


HEADERS = _index(
    {
        "case_key": "case|case no|case number|case id|case ref|case reference|case key|"
        "مقدمہ|مقدمہ نمبر|نمبر مقدمہ|کیس نمبر|کیس|muqadma|muqadma no|muqadma number|muqadma nambar",
        "fir_number": "fir|fir no|fir number|f i r no|fir no and year|fir no year|fir #|"
        "ایف آئی آر|ایف آئی آر نمبر|ایف ائی ار نمبر|پرچہ نمبر|fir nambar|parcha no",
        "enquiry_number": "enquiry|enquiry no|enquiry number|inquiry no|inquiry number|eq no|"
        "انکوائری|انکوائری نمبر|inquiry nambar",
        "station": "station|police station|ps|p s|name of police station|thana|circle|ahtc|"
        "police post|railway police station|تھانہ|نام تھانہ|پولیس اسٹیشن|پولیس سٹیشن|سرکل|چوکی",
        "registered": "registered|date of registration|registration date|date of fir|fir date|"
        "date registered|dated|date|case date|تاریخ|تاریخ اندراج|تاریخ مقدمہ|تاریخ رجسٹریشن|"
        "tareekh|tareekh indraj|tareekh muqadma",
        "occurred": "occurred|date of occurrence|date of offence|occurrence date|date of incident|"
        "incident date|تاریخ وقوعہ|tareekh waqua|tareekh e waqua",
        "place": "place|place of occurrence|place of incident|place of offence|location|"
        "جائے وقوعہ|مقام|مقام وقوعہ|jaye waqua|jai waqua|maqam",
        "kind": "kind|type|type of case|case type|nature of case|nature|offence|crime|"
        "نوعیت|نوعیت مقدمہ|قسم|جرم|قسم جرم|noiyat|qism|jurm",
        "role": "role|capacity|person type|role in case|accused victim|victim accused|"
        "حیثیت|کردار|حیثیت در مقدمہ|haisiyat|kirdar",
        "name": "name|full name|name of person|person name|name of accused|accused name|"
        "name of the accused|victim name|name of victim|name of passenger|suspect name|name urdu|"
        "name english|name in urdu|name in english|نام|نام ملزم|نام ملزمان|ملزم کا نام|نام متاثرہ|"
        "پورا نام|نام مسافر|نام اردو|naam|nam|naam mulzim|mulzim ka naam",
        "father_name": "father|father name|fathers name|father s name|name of father|parentage|"
        "s o|son of|father husband name|ولدیت|والد|والد کا نام|نام والد|ولد|waldiyat|walid|"
        "walid ka naam|walad|father name urdu",
        "alias": "alias|aliases|alias name|aka|a k a|also known as|nickname|nick name|عرف|"
        "عرفیت|دیگر نام|urf|urfiyat",
        "sex": "sex|gender|m f|male female|جنس|صنف|jins",
        "birth": "birth|date of birth|dob|d o b|birth date|born|year of birth|تاریخ پیدائش|"
        "پیدائش|سن پیدائش|tareekh paidaish|tareekh e paidaish|paidaish|تاریخ تولد|تولد",
        "age": "age|age years|age in years|age approx|approx age|عمر|عمر سال|umar|umr",
        "nationality": "nationality|citizenship|country|citizen of|قومیت|شہریت|ملک|qaumiyat|"
        "shehriyat",
        "cnic": "cnic|cnic no|cnic number|nic|nic no|n i c|id card|id card no|identity card|"
        "identity card no|nadra|شناختی کارڈ|شناختی کارڈ نمبر|قومی شناختی کارڈ|نمبر شناختی کارڈ|"
        "shanakhti card|shanakhti card no|shanakhti card nambar",
        "passport": "passport|passport no|passport number|passport #|pp no|پاسپورٹ|پاسپورٹ نمبر|"
        "passport nambar",
        "phone": "phone|phone no|phone number|mobile|mobile no|mobile number|cell|cell no|"
        "cell number|contact|contact no|contact number|telephone|tel|whatsapp|whatsapp no|فون|"
        "فون نمبر|موبائل|موبائل نمبر|رابطہ نمبر|رابطہ|mobile nambar|rabta no|rabta number",
        "account": "account|account no|account number|bank account|iban|easypaisa|jazzcash|"
        "اکاؤنٹ|اکاؤنٹ نمبر|بینک اکاؤنٹ|کھاتہ نمبر|khata no",
        "vehicle": "vehicle|vehicle no|vehicle number|registration no of vehicle|car no|plate|"
        "plate no|number plate|گاڑی|گاڑی نمبر|gari|gari no|gaari nambar",
        "address": "address|home address|permanent address|present address|residence|r o|"
        "resident of|پتہ|مستقل پتہ|موجودہ پتہ|سکنہ|سکونت|رہائش|pata|patta|sakna|sakunat",
        "birth_place": "place of birth|birth place|birthplace|pob|جائے پیدائش|مقام پیدائش|"
        "jaye paidaish",
        "note": "note|notes|remarks|remark|comments|brief facts|facts|کیفیت|ریمارکس|تبصرہ|"
        "مختصر حالات|kaifiyat|tafseel|تفصیل",
        "link_consent": "link consent|consent|consent to link|consent to matching|رضامندی|"
        "razamandi",
        "record_key": "record key|record id|record no|person id|unique id|unique no|entry id|"
        "ریکارڈ نمبر",
    }
)

CALENDARS = _index(
    {
        "solar_hijri": "shamsi|solar|solar hijri|hijri shamsi|jalali|afghan calendar|iranian|"
        "شمسی|ہجری شمسی|ہ ش",
        "hijri": "hijri|qamri|qamari|lunar|islamic|ہجری|قمری|ہجری قمری",
        "bikram_sambat": "bs|b s|bikram|bikrami|bikram sambat|vikram|बि सं|بکرمی",
        "gregorian": "ad|ce|gregorian|english calendar|عیسوی|میلادی|isvi|eesvi",
    }
)

_ROLES = _index(
    {
        Role.VICTIM: "victim|victims|victim of trafficking|vot|tip victim|survivor|متاثرہ|متاثر|"
        "متاثرہ شخص|متاثرین|مظلوم|mutasra|mutasira|mutasara|mutasirah",
        Role.POSSIBLE_VICTIM: "possible victim|potential victim|presumed victim|suspected victim|"
        "ممکنہ متاثرہ|ممکنہ متاثر|mumkina mutasra",
        Role.SMUGGLED_PERSON: "smuggled person|smuggled migrant|migrant|illegal migrant|smuggled|"
        "irregular migrant|تارک وطن|تارکین وطن|سمگل شدہ|tarik e watan|"
        "tarkeen e watan",
        Role.WITNESS: "witness|pw|prosecution witness|eye witness|گواہ|گواہان|gawah|gawa",
        Role.REPORTER: "reporter|complainant|informant|informer|applicant|مدعی|مدعیہ|شکایت کنندہ|"
        "درخواست گزار|mudai|muddai|mudaiya|darkhwast guzar",
        Role.FAMILY: "family|family member|relative|next of kin|guardian|وارث|رشتہ دار|لواحقین|"
        "خاندان|waris|rishtedar|rishta dar",
        Role.SUSPECT: "suspect|suspected|suspected person|person of interest|مشتبہ|مشکوک|mushtaba|"
        "mushtabah|mashkook",
        Role.ACCUSED: "accused|accused person|nominated accused|arrested|arrested accused|"
        "principal accused|proclaimed offender|po|absconder|ملزم|ملزمہ|"
        "ملزمان|نامزد ملزم|گرفتار ملزم|مفرور|اشتہاری|اشتہاری مجرم|mulzim|mulzima|mulziman|"
        "mafroor|ishtihari",
        Role.CONVICTED: "convicted|convict|convicted person|مجرم|سزا یافتہ|سزایافتہ|mujrim|"
        "saza yafta",
        Role.LISTED: "listed",
    }
)

_KINDS = _index(
    {
        CaseKind.TRAFFICKING: "trafficking|tip|human trafficking|trafficking in persons|"
        "ptpa|ptpa 2018|pttp|انسانی تجارت|ٹریفکنگ|انسانی ٹریفکنگ|insani tijarat",
        CaseKind.SMUGGLING: "smuggling|som|migrant smuggling|smuggling of migrants|"
        "human smuggling|psma|posma|posm|سمگلنگ|اسمگلنگ|انسانی سمگلنگ|انسانی اسمگلنگ|"
        "تارکین وطن کی سمگلنگ|insani smuggling",
        CaseKind.BOTH: "both|tip and som|tip som|trafficking and smuggling|دونوں|donon|dono",
        CaseKind.OTHER: "other|others|misc|miscellaneous|دیگر|متفرق|deegar|digar",
    }
)

_SEXES = _index(
    {
        Sex.MALE: "m|male|man|boy|مرد|لڑکا|مذکر|mard|larka",
        Sex.FEMALE: "f|female|woman|girl|عورت|خاتون|لڑکی|مؤنث|زنانہ|aurat|khatoon|larki",
        Sex.TRANSGENDER: "t|tg|x|transgender|trans|خواجہ سرا|خواجہ سراء|مخنث|khwaja sira|"
        "khawaja sara",
        Sex.UNKNOWN: "u|unknown|not known|نامعلوم|na maloom|namaloom",
    }
)

_ANSWERS = _index(
    {
        "yes": "yes|y|1|true|given|ہاں|جی ہاں|haan|han|ji haan|✓|raza mand",
        "no": "no|n|0|false|refused|not given|نہیں|جی نہیں|nahi|nahin",
    }
)

_NOTHING = frozenset(
    plain(word)
    for words in (
        "nil|n a|na|none|nk|not known|unknown|not available|not given|xxx|x",
        "نامعلوم|ندارد|معلوم نہیں|نہیں|na maloom|namaloom|-",
    )
    for word in words.split("|")
)

_COUNTED = (
    r"(?:\d+|persons?|people|accused|victims?|suspects?|witness(?:es)?|migrants?|cases?|firs?|"
    r"enquir(?:y|ies)|entries|records?|rows?|males?|females?|no|nos|number|and|of|in|all|only|"
    r"افراد|ملزمان|ملزم|متاثرین|متاثرہ|مقدمات|مقدمہ|تعداد|عدد|مرد|خواتین|عورتیں|اور|"
    rf"{plain('ایف آئی آر')})"
)
_COUNTS = re.compile(rf"(?=.*\d){_COUNTED}(?: {_COUNTED})*")
_TOTAL = re.compile(
    r"(?:g |grand |sub |page )*"
    r"(?:totals?|subtotal|sum|kul|meezan|mizan|"
    r"میزان|کل|کل تعداد|کل میزان|میزان کل|ٹوٹل|مجموعہ|مجموعی تعداد)"
    rf"(?: {_COUNTED})*"
)
_SIGNED = re.compile(
    r"(?:(?:prepared|checked|compiled|verified|submitted|approved|typed|signed|countersigned|"
    r"forwarded) by|signatures?|"
    r"تیار کردہ|تیار کنندہ|مرتب کردہ|مرتب کنندہ|جانچ کردہ|پڑتال کردہ|پڑتال کنندہ|تصدیق کردہ|"
    r"تصدیق کنندہ|دستخط)(?: .*)?"
)


def role_of(text: str) -> Role | None:
    """Return the role a word means, or None for a word that is not known."""
    value = _ROLES.get(plain(text))
    return Role(value) if value else None


def kind_of(text: str) -> CaseKind | None:
    """Return the kind of case a word means, or None for a word that is not known."""
    value = _KINDS.get(plain(text))
    return CaseKind(value) if value else None


def sex_of(text: str) -> Sex | None:
    """Return the sex a word means, or None for a word that is not known."""
    value = _SEXES.get(plain(text))
    return Sex(value) if value else None


def answer_of(text: str) -> bool | None:
    """Return yes or no, or None for a word that is neither."""
    return {"yes": True, "no": False}.get(_ANSWERS.get(plain(text), ""))


def says_nothing(text: str) -> bool:
    """Whether a cell says in words (or dashes) that nothing is known."""
    if len(text) > _LONGEST_WORD:
        return False
    return (folded := plain(text)) in _NOTHING or (not folded and "@" not in text)


def says_total(text: str) -> bool:
    """Whether a cell is the label of a total: "Total", "G. Total", "میزان", "کل تعداد: 12"."""
    return len(text) <= _LONGEST_WORD and _TOTAL.fullmatch(plain(text)) is not None


def says_count(text: str) -> bool:
    """Whether a cell only counts: "2 accused", "4 persons / 2 FIRs"."""
    return len(text) <= _LONGEST_WORD and _COUNTS.fullmatch(plain(text)) is not None


def says_signed(text: str) -> bool:
    """Whether a cell begins a line of signatures: "Prepared by: …", "Checked by", "دستخط"."""
    return _SIGNED.fullmatch(plain(text)) is not None
