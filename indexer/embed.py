"""Embedders: texts to vectors of length one, by the bundled table of vectors or by any sentence-transformers model.

A table (StaticEmbedding) is read with tokenizers, safetensors and numpy; everything else needs torch.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from indexer.errors import ModelError
from indexer.recent import Recent

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED: Final = "bundled"
WEIGHTS: Final = "model.safetensors"
TOKENIZER: Final = "tokenizer.json"
HUB_NAME: Final = re.compile(r"[\w-][\w.-]*(/[\w.-]+)?")
TEXTS_AT_ONCE: Final = 256
KEPT_TEXTS, KEPT_LENGTH = 10_000, 100  # vectors of short texts that questions compare again and again: 11 MB
TOKENS_AT_ONCE: Final = 65_536  # 64 MiB of float32 vectors at 256 dimensions


Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors that are near one another where the texts mean the same."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Names the model by its content: vectors of models with different fingerprints must not be compared."""

    def encode_passages(self, texts: list[str]) -> Vectors:
        """One row per text, of length one; a text without a single known piece gives a row of zeros."""

    def encode_questions(self, texts: list[str]) -> Vectors:
        """The same for questions, which some models treat differently."""


class StaticEmbedder:
    """A table of vectors, read without torch: a text is the mean of the vectors of its pieces, at length one."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = _read_tokenizer(folder)
        self._table = _read_table(folder)
        self._fingerprint = hash_files(folder, [folder / WEIGHTS, folder / TOKENIZER])
        self._kept: Recent[str, Vectors] = Recent(KEPT_TEXTS)
        size = self._tokenizer.get_vocab_size()
        if size > len(self._table):
            raise _broken(folder, f"its tokenizer knows {size} pieces, its table {len(self._table)}")

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._table.shape[1])

    @property
    def fingerprint(self) -> str:
        """The hash of table and tokenizer."""
        return self._fingerprint

    def encode_passages(self, texts: list[str]) -> Vectors:
        """One row per text, of length one; a row of zeros for a text without a piece."""
        if not 0 < len(texts) <= TEXTS_AT_ONCE:  # a whole report: each text is met once
            return self._encode(texts)
        found = {text: vector for text in texts if (vector := self._kept.get(text)) is not None}
        if missing := list(dict.fromkeys(text for text in texts if text not in found)):
            for text, row in zip(missing, self._encode(missing), strict=True):
                found[text] = vector = row.copy()
                if len(text) <= KEPT_LENGTH:
                    self._kept.put(text, vector)
        return np.array([found[text] for text in texts], dtype=np.float32)

    def _encode(self, texts: list[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            part = texts[start : start + TEXTS_AT_ONCE]
            found = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(part, add_special_tokens=False)]
            for first, last in _groups([len(ids) for ids in found]):
                vectors[start + first : start + last] = self._mean(found[first:last])
        return _normalise(vectors)

    def encode_questions(self, texts: list[str]) -> Vectors:
        """As `encode_passages`: the table treats both alike."""
        return self.encode_passages(texts)

    def _mean(self, found: list[list[int]]) -> Vectors:
        """The mean vector of each list of piece numbers; zeros for an empty list."""
        lengths = np.array([len(ids) for ids in found])
        means = np.zeros((len(found), self.dimension), dtype=np.float32)
        held = lengths > 0
        if held.any():
            rows = self._table[np.fromiter(chain.from_iterable(found), dtype=np.int64, count=int(lengths.sum()))]
            starts = np.concatenate([[0], np.cumsum(lengths[held])[:-1]])
            means[held] = np.add.reduceat(rows, starts, axis=0) / lengths[held, None]
        return means


class SentenceTransformerEmbedder:
    """Any other sentence-transformers model, from a folder or by its hub name, with its own prompts."""

    def __init__(self, name: str) -> None:
        self._model = _load_transformer(name)
        dimension: int | None = self._model.get_embedding_dimension()
        if dimension is None:
            raise ModelError(f"The embedding model {name} does not say how long its vectors are; choose another model.")
        self._dimension = dimension
        self._fingerprint = _fingerprint(self._model, name)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._dimension

    @property
    def fingerprint(self) -> str:
        """The hash of the weights and prompts."""
        return self._fingerprint

    def encode_passages(self, texts: list[str]) -> Vectors:
        """One row per text, of length one; a row of zeros for a blank text."""
        return self._encode(self._model.encode_document, texts)

    def encode_questions(self, texts: list[str]) -> Vectors:
        """The same with the model's prompt for questions, where it has one."""
        return self._encode(self._model.encode_query, texts)

    def _encode(self, encode: Callable[..., Any], texts: list[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        written = [number for number, text in enumerate(texts) if text.strip()]
        if written:
            vectors[written] = encode([texts[number] for number in written], show_progress_bar=False)
        return _normalise(vectors)


def open_embedder(name: str = BUNDLED) -> Embedder:
    """The embedder called `name`: "bundled", a folder of a sentence-transformers model, or a name on the model hub.

    Only a hub name may touch the network. Raises ModelError where there is no such model or it cannot be read.
    """
    folder = bundled_folder() if name == BUNDLED else Path(name).expanduser()
    if folder.is_dir():
        return StaticEmbedder(folder) if _is_static(folder) else SentenceTransformerEmbedder(str(folder))
    if name == BUNDLED or not HUB_NAME.fullmatch(name):
        raise ModelError(f"There is no embedding model in {folder}: {_remedy(name == BUNDLED)}.")
    return SentenceTransformerEmbedder(name)


def bundled_folder() -> Path:
    """Where the model that comes with the package lies."""
    return Path(str(files("indexer") / "model"))


def _is_static(folder: Path) -> bool:
    """Whether `modules.json` names a table of vectors and nothing else that changes them."""
    path = folder / "modules.json"
    try:
        modules = json.loads(path.read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
        places = [str(module["path"]) for module in modules]
    except FileNotFoundError:
        raise _broken(folder, "it has no modules.json") from None
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise _broken(folder, f"its modules.json cannot be read ({problem})") from problem
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]) and places[0] == ""


def _read_table(folder: Path) -> Vectors:
    path = folder / WEIGHTS
    try:
        tensors = load_file(path)
    except (OSError, SafetensorError) as problem:
        raise _broken(folder, f"its {WEIGHTS} cannot be read ({problem})") from problem
    table = tensors.get("embedding.weight")
    if table is None or table.ndim != 2:
        raise _broken(folder, f"its {WEIGHTS} holds no table called embedding.weight")
    return np.ascontiguousarray(table, dtype=np.float32)


def _read_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a folder. It is looked at first: the library's own error has no class that could be caught."""
    try:
        written = (folder / TOKENIZER).read_text(encoding="utf-8")
        known = bool(json.loads(written)["model"]["vocab"])
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise _broken(folder, f"its {TOKENIZER} cannot be read ({problem})") from problem
    if not known:
        raise _broken(folder, f"its {TOKENIZER} has no vocabulary")
    tokenizer = Tokenizer.from_str(written)
    tokenizer.no_padding()
    return tokenizer


def _load_transformer(name: str) -> SentenceTransformer:
    """The model in a folder or of a hub name; a folder is read without touching the network."""
    from sentence_transformers import SentenceTransformer

    is_folder = Path(name).is_dir()
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=is_folder)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as problem:
        first_line = (str(problem).splitlines() or [type(problem).__name__])[0]
        if is_folder:
            raise _broken(Path(name), first_line) from problem
        raise ModelError(
            f"The embedding model {name} is neither a folder nor to be had from the model hub ({first_line}): "
            f"{_remedy(False)}."
        ) from problem


