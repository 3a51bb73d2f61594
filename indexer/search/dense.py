"""The vectors of passages in FAISS, in a file that is replaced as a whole and trusted only if its header matches."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from indexer.search.damage import damage
from indexer.search.protocol import Hit, IndexDamagedError, LogPosition, Recipe, Vectors

HEADER = "vectors.json"
FLAT_LIMIT = 200_000  # passages; from here on lists of compressed vectors: 1 M × 256 in 0.3 ms instead of 37 ms
LISTS, PROBED = 1024, 16
PYTHON_FAISS: Any = faiss  # its type hints describe C++: they know nothing of keywords and of arrays for pointers
SAVE_AT_ONCE = 64_000_000  # bytes; a larger file is written at the end of a run, not after every batch


@dataclass(frozen=True, slots=True)
class State:
    """The vectors at one number of the log. What is published is never changed; a change works on a copy."""

    index: Any  # faiss.Index
    ranges: dict[int, tuple[int, int]]  # report's row → its first passage and their count
    position: LogPosition


class DenseIndex:
    """Passage vectors, found by inner product."""

    def __init__(self, folder: Path, recipe: Recipe, *, flat_limit: int = FLAT_LIMIT, lists: int = LISTS) -> None:
        self.folder = folder
        self._recipe = recipe
        self._flat_limit = flat_limit
        self._lists = lists
        self._seen = ""  # checksum of the header last read
        self._state = State(_flat(recipe.dimension), {}, LogPosition())
        self._working: State | None = None
        self.refresh()

    @property
    def position(self) -> LogPosition:
        """How far the vectors have followed the log, on the disk or about to be."""
        return (self._working or self._state).position

    def refresh(self) -> None:
        """Read the file again where its header has changed; what cannot be trusted counts as not there."""
        if self._working is not None:
            return
        try:
            header = _read_header(self.folder)
            if header["check"] != self._seen:
                self._state = self._loaded(header)
                self._seen = header["check"]
        except IndexDamagedError:
            self._state, self._seen = State(_flat(self._recipe.dimension), {}, LogPosition()), ""

    def change(self, position: LogPosition, gone: Iterable[int], added: Iterable[tuple[int, int, Vectors]]) -> None:
        """Take reports out and bring reports in: row, number of the first passage, vectors."""
        if position.number <= self.position.number:
            return
        state = self._working or State(faiss.clone_index(self._state.index), dict(self._state.ranges), LogPosition())
        incoming = list(added)
        for row in {*gone, *(row for row, _, _ in incoming)} & state.ranges.keys():
            first, count = state.ranges.pop(row)
            state.index.remove_ids(faiss.IDSelectorRange(first, first + count))
        if incoming:
            vectors = np.concatenate([vectors for _, _, vectors in incoming]).astype(np.float32)
            numbers = np.concatenate([np.arange(first, first + len(part)) for _, first, part in incoming])
            state.index.add_with_ids(vectors, numbers.astype(np.int64))
            state.ranges.update({row: (first, len(part)) for row, first, part in incoming if len(part)})
        self._working = State(self._sized(state), state.ranges, position)
        if self._working.index.ntotal * self._recipe.dimension * 4 < SAVE_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what was changed to a new file, sync it, and let the header point to it."""
        if self._working is None:
            return
        with damage("write"):
            self._write(self._working)

    def _write(self, state: State) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        content = faiss.serialize_index(state.index).tobytes()
        name = f"vectors-{state.position.number}-{uuid.uuid4().hex[:8]}.faiss"
        _write_synced(self.folder / name, content)
        header = self._header(state, name, content)
        temporary = self.folder / (HEADER + ".new")
        _write_synced(temporary, json.dumps(header).encode("ascii"))
        temporary.replace(self.folder / HEADER)
        self._state, self._working, self._seen = state, None, header["check"]
        for old in self.folder.glob("vectors-*.faiss"):
            if old.name != name:
                old.unlink(missing_ok=True)

    def search(self, vector: Vectors, *, reports: Collection[int] | None, k: int) -> list[Hit]:
        """At most `k` passages by inner product, best first; equal scores by rising number."""
        state = self._state
        if reports is not None:
            reports = [row for row in reports if row in state.ranges]
        if k < 1 or not state.ranges or (reports is not None and not reports):
            return []
        parameters = _parameters(state, reports)
        question = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        with _one_thread():
            scores, numbers = state.index.search(question, min(k, state.index.ntotal), params=parameters)
        found = [(int(number), float(score)) for number, score in zip(numbers[0], scores[0], strict=True)]
        hits = [Hit(number, score) for number, score in found if number >= 0]  # FAISS fills up with −1
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))

    def ids(self) -> list[int]:
        """The rising numbers of all passages that have a vector here."""
        ranges = sorted(self._state.ranges.values())
        return [number for first, count in ranges for number in range(first, first + count)]

    def verify(self) -> None:
        """Look whether the file is as it was written. Raises IndexDamagedError."""
        self._loaded(_read_header(self.folder))

    def wipe(self) -> None:
        """Throw the vectors away; the next change makes them anew."""
        self._state, self._working, self._seen = State(_flat(self._recipe.dimension), {}, LogPosition()), None, ""
        (self.folder / HEADER).unlink(missing_ok=True)
        for old in self.folder.glob("vectors-*.faiss"):
            old.unlink(missing_ok=True)

    def _sized(self, state: State) -> Any:
        """The index in the shape that suits its size."""
        count = sum(count for _, count in state.ranges.values())
        if count < self._flat_limit or isinstance(state.index, faiss.IndexIVF):
            return state.index
        numbers = faiss.vector_to_array(state.index.id_map)
        vectors = faiss.downcast_index(state.index.index).reconstruct_n(0, len(numbers))
        made = faiss.index_factory(self._recipe.dimension, f"IVF{self._lists},SQ8", faiss.METRIC_INNER_PRODUCT)
        made.train(vectors)
        made.add_with_ids(vectors, numbers)
        return made

    def _header(self, state: State, name: str, content: bytes) -> dict[str, Any]:
        header: dict[str, Any] = {
            "recipe": asdict(self._recipe),
            "log": [state.position.number, state.position.stamp],
            "file": name,
            "count": state.index.ntotal,
            "blake2b": hashlib.blake2b(content).hexdigest(),
            "ranges": [[row, first, count] for row, (first, count) in state.ranges.items()],
        }
        return header | {"check": _check_of(header)}

    def _loaded(self, header: dict[str, Any]) -> State:
        wanted = asdict(self._recipe)
        # Vectors know nothing of words: another segmenter leaves them as they are.
        if {**header["recipe"], "segmenter": ""} != {**wanted, "segmenter": ""}:
            raise IndexDamagedError(f"{self.folder / HEADER} is of another archive, model or format")
        path = self.folder / Path(header["file"]).name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise IndexDamagedError(f"{path}: {error.strerror}") from error
        if hashlib.blake2b(content).hexdigest() != header["blake2b"]:
            raise IndexDamagedError(f"{path} does not match its header")
        index = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))  # downcast_index would free it
        ranges = {row: (first, count) for row, first, count in header["ranges"]}
        return State(index, ranges, LogPosition(*header["log"]))


