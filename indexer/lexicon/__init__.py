"""The words of Chinese government reports as data: synonyms, English renderings, places, function words."""

from __future__ import annotations

from indexer.lexicon.english import EnglishMatch
from indexer.lexicon.place_names import Place, PlaceMention
from indexer.lexicon.terms import Lexicon, TermGroup

__all__ = ["EnglishMatch", "Lexicon", "Place", "PlaceMention", "TermGroup"]
