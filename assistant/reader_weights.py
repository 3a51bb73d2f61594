"""The reader's learned weights: `reader_weights.json`, written by `assistant.train_reader`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final

FILE_NAME: Final = "reader_weights.json"


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """What each feature adds to a figure's score, and the logistic model of how likely the best figure is right."""

    ranking: Mapping[str, float]
    intercept: float
    confidence: Mapping[str, float]


def read_weights() -> ReaderWeights:
    """The weights that ship with the product."""
    source = json.loads((files("assistant") / FILE_NAME).read_text(encoding="utf-8"))
    return ReaderWeights(MappingProxyType(source["ranking"]), source["intercept"], MappingProxyType(source["weights"]))
