"""A piece of metadata that was guessed: its value, how sure it is, and what it was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Source(StrEnum):
    """What a value was taken from."""

    TITLE = "title"
    FILE_NAME = "file name"
    TEXT = "text"
    MANIFEST = "manifest"
    HOME = "home"  # the settings' archive.home
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Guess(Generic[Value]):
    """A value with how sure it is (0 to 1) and what it was taken from."""

    value: Value
    confidence: float
    source: Source
