"""What can be set, and where it comes from: youju.toml, then the environment YOUJU_*, then flags; the later wins."""

from __future__ import annotations

import dataclasses
import os
import tomllib
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError

FILE_NAME = "youju.toml"
PREFIX = "YOUJU_"
NOT_SETTINGS = frozenset({"YOUJU_ARCHIVE"})  # the archive's folder, which the command line reads for itself


def _bounded(default: Any, *, low: float | None = None, high: float | None = None) -> Any:
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True, slots=True)
class Load:
    """How files are read."""

    limit_mb: int = _bounded(20, low=1)  # a larger file is refused
    zip_mb: int = _bounded(500, low=1)  # a larger zip of reports is refused; each file in it has the limit above


@dataclass(frozen=True, slots=True)
class Chunk:
    """How sections are cut into passages, in characters."""

    target: int = _bounded(120, low=20, high=2000)
    limit: int = _bounded(300, low=40, high=8000)


@dataclass(frozen=True, slots=True)
class Embedding:
    """Which model turns passages and questions into vectors."""

    model: str = "bundled"  # "bundled", a folder, or a hub name


@dataclass(frozen=True, slots=True)
class Home:
    """Whose archive it is: fills what reports leave unknown or masked."""

    office: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """Where the records are kept and whose they are."""

    records: str = ""  # a database URL; empty: SQLite in the archive folder
    home: Home = field(default_factory=Home)


@dataclass(frozen=True, slots=True)
class Llm:
    """An OpenAI-compatible endpoint that may word answers; without `url` none is used."""

    url: str = ""
    model: str = ""
    key_env: str = "YOUJU_LLM_KEY"  # the name of the environment variable that holds the key
    timeout_s: float = _bounded(30.0, low=1, high=600)


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """When an answer is given and how much is shown for it; thresholds are scores from 0 to 1."""

    figure_threshold: float = _bounded(0.55, low=0, high=1)  # a figure less likely right than this does not answer
    text_threshold: float = _bounded(0.3, low=0, high=1)  # below it a span does not answer
    evidence: int = _bounded(8, low=1, high=50)  # passages shown as evidence
    candidates: int = _bounded(40, low=5, high=500)  # passages that each way of searching brings
    question_limit: int = _bounded(2000, low=20)  # characters
    llm: Llm = field(default_factory=Llm)


