"""The tables of the people who use an archive: accounts, sessions, what each asked, said and drafted, and the audit.

`cites` names the reports (readable ids, JSON) that an entry shows something of: it is shown only to whoever may see all
of them, and goes when one of them is erased. Times are UTC without a zone.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Index, Integer, String, Table, Text

from indexer.schema.tables import metadata

NAME = 64  # characters of an account's name

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(NAME), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("password", Text, nullable=False),  # scrypt, with its parameters and its salt
    Column("created", DateTime, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),  # wrong passwords in a row
    Column("locked_until", DateTime),
    Column("must_change", Boolean, nullable=False),  # the password was given by somebody else
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),  # its SHA-256: the token itself is kept nowhere
    Column("account", String(NAME), ForeignKey("accounts.name"), nullable=False, index=True),
    Column("created", DateTime, nullable=False),
    Column("last_seen", DateTime, nullable=False),
    Column("expires", DateTime, nullable=False),
    Column("ended", DateTime),
)

report_readers = Table(
    "report_readers",
    metadata,
    Column("report", BigInteger, ForeignKey("reports.row"), primary_key=True, autoincrement=False),
    Column("account", String(NAME), primary_key=True, index=True),
)

history = Table(
    "history",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("account", String(NAME), nullable=False),
    Column("asked_at", DateTime, nullable=False),
    Column("question", Text, nullable=False),
    Column("turns", Text, nullable=False),  # JSON: the questions before it
    Column("answer", Text, nullable=False),  # JSON: what it takes to show it again
    Column("said", Text, nullable=False),  # the text of the answer
    Column("status", String(20), nullable=False),
    Column("cites", Text, nullable=False),
    Index("history_account", "account", "id"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("account", String(NAME), nullable=False, index=True),
    Column("at", DateTime, nullable=False),
    Column("question", Text, nullable=False),
    Column("standalone", Text, nullable=False),  # the question as it was understood
    Column("answer", Text, nullable=False),  # its text
    Column("told", Text, nullable=False),  # JSON: the answer as `youju ask --json` prints it
    Column("verdict", String(10), nullable=False),  # up, down
    Column("reason", Text, nullable=False),
    Column("cites", Text, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("account", String(NAME), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("items", Text, nullable=False),  # JSON: kind, content and cites of each
    Column("updated", DateTime, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", DateTime, nullable=False, index=True),
    Column("account", String(NAME), nullable=False),
    Column("action", String(40), nullable=False),
    Column("object", String(200), nullable=False),  # an id, never a text
    Column("ok", Boolean, nullable=False),
)

PEOPLE = (accounts, sessions, report_readers, history, feedback, drafts, audit)
COUNTERS = ("history", "feedback", "draft", "audit")
