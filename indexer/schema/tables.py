"""The tables of the records: everything that must not be lost, in types that SQLite and PostgreSQL share.

Rows of reports, passages and figures are numbered from `counters` and a number is never used twice, so that a search
index which is behind can never take one thing for another. A report's passages are numbered on from `first_passage`
without a gap, its figures from `first_figure`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

FORMAT = 3  # of these tables and those of people.py; raise it together with a step in migrations.py

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))

counters = Table(
    "counters", metadata, Column("name", String(20), primary_key=True), Column("next", BigInteger, nullable=False)
)

reports = Table(
    "reports",
    metadata,
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("id", String(120), nullable=False, unique=True),
    Column("path", String(1000), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("genre", String(20), nullable=False),
    Column("issuer", Text),
    Column("place", Text),
    Column("level", String(20), nullable=False),
    Column("year", Integer),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("visibility", String(20), nullable=False),
    Column("source_hash", String(64), nullable=False),
    Column("made_from", String(64), nullable=False),  # hash of all that decides how the report is taken in
    Column("first_passage", BigInteger, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("first_figure", BigInteger, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("removed_at", DateTime),
    Column("guesses", Text, nullable=False),  # JSON: field → value, confidence, source
    Column("text", Text, nullable=False),
)

originals = Table(
    "originals",
    metadata,
    Column("report", BigInteger, ForeignKey("reports.row"), primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("compressed", LargeBinary, nullable=False),  # zlib
)

sections = Table(
    "sections",
    metadata,
    Column("report", BigInteger, ForeignKey("reports.row"), primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("path", Text, nullable=False),  # JSON: headings from the outermost in
    Column("kind", String(20), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("report", BigInteger, ForeignKey("reports.row"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    Column("passage", BigInteger, ForeignKey("passages.id"), primary_key=True, autoincrement=False),
    Column("model", String(120), primary_key=True),  # fingerprint
    Column("halves", LargeBinary, nullable=False),  # float16, little-endian
)

figures = Table(
    "figures",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("report", BigInteger, ForeignKey("reports.row"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("passage", Integer, nullable=False),  # ordinal
    Column("passage_id", BigInteger, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("written", Text, nullable=False),
    Column("low", Text),  # decimals are kept as text: exact in every database
    Column("high", Text),
    Column("approximate", Boolean, nullable=False),
    Column("masked", Boolean, nullable=False),
    Column("unit", Text, nullable=False),
    Column("base_unit", Text, nullable=False),
    Column("scale", Text, nullable=False),
    Column("dimension", String(40), nullable=False),
    Column("measure", String(20), nullable=False),
    Column("role", String(20), nullable=False),
    Column("subject_start", Integer),
    Column("subject_end", Integer),
    Column("subject_text", Text, nullable=False),
    Column("qualifiers", Text, nullable=False),  # JSON
    Column("period_start", Date),
    Column("period_end", Date),
    Column("scope", Text),
    Column("basis", String(20), nullable=False),
    Column("base_period", Text),
    Column("part_of", Integer),  # ordinal
    Column("part_link", String(20)),
    Column("clause_start", Integer, nullable=False),
    Column("clause_end", Integer, nullable=False),
    Column("said", Text, nullable=False, server_default=""),  # the clause itself: the ledger's filters look into it
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),  # add, replace, remove, restore, purge, metadata, vectors
    Column("report", BigInteger, nullable=False),
    Column("at", DateTime, nullable=False),
    Index("changes_report", "report"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # of the change that made it
    Column("report", BigInteger, ForeignKey("reports.row"), nullable=False, index=True),
    Column("quote", Text, nullable=False),  # the figure's sentence: with `written` and `nth` what is corrected
    Column("written", Text, nullable=False),
    Column("nth", Integer, nullable=False),  # among figures of the same sentence and form, from 0
    Column("value", Text, nullable=False),  # what holds instead, as it is to be shown, with its unit
    Column("low", Text),
    Column("high", Text),
    Column("unit", Text, nullable=False),
    Column("scale", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("undone_at", DateTime),
)
