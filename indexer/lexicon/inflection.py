"""English words of a text, and their spellings and endings folded so that one form finds the others.

Folding only has to agree with itself: `seizes`, `seized` and `seizing` give one stem, which need not be a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"[A-Za-zÀ-ÿāēīōūǎěǐǒǔǚ]+[0-9]*(?:[&.'’][A-Za-z0-9]+)*|[0-9]+[A-Za-z]+|[0-9]+")
ACCENTS: Final = str.maketrans("àáâãäåçèéêëìíîïñòóôõöùúûüāēīōūǎěǐǒǔǚ", "aaaaaaceeeeiiiinooooouuuuaeiouaeiouu")

SPELLINGS: Final = {
    "aging": "ageing", "aluminum": "aluminium", "catalog": "catalogue", "center": "centre", "defense": "defence",
    "fiber": "fibre", "fiberoptic": "fibreoptic", "harbor": "harbour", "jewelry": "jewellery", "kilo": "kilogram",
    "labor": "labour", "license": "licence", "liter": "litre", "meter": "metre", "neighborhood": "neighbourhood",
    "mold": "mould", "offense": "offence", "plow": "plough", "program": "programme", "sulfur": "sulphur",
    "theater": "theatre", "tire": "tyre", "ton": "tonne", "aeroplane": "airplane",
    "behavior": "behaviour", "neighbor": "neighbour", "fulfill": "fulfil", "enrollment": "enrolment",
    "skillful": "skilful", "sewerage": "sewage", "kilometer": "kilometre", "centimeter": "centimetre",
    "fertilizer": "fertiliser", "favor": "favour", "honor": "honour", "color": "colour", "caliber": "calibre",
    "modernization": "modernisation", "gray": "grey", "judgment": "judgement",
    "install": "instal", "enroll": "enrol", "km": "kilometre", "kg": "kilogram",
}  # fmt: skip
IRREGULAR_NOUNS: Final = {
    "children": "child", "men": "man", "women": "woman", "feet": "foot", "people": "person", "lives": "life",
    "livestock": "livestock", "criteria": "criterion", "data": "data", "media": "media", "oxen": "ox", "halves": "half",
    "mice": "mouse", "buses": "bus", "viruses": "virus", "bonuses": "bonus", "campuses": "campus",
    "wolves": "wolf", "leaves": "leaf", "knives": "knife", "shelves": "shelf", "housewives": "housewife",
}  # fmt: skip
IRREGULAR_VERBS: Final = {
    "began": "begin", "begun": "begin", "bought": "buy", "brought": "bring", "built": "build", "came": "come",
    "caught": "catch", "chosen": "choose", "cut": "cut", "did": "do", "done": "do", "drew": "draw", "drawn": "draw",
    "dug": "dig", "fallen": "fall", "fell": "fall", "found": "find", "gave": "give", "given": "give", "gone": "go",
    "got": "get", "grew": "grow", "grown": "grow", "held": "hold", "kept": "keep", "laid": "lay", "led": "lead",
    "left": "leave", "lent": "lend", "lost": "lose", "made": "make", "met": "meet", "paid": "pay", "ran": "run",
    "rebuilt": "rebuild", "rose": "rise", "risen": "rise", "sank": "sink", "sent": "send", "shown": "show",
    "shut": "shut", "sold": "sell", "spent": "spend", "stolen": "steal", "taken": "take", "taught": "teach",
    "took": "take", "torn": "tear", "tore": "tear", "went": "go", "won": "win", "withdrawn": "withdraw",
    "withdrew": "withdraw", "wrote": "write", "written": "write", "has": "have", "had": "have", "dealt": "deal",
    "overtook": "overtake", "undertook": "undertake", "undertaken": "undertake", "sown": "sow",
    "stood": "stand", "became": "become", "hit": "hit", "put": "put", "set": "set", "fought": "fight", "fed": "feed",
    "died": "die", "dying": "die", "tied": "tie", "lain": "lie", "swept": "sweep", "swum": "swim", "bred": "breed",
}  # fmt: skip
IZE: Final = (("ization", "isation"), ("izing", "ising"), ("ized", "ised"), ("izes", "ises"), ("ize", "ise"))
FUNCTION_WORDS: Final = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "by",
        "with",
        "from",
        "into",
        "their",
        "its",
        "all",
        "among",
    )
)
NO_PLURAL: Final = ("ss", "us", "is", "as")
FORMS_KEPT: Final = 20_000  # words whose forms are kept: the glossary has some thousands, each in many phrases
VOWELS: Final = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class EnglishWord:
    """A word with its place in the text; `form` is in lower case and British spelling, `stem` has no ending."""

    form: str
    number_form: str  # the singular
    stem: str
    start: int
    end: int


def english_words(text: str) -> list[EnglishWord]:
    """The English words and numbers of a text, in order; a hyphen parts two words, a possessive 's is left out."""
    words: list[EnglishWord] = []
    for match in WORD.finditer(text):
        written = match.group().replace("’", "'")
        bare = written.removesuffix("'s").removesuffix("'S")
        words.append(EnglishWord(*_forms(bare), match.start(), match.start() + len(bare)))
    return words


@lru_cache(maxsize=FORMS_KEPT)
def _forms(written: str) -> tuple[str, str, str]:
    """A word as written in lower case and British spelling, its singular, and its stem."""
    form = fold_spelling(written.replace("'", "").lower().translate(ACCENTS))
    singular = fold_number(form)
    return form, singular, fold_verb(singular)


def content_words(text: str) -> list[EnglishWord]:
    """The words of a text without function words; those that a hyphen ties to a neighbour stay: the in of trade-in."""
    return telling_words(text, english_words(text))


def telling_words(text: str, words: Iterable[EnglishWord]) -> list[EnglishWord]:
    """Of the `words` of a text those that `content_words` gives."""
    return [
        word
        for word in words
        if word.form not in FUNCTION_WORDS or "-" in (text[word.start - 1 : word.start], text[word.end : word.end + 1])
    ]


def fold_spelling(word: str) -> str:
    """The British spelling of a word in lower case: kilometer → kilometre, organize → organise."""
    if word in SPELLINGS:
        return SPELLINGS[word]
    if word.endswith("s") and word[:-1] in SPELLINGS:
        return SPELLINGS[word[:-1]] + "s"
    for american, british in IZE:
        if word.endswith(american) and len(word) > len(american) + 2:  # not sized, seized
            return word.removesuffix(american) + british
    return word


def fold_number(word: str) -> str:
    """The singular of a noun: bridges → bridge, factories → factory, gas and access stay."""
    if word in IRREGULAR_NOUNS:
        return IRREGULAR_NOUNS[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(NO_PLURAL):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def fold_verb(word: str) -> str:
    """The stem that the forms of a verb share: seize, seized, seizing → seiz; plan, planned, planning → plan."""
    if word in IRREGULAR_VERBS:
        return _trimmed(IRREGULAR_VERBS[word])
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and not VOWELS.isdisjoint(stem):
            return _trimmed(stem)
    return _trimmed(word)


def _trimmed(stem: str) -> str:
    """The stem without a final e or a doubled last consonant."""
    if stem.endswith("e") and len(stem) > 3:
        stem = stem[:-1]
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in VOWELS else stem