def _fingerprint(model: SentenceTransformer, name: str) -> str:
    """The hash of a folder's files; of a model from the hub, of its weights and prompts."""
    folder = Path(name)
    if folder.is_dir():
        return hash_files(folder, sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md"))
    digest = hashlib.blake2b(json.dumps(model.prompts, sort_keys=True).encode(), digest_size=16)
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.detach().cpu().float().numpy().tobytes())
    return digest.hexdigest()


def hash_files(folder: Path, paths: Iterable[Path]) -> str:
    """The BLAKE2b hash (32 hexadecimal digits) of the files' names within `folder` and of their content."""
    digest = hashlib.blake2b(digest_size=16)
    for path in paths:
        digest.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as content:
            for block in iter(lambda: content.read(1 << 20), b""):
                digest.update(block)
    return digest.hexdigest()


def _groups(lengths: list[int]) -> Iterator[tuple[int, int]]:
    """Ranges of successive texts of at most TOKENS_AT_ONCE pieces; a longer text is a range of its own."""
    first, pieces = 0, 0
    for number, length in enumerate(lengths):
        if pieces and pieces + length > TOKENS_AT_ONCE:
            yield first, number
            first, pieces = number, 0
        pieces += length
    if lengths:
        yield first, len(lengths)


def _normalise(vectors: Vectors) -> Vectors:
    """Every row at length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    even: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return even


def _broken(folder: Path, why: str) -> ModelError:
    return ModelError(f"The embedding model in {folder} is broken: {why}; {_remedy(folder == bundled_folder())}.")


def _remedy(bundled: bool) -> str:
    if bundled:
        return "install the package again, or make the model with `make train-embedder`"
    return "set embedding.model to `bundled`, to the folder of a sentence-transformers model, or to its name on the hub"
