"""A tantivy index of documents made of words: opened, checked, changed and asked. Passages and figures have one."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from indexer.search.damage import checksum, damage
from indexer.search.protocol import Group, Hit, IndexDamagedError, LogPosition, Recipe

SUMS = "sums.json"  # checksum of each file of the index that never changes once written
CHANGING = frozenset({"meta.json", ".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock", SUMS})
HEAP = 64_000_000  # bytes the writer gathers before it writes
SPARE = 16  # hits asked for beyond k, so that equal scores at the end are cut by number and not by chance


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of an index: words to be searched, and texts and numbers to be filtered by."""

    words: tuple[str, ...]
    labels: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def schema(self) -> tantivy.Schema:
        """The layout with what every index has: the document's number, its report, and the mark."""
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("id", fast=True)
        # Not unsigned: there delete_documents_by_term silently deletes nothing (tantivy 0.27).
        builder.add_integer_field("report", indexed=True)
        for name in self.words:
            builder.add_text_field(name, tokenizer_name="words", index_option="freq")
        for name in self.labels:
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        for name in self.numbers:
            builder.add_integer_field(name, indexed=True)
        builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("mark", stored=True, tokenizer_name="raw", index_option="basic")
        return builder.build()


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A document: its number, and a text or numbers by field."""

    id: int
    fields: Mapping[str, str | tuple[int, ...]]


Added = tuple[int, Iterable[WordDocument]]
"""A report that comes in: its row and its documents."""


class KeywordIndex:
    """An opened tantivy index.

    One more document, the mark, says which recipe the index was made by and the last log number in it. It is committed
    together with the documents, so that a killed writer leaves both as they were before.
    """

    def __init__(self, folder: Path, layout: Layout, recipe: Recipe) -> None:
        self.folder = folder
        self.position = LogPosition()
        self._layout = layout
        self._recipe = recipe
        self._schema = layout.schema()
        self._index: tantivy.Index | None = None
        self._searcher: tantivy.Searcher | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._lock = threading.Lock()
        self.refresh()

    @property
    def usable(self) -> bool:
        """Whether the index can be asked; else it must be made again from log number 0."""
        return self._searcher is not None

    def refresh(self) -> None:
        """See what is on the disk now; what cannot be used counts as not there."""
        with self._lock:
            try:
                if self._index is None:
                    self.verify()
                    self._index = self._opened()
                with damage("reload"):
                    self._index.reload()
                    searcher = self._index.searcher()
                    self.position = self._read_mark(searcher)
                self._searcher = searcher
            except IndexDamagedError:
                self._index, self._searcher, self.position = None, None, LogPosition()

    def change(self, position: LogPosition, gone: Iterable[int], added: Iterable[Added]) -> None:
        """Take reports out, bring reports in, and mark the index with `position`, in one commit."""
        if position.number <= self.position.number:
            return
        if not self.usable:
            self._make()
        try:
            with damage("write"):
                self._write(self._open_writer(), position, gone, added)
        except BaseException:
            self._writer = None  # what it had gathered is given up; the log brings it again
            raise
        self.refresh()

    def flush(self) -> None:
        """Let merging end, let other processes write, and note the checksums of the files."""
        if self._writer is None:
            return
        with damage("merge"):
            self._writer.wait_merging_threads()
            self._writer = None
        sums = {name: checksum(self.folder / name) for name in self._files()}
        temporary = self.folder / (SUMS + ".new")
        temporary.write_text(json.dumps(sums), encoding="ascii")
        temporary.replace(self.folder / SUMS)
        self.refresh()

    def close(self) -> None:
        """Give the index back."""
        self.flush()
        self._index = self._searcher = None

    def search(self, query: Query, *, reports: Collection[int] | None, k: int) -> list[Hit]:
        """At most `k` documents that match, best first; equal scores by rising number. Raises IndexDamagedError."""
        searcher = self._searcher
        if searcher is None or k < 1 or (reports is not None and not reports):
            return []
        parts = [(Occur.Must, query), (Occur.MustNot, Query.term_query(self._schema, "key", "mark"))]
        if reports is not None:
            allowed = Query.term_set_query(self._schema, "report", sorted(reports))
            parts.append((Occur.Must, Query.const_score_query(allowed, 0.0)))
        with damage("search"):
            found = searcher.search(Query.boolean_query(parts), limit=k + SPARE, count=False).hits
            numbers = searcher.fast_field_values("id", [address for _, address in found])
        hits = [Hit(int(number or 0), float(score)) for number, (score, _) in zip(numbers, found, strict=True)]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:k]

    def matching(self, groups: Sequence[Group], weights: Mapping[str, float]) -> Query | None:
        """A query for any of the groups; a word counts in each field by its weight. None where no word is known."""
        parts = [query for group in groups if (query := self._group(group, weights)) is not None]
        if not parts:
            return None
        return Query.boolean_query([(Occur.Should, part) for part in parts])

    def having(self, field: str, values: Iterable[str | int]) -> Query:
        """A query of no score for documents with one of the values."""
        return Query.const_score_query(Query.term_set_query(self._schema, field, list(values)), 0.0)

    def count(self, field: str, word: str, reports: Collection[int] | None = None) -> int:
        """In how many documents of `reports` (None: all) the word stands in the field."""
        if self._searcher is None:
            return 0
        query = Query.term_query(self._schema, field, word, index_option="freq")
        if reports is not None:
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, self.having("report", reports))])
        with damage("count"):
            return int(self._searcher.search(query, limit=1, count=True).count)

    def ids(self) -> list[int]:
        """The rising numbers of all documents."""
        searcher = self._searcher
        if searcher is None:
            return []
        with damage("list"):
            found = searcher.search(Query.all_query(), limit=max(searcher.num_docs, 1), count=False).hits
            numbers = searcher.fast_field_values("id", [address for _, address in found])
        return sorted(int(number) for number in numbers if number is not None)

    def verify(self) -> None:
        """Compare each noted file that is still there with its checksum; a later writer may have merged files away.

        Raises IndexDamagedError.
        """
        try:
            sums = dict(json.loads((self.folder / SUMS).read_text(encoding="ascii")))
        except FileNotFoundError:
            return
        except (OSError, ValueError, TypeError) as error:
            raise IndexDamagedError(f"{self.folder / SUMS}: {error}") from error
        for name, expected in sums.items():
            path = self.folder / name
            try:
                if checksum(path) != expected:
                    raise IndexDamagedError(f"{path} was changed")
            except FileNotFoundError:
                continue

    def wipe(self) -> None:
        """Throw the index away; the next change makes it anew."""
        self._index = self._searcher = self._writer = None
        self.position = LogPosition()
        shutil.rmtree(self.folder) if self.folder.is_dir() else self.folder.unlink(missing_ok=True)

    def _group(self, group: Group, weights: Mapping[str, float]) -> Query | None:
        words = [(word, weight) for word, weight in group if weight > 0]
        alternatives = [query for word, weight in words if (query := self._word(word, weight, weights)) is not None]
        if not alternatives:
            return None
        return alternatives[0] if len(alternatives) == 1 else Query.disjunction_max_query(alternatives)

    def _word(self, word: str, weight: float, weights: Mapping[str, float]) -> Query | None:
        searcher = self._searcher
        if searcher is None:
            return None
        parts = []
        for field, field_weight in weights.items():
            if field_weight > 0 and searcher.doc_freq(field, word):
                query = Query.term_query(self._schema, field, word, "freq")
                parts.append((Occur.Should, Query.boost_query(query, weight * field_weight)))
        return Query.boolean_query(parts) if parts else None

    def _opened(self) -> tantivy.Index:
        with damage("open"):
            if not (self.folder / "meta.json").is_file():
                raise IndexDamagedError(f"{self.folder} is not there")
            index = tantivy.Index.open(str(self.folder))
            self._configure(index)
            return index

    def _make(self) -> None:
        self.wipe()
        self.folder.mkdir(parents=True)
        with damage("make"):
            self._index = tantivy.Index(self._schema, path=str(self.folder), reuse=False)
            self._configure(self._index)

    def _configure(self, index: tantivy.Index) -> None:
        # A tokenizer is not kept with the index: it is registered at every opening.
        index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        index.config_reader("manual")

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            if self._index is None:
                raise IndexDamagedError(f"{self.folder} is not open")
            self._writer = self._index.writer(HEAP, 1)
        return self._writer

    def _tantivy_document(self, row: int, document: WordDocument) -> tantivy.Document:
        made = tantivy.Document()
        made.add_unsigned("id", document.id)
        made.add_integer("report", row)
        for name, value in document.fields.items():
            if isinstance(value, str):
                made.add_text(name, value)
            else:
                for number in value:
                    made.add_integer(name, number)
        return made

    def _write(
        self,
        writer: tantivy.IndexWriter,
        position: LogPosition,
        gone: Iterable[int],
        added: Iterable[Added],
    ) -> None:
        for row in gone:
            writer.delete_documents_by_term("report", row)
        for row, documents in added:
            writer.delete_documents_by_term("report", row)
            for document in documents:
                writer.add_document(self._tantivy_document(row, document))
        self._write_mark(writer, position)
        writer.commit()

    def _write_mark(self, writer: tantivy.IndexWriter, position: LogPosition) -> None:
        writer.delete_documents_by_term("key", "mark")
        mark = tantivy.Document()
        mark.add_text("key", "mark")
        mark.add_text("mark", json.dumps({"recipe": self._stamp(), "log": [position.number, position.stamp]}))
        writer.add_document(mark)

    def _read_mark(self, searcher: tantivy.Searcher) -> LogPosition:
        """The position in the mark. Raises IndexDamagedError where it is missing or of another recipe."""
        found = searcher.search(Query.term_query(self._schema, "key", "mark"), limit=1, count=False).hits
        if not found:
            raise IndexDamagedError(f"{self.folder} has no mark")
        mark = json.loads(str(searcher.doc(found[0][1]).get_first("mark")))
        if mark.get("recipe") != self._stamp():
            raise IndexDamagedError(f"{self.folder} was made otherwise")
        return LogPosition(*mark["log"])

    def _stamp(self) -> str:
        """What of the recipe decides this index: words do not depend on the embedding model."""
        recipe = self._recipe
        return json.dumps([asdict(self._layout), recipe.archive, recipe.segmenter, recipe.format])

    def _files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir() if path.is_file() and path.name not in CHANGING)