@dataclass(frozen=True, slots=True)
class Server:
    """Where the web application listens."""

    host: str = "127.0.0.1"
    port: int = _bounded(7860, low=1, high=65535)
    beside: int = _bounded(-1, low=-1, high=64)  # processes that answer beside the first; -1: cores less one, at most 3
    notice: str = ""  # shown at sign-in and where files are sent; empty: that nothing classified belongs here


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """How long somebody stays signed in, how often one may fail to, and how much is kept of what he asked."""

    idle_hours: float = _bounded(8.0, low=0.1, high=72)  # without a click
    session_days: float = _bounded(7.0, low=0.1, high=90)  # at the longest
    address_failures: int = _bounded(50, low=5)  # wrong passwords from one address within 15 minutes
    history: int = _bounded(5000, low=100)  # questions kept of each account; the oldest go first


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set; every value has a default."""

    load: Load = field(default_factory=Load)
    chunk: Chunk = field(default_factory=Chunk)
    embedding: Embedding = field(default_factory=Embedding)
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    answer: AnswerSettings = field(default_factory=AnswerSettings)
    server: Server = field(default_factory=Server)
    accounts: AccountSettings = field(default_factory=AccountSettings)


def load_settings(
    archive: Path | None = None, env: Mapping[str, str] | None = None, flags: Mapping[str, object] | None = None
) -> Settings:
    """The settings of `youju.toml` in the archive folder (where there is one), overridden by `env`, then by `flags`.

    `env` is the process's environment where None is given; a variable is YOUJU_SECTION_KEY (YOUJU_SERVER_PORT,
    YOUJU_ARCHIVE_HOME_PLACE). Flags are named with dots (`{"server.port": 8080}`); a flag that is None is not set.
    Raises SettingsError that names the source, the key and what is allowed.
    """
    values: dict[str, _Given] = {}
    if archive is not None and (archive / FILE_NAME).is_file():
        values |= _from_table(_read_toml(archive / FILE_NAME), Settings, str(archive / FILE_NAME))
    values |= _from_environment(os.environ if env is None else env)
    known = _keys(Settings)
    for key, value in (flags or {}).items():
        if key not in known:
            raise SettingsError(_unknown("the flags", key, known))
        if value is not None:
            values[key] = _Given("the flags", value, convert=True)
    settings: Settings = _build(Settings, values, "")
    if settings.chunk.limit < settings.chunk.target:
        raise SettingsError(
            f"chunk.limit is {settings.chunk.limit}; it must be at least chunk.target, {settings.chunk.target}"
        )
    return settings


@dataclass(frozen=True, slots=True)
class _Given:
    """A value that somebody set."""

    source: str
    value: object
    convert: bool  # whether a text may stand for a number, as in the environment


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML ({error}); correct that line") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}); check its permissions") from error


def _keys(kind: Any, prefix: str = "") -> dict[str, dataclasses.Field[Any]]:
    """Every dotted key below a settings class, with its field."""
    found: dict[str, dataclasses.Field[Any]] = {}
    hints = typing.get_type_hints(kind)
    for entry in dataclasses.fields(kind):
        if dataclasses.is_dataclass(hints[entry.name]):
            found |= _keys(hints[entry.name], f"{prefix}{entry.name}.")
        else:
            found[prefix + entry.name] = entry
    return found


def _from_table(table: Mapping[str, Any], kind: Any, source: str, prefix: str = "") -> dict[str, _Given]:
    given: dict[str, _Given] = {}
    hints = typing.get_type_hints(kind)
    for name, value in table.items():
        if name not in hints:
            raise SettingsError(_unknown(source, prefix + name, [prefix + known for known in hints]))
        if not dataclasses.is_dataclass(hints[name]):
            given[prefix + name] = _Given(source, value, convert=False)
        elif isinstance(value, dict):
            given |= _from_table(value, hints[name], source, f"{prefix}{name}.")
        else:
            raise SettingsError(f"{source}: {prefix}{name} is a section; write its keys under [{prefix}{name}]")
    return given


def _from_environment(env: Mapping[str, str]) -> dict[str, _Given]:
    names = {PREFIX + key.replace(".", "_").upper(): key for key in _keys(Settings)}
    secrets = {Llm().key_env, env.get(f"{PREFIX}ANSWER_LLM_KEY_ENV", "")}
    given: dict[str, _Given] = {}
    for name, value in env.items():
        if name in names:
            given[names[name]] = _Given(f"the environment variable {name}", value, convert=True)
        elif name.startswith(PREFIX) and name not in NOT_SETTINGS | secrets:
            raise SettingsError(_unknown("the environment", name, names))
    return given


def _unknown(source: str, key: str, known: Iterable[str]) -> str:
    return f"{source}: {key} is not a setting; the settings there are {', '.join(known)}"


def _build(kind: Any, values: Mapping[str, _Given], prefix: str) -> Any:
    hints = typing.get_type_hints(kind)
    arguments: dict[str, Any] = {}
    for entry in dataclasses.fields(kind):
        key = prefix + entry.name
        if dataclasses.is_dataclass(hints[entry.name]):
            arguments[entry.name] = _build(hints[entry.name], values, f"{key}.")
        elif key in values:
            arguments[entry.name] = _checked(key, values[key], hints[entry.name], entry.metadata)
    return kind(**arguments)


def _checked(key: str, given: _Given, kind: type, bounds: Mapping[str, Any]) -> object:
    """The value as `kind`, within its bounds."""
    low, high = bounds.get("low"), bounds.get("high")
    value = _converted(given, kind)
    fits = type(value) is kind
    if fits and isinstance(value, int | float):
        fits = (low is None or value >= low) and (high is None or value <= high)
    if not fits:
        raise SettingsError(f"{given.source}: {key} is {given.value!r}; it must be {_allowed(kind, low, high)}")
    return value


def _converted(given: _Given, kind: type) -> object:
    value = given.value
    if isinstance(value, str) and given.convert:
        try:
            return kind(value.strip())
        except ValueError:
            return value
    return float(value) if kind is float and type(value) is int else value


def _allowed(kind: type, low: float | None, high: float | None) -> str:
    name = {int: "a whole number", float: "a number", str: "a text"}[kind]
    if low is not None and high is not None:
        return f"{name} from {low} to {high}"
    return f"{name} of at least {low}" if low is not None else name
