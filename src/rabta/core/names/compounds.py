"""Put together what is one name and take apart what is two.

Written together or apart at will: عبد with the name of God, names with the article inside
(Zia-ul-Haq, نورالدین), kunya, suffixes (zada, zai, pur), and doubled given names (Mohammadreza).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rabta.core.names import lexicon
from rabta.core.names.normal import normalise
from rabta.core.names.typed import PartKind, Script, Token

GOD: Final = "allah"
FAITH: Final = "din"

_Word = tuple[str, Script]


def _choice(names: str) -> str:
    return "|".join(sorted({normalise(name) for name in names.split()}, key=len, reverse=True))


_LATIN_STEMS: Final = frozenset(normalise(stem) for stem in lexicon.STEMS_LATIN.split())
_ARABIC_STEMS: Final = frozenset(normalise(stem) for stem in lexicon.STEMS_ARABIC.split())

_JOINING_STEMS: Final = frozenset(lexicon.STEMS_THAT_JOIN.split())
_ABD: Final = re.compile(r"abd(?:[aeiou]+(?:l|r|s|sh|n|z|t|d)?h?)?")
_ABD_JOINED: Final = re.compile(r"abd[aeiou]+(?:l(?:[\s]*)|([rsnztd])(?=\1))?(?P<stem>[a-z]{3,})")
_ABD_GOD: Final = re.compile(r"abd[aeiou]*l+[aeo]h?")
_GOD: Final = re.compile(r"(?:[aeou]?ll|al|ul|ol)[ae]+h?")
_GOD_JOINED: Final = re.compile(r"(?P<stem>[a-z]{2,}?)[aeiou]*l+[ae]h")
_FAITH: Final = re.compile(r"[aeou]?d{1,2}[iey]+n+")
_FAITH_JOINED: Final = re.compile(r"(?P<stem>[a-z]{2,}?)(?:[aeou]dd?|[eiou]+l?d)[iey]+n+")
_INNER_LATIN: Final = re.compile(
    rf"(?P<stem>[a-z]{{3,}}?)(?P<article>[eou]l)(?P<other>{_choice(lexicon.STEMS_LATIN)})"
)
_INNER_ARABIC: Final = re.compile(
    rf"(?P<stem>.{{2,}}?)ال(?P<other>{_choice(lexicon.STEMS_ARABIC)})"
)
_LINKED: Final = re.compile(r"(?P<stem>[a-z]{3,}?)[uo](?P<article>[lrsznd])")
_NOT_LINKED: Final = frozenset(("rasul", "rasool", "rasol", "batul", "batool", "maqbul", "maqbool"))
_KUNYA_JOINED: Final = re.compile(
    r"ab(?:ou|[ou])(?P<article>l)?(?P<stem>[b-df-hj-np-tv-z][a-z]{3,})"
)
_COMPOUND_LATIN: Final = re.compile(
    rf"(?P<one>(?:{_choice(lexicon.FIRST_NAMES_LATIN)}))(?P<two>{_choice(lexicon.SECOND_NAMES_LATIN)})"
    rf"|(?P<three>m[ou]ham+[ae]d)(?P<four>[a-z]{{4,}})"
    rf"|(?P<five>[a-z]{{3,}})(?P<six>reza|raza|khan|hossein|hussain|mohammad|muhammad)"
)
_COMPOUND_ARABIC: Final = re.compile(
    rf"(?P<one>(?:{_choice(lexicon.FIRST_NAMES_ARABIC)}))(?P<two>{_choice(lexicon.SECOND_NAMES_ARABIC)})"
    r"|(?P<three>محمد)(?P<four>[^ی].{2,})"
    r"|(?P<five>.{2,})(?P<six>رضا|خان|حسین|محمد)"
)


def assemble(found: Sequence[_Word]) -> tuple[Token, ...]:
    """Turn words into tokens: join, take apart, and say what each is."""
    tokens: list[Token] = []
    rest = [piece for word in _paired(found) for piece in _apart(*word)]
    at = 0
    while at < len(rest):
        at += _next(rest, at, tokens)
    return tuple(tokens)


def _paired(found: Sequence[_Word]) -> list[_Word]:
    """Urdu writes Bibi as two words; two such words are one."""
    words: list[_Word] = []
    for word in found:
        if word[0] == "بی" and words and words[-1][0] == "بی":
            words[-1] = ("بیبی", word[1])
        else:
            words.append(word)
    return words


def _next(rest: Sequence[_Word], at: int, tokens: list[Token]) -> int:
    """Read one token at ``at`` into ``tokens``; returns how many words it took."""
    word, script = rest[at]
    after = _same_script(rest, at + 1, script)
    if script is Script.OTHER:
        tokens.append(Token(word, script, PartKind.GIVEN, (word,)))
        return 1
    if _is_abd(word, script) and after:
        skip = 1 if _is_article(after[0]) and len(after) > 1 else 0
        tokens.append(_abd(_after_abd(after[skip], script), script))
        return 2 + skip
    kunya = word in lexicon.KUNYA or word in lexicon.KUNYA_WITH_ARTICLE
    if kunya and after:
        skip = 1 if _is_article(after[0]) and len(after) > 1 else 0
        stem = _bare(after[skip], script)
        tokens.append(
            _kunya("umm" if word[0] in "uoا" and word[1:2] in "mم" else "abu", stem, script)
        )
        return 2 + skip
    last = tokens[-1] if tokens else None
    if last and last.script is script and _joinable(last):
        if _is_god(word, script):
            tokens[-1] = _tailed(last, GOD)
            return 1
        if _is_faith(word, script):
            tokens[-1] = _tailed(last, FAITH)
            return 1
        if word in lexicon.SUFFIXES:
            kind = PartKind.TRIBE if word[0] in "zز" and len(word) < 4 else last.kind
            tokens[-1] = Token(last.text + word, script, kind, (*last.pieces, word))
            return 1
        if after and _is_article(word) and _is_stem(after[0], word, script):
            if _is_faith(after[0], script) or _is_god(after[0], script):
                tokens[-1] = _tailed(last, FAITH if _is_faith(after[0], script) else GOD)
            else:
                tokens[-1] = _article(last, after[0])
            return 2
        if word.startswith("ال") and word[2:] in _JOINING_STEMS:
            tokens[-1] = _article(last, word[2:])
            return 1
    linked = _linked(word, after[0]) if after and script is Script.LATIN else ""
    if linked:
        head = Token(linked, script, PartKind.GIVEN, (linked,))
        faith = _is_faith(after[0], script)
        tokens.append(_tailed(head, FAITH) if faith else _article(head, after[0]))
        return 2
    tokens.extend(_single(word, script, first=not tokens))
    return 1


def _linked(word: str, after: str) -> str:
    """The first half of 'Anisur Rahman', 'Enamul Haque', where the article hangs on to it."""
    match = _LINKED.fullmatch(word)
    if match is None or word in _NOT_LINKED:
        return ""
    if after not in _LATIN_STEMS and not _is_faith(after, Script.LATIN):
        return ""
    return match["stem"] if match["article"] in ("l", after[0]) else ""


def _single(word: str, script: Script, *, first: bool) -> list[Token]:
    whole = _whole(word, script)
    if whole is not None:
        return [whole]
    if _is_article(word) and (word in lexicon.ARTICLES or not first):
        return [Token(word, script, PartKind.PARTICLE, (word,))]
    bare = _bare(word, script)
    if bare != word:
        article = "ال" if script is Script.ARABIC else "al"
        return [
            Token(article, script, PartKind.PARTICLE, (article,)),
            Token(bare, script, _kind(bare, script), (bare,)),
        ]
    return [Token(word, script, _kind(word, script), (word,))]


def _kind(word: str, script: Script) -> PartKind:
    if len(word) == 1:
        return PartKind.INITIAL
    if word in lexicon.FILIAL or word in lexicon.OTHER_PARTICLES:
        return PartKind.PARTICLE
    if word in lexicon.HARD_TITLES:
        return PartKind.HONORIFIC
    if word in lexicon.SOFT_TITLES:
        return PartKind.TITLE
    if word in lexicon.TRIBES:
        return PartKind.TRIBE
    tail = ("zai", "zay", "zehi") if script is Script.LATIN else ("زی", "زئی", "زهی")
    if len(word) > 5 and word.endswith(tail):
        return PartKind.TRIBE
    return PartKind.GIVEN


@lru_cache(maxsize=65536)
def _whole(word: str, script: Script) -> Token | None:
    """A compound that is written as one word, or None."""
    if script is Script.LATIN:
        return _whole_latin(word)
    if word.startswith("عبد") and len(word) > 5:
        stem = word[3:]
        if stem.startswith("ال"):
            return _abd(_after_abd(stem, script), script)
    if word.startswith("ابوال") and len(word) > 6:
        return _kunya("abu", word[5:], script)
    if word.endswith("الله") and len(word) > 5:
        return _tailed(Token(word[:-4], script, PartKind.GIVEN, (word[:-4],)), GOD)
    if word.endswith("لله") and len(word) > 5:
        return _tailed(Token(word[:-3], script, PartKind.GIVEN, (word[:-3],)), GOD)
    if word.endswith("الدین") and len(word) > 6:
        return _tailed(Token(word[:-5], script, PartKind.GIVEN, (word[:-5],)), FAITH)
    inner = _INNER_ARABIC.fullmatch(word)
    if inner:
        stem = inner["stem"]
        return _article(Token(stem, script, PartKind.GIVEN, (stem,)), inner["other"])
    return None


def _whole_latin(word: str) -> Token | None:
    script = Script.LATIN
    if _ABD_GOD.fullmatch(word):
        return _abd(GOD, script)
    abd = _ABD_JOINED.fullmatch(word)
    if abd:
        return _abd(abd["stem"], script)
    if len(word) > 6:
        god = _GOD_JOINED.fullmatch(word)
        if god:
            return _tailed(Token(god["stem"], script, PartKind.GIVEN, (god["stem"],)), GOD)
        faith = _FAITH_JOINED.fullmatch(word)
        if faith:
            return _tailed(Token(faith["stem"], script, PartKind.GIVEN, (faith["stem"],)), FAITH)
        inner = _INNER_LATIN.fullmatch(word)
        if inner:
            stem = inner["stem"]
            return _article(Token(stem, script, PartKind.GIVEN, (stem,)), inner["other"])
        kunya = _KUNYA_JOINED.fullmatch(word)
        if kunya and (kunya["article"] or word.startswith("abubak")):
            return _kunya("abu", kunya["stem"], script)
    return None


def _abd(stem: str, script: Script) -> Token:
    god = _is_god(stem, script) or stem == GOD
    if script is Script.ARABIC:
        text, first = "عبدال" + ("له" if god else stem), "عبد"
    else:
        text, first = "abdul" + ("lah" if god else stem), "abd"
    return Token(text, script, PartKind.GIVEN, (first, GOD if god else stem))


def _kunya(first: str, stem: str, script: Script) -> Token:
    if script is Script.ARABIC:
        first = "ام" if first == "umm" else "ابو"
    return Token(first + stem, script, PartKind.KUNYA, (first, stem))


def is_linked(token: Token) -> bool:
    """Whether the token is two names with the article between them (Zia-ul-Haq)."""
    stems = _ARABIC_STEMS if token.script is Script.ARABIC else _LATIN_STEMS
    return (
        len(token.pieces) == 2
        and token.kind is PartKind.GIVEN
        and (token.pieces[1] in stems and token.pieces[0] not in ("abd", "عبد"))
    )


def _tailed(head: Token, tail: str) -> Token:
    ends = {
        (GOD, Script.LATIN): "ullah",
        (GOD, Script.ARABIC): "الله",
        (FAITH, Script.LATIN): "uddin",
        (FAITH, Script.ARABIC): "الدین",
    }
    text = head.text + ends[tail, head.script]
    return Token(text, head.script, PartKind.GIVEN, (*head.pieces, tail))


def _article(head: Token, other: str) -> Token:
    article = "ال" if head.script is Script.ARABIC else "ul"
    text = head.text + article + other
    return Token(text, head.script, PartKind.GIVEN, (*head.pieces, other))


def _joinable(token: Token) -> bool:
    return token.kind not in (PartKind.PARTICLE, PartKind.INITIAL)


def _is_abd(word: str, script: Script) -> bool:
    return word == "عبد" if script is Script.ARABIC else bool(_ABD.fullmatch(word))


def _is_article(word: str) -> bool:
    return word in lexicon.ARTICLES or word in lexicon.SOLAR_ARTICLES


def _is_god(word: str, script: Script) -> bool:
    if script is Script.ARABIC:
        return word in ("الله", "لله", "اله")
    return word == GOD or (
        _GOD.fullmatch(word) is not None and word not in ("ala", "ale", "ula", "ola")
    )


def _is_faith(word: str, script: Script) -> bool:
    return (
        word in ("الدین", "دین", "الددین")
        if script is Script.ARABIC
        else bool(_FAITH.fullmatch(word))
    )


def _is_stem(word: str, article: str, script: Script) -> bool:
    """Whether an article joins this word to the one before; al- mostly begins a family name."""
    if _is_faith(word, script) or _is_god(word, script):
        return True
    if script is Script.ARABIC:
        return False
    if article in ("al", "el", "il"):
        return word in ("haq", "haqq", "islam")
    return article in ("ul", "ur", "us", "uz", "un", "ol", "or") and word in _LATIN_STEMS


def _after_abd(word: str, script: Script) -> str:
    """What follows عبد without its article, however short."""
    if script is Script.ARABIC and word.startswith("ال") and not _is_god(word, script):
        return word[2:] if len(word) > 3 else word
    return _bare(word, script)


def _bare(word: str, script: Script) -> str:
    """The word without a written-on article."""
    if script is Script.ARABIC:
        if word.startswith("ال") and len(word) > 3:
            return word if word.startswith(lexicon.NOT_ARTICLE_ARABIC) else word[2:]
        return word
    if len(word) > 6 and word.startswith("al") and word[2] not in "aeioul":
        return word if word in lexicon.NOT_ARTICLE_LATIN else word[2:]
    return word


def _apart(word: str, script: Script) -> list[_Word]:
    """A doubled given name written as one word → its two words."""
    if script is Script.OTHER or len(word) < 5 or word.startswith(("عبد", "ابو", "abd", "abu")):
        return [(word, script)]
    pattern = _COMPOUND_LATIN if script is Script.LATIN else _COMPOUND_ARABIC
    match = pattern.fullmatch(word)
    if match is None:
        return [(word, script)]
    halves = [half for half in match.groups() if half]
    return [(half, script) for half in halves]


def _same_script(rest: Sequence[_Word], at: int, script: Script) -> list[str]:
    found = []
    for word, other in rest[at : at + 2]:
        if other is not script:
            break
        found.append(word)
    return found