@contextmanager
def _one_thread() -> Iterator[None]:
    """FAISS without its other threads: it shares out questions among them, and one question would only wait for them."""
    threads = PYTHON_FAISS.omp_get_max_threads()
    PYTHON_FAISS.omp_set_num_threads(1)
    try:
        yield
    finally:
        PYTHON_FAISS.omp_set_num_threads(threads)


def _flat(dimension: int) -> Any:
    return faiss.IndexIDMap(faiss.IndexFlatIP(dimension))


def _parameters(state: State, reports: Collection[int] | None) -> Any:
    """What FAISS needs to know of a search: which passages may be found, and how many lists to look into."""
    lists = isinstance(state.index, faiss.IndexIVF)
    selector, share = None, 1.0
    if reports is not None and len(reports) < len(state.ranges):
        allowed = [state.ranges[row] for row in reports]
        selector = _bitmap(allowed)
        share = sum(count for _, count in allowed) / state.index.ntotal
    if not lists:
        return None if selector is None else PYTHON_FAISS.SearchParameters(sel=selector)
    # A narrow filter leaves few passages in each list: look into as many more lists as it is narrow.
    probed = min(state.index.nlist, max(PROBED, round(PROBED / share)))
    if selector is None:
        return PYTHON_FAISS.SearchParametersIVF(nprobe=probed)
    return PYTHON_FAISS.SearchParametersIVF(nprobe=probed, sel=selector)


def _bitmap(ranges: Iterable[tuple[int, int]]) -> Any:
    pieces = sorted(ranges)
    flags: npt.NDArray[np.uint8] = np.zeros(pieces[-1][0] + pieces[-1][1], dtype=np.uint8)
    for first, count in pieces:
        flags[first : first + count] = 1
    return PYTHON_FAISS.IDSelectorBitmap(np.packbits(flags, bitorder="little"))


def _read_header(folder: Path) -> dict[str, Any]:
    path = folder / HEADER
    try:
        header = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise IndexDamagedError(f"{path}: {error}") from error
    if not isinstance(header, dict) or header.pop("check", None) != (check := _check_of(header)):
        raise IndexDamagedError(f"{path} was changed")
    return header | {"check": check}


def _check_of(header: dict[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(header, sort_keys=True).encode("ascii"), digest_size=16).hexdigest()


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
