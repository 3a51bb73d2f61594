"""The errors that a user may see: one sentence each, saying what happened, with what, and what to do now."""

from __future__ import annotations


class YoujuError(Exception):
    """Base of every error that Youju raises on purpose; its text is fit to be shown to the user as it is."""


class SettingsError(YoujuError):
    """A setting has a value that cannot be used."""


class ReadError(YoujuError):
    """A file could not be turned into text: unknown type, broken, empty, binary, too large or gone."""


class ManifestError(YoujuError):
    """A manifest.csv has an unknown column or a value that cannot be used."""


class ArchiveError(YoujuError):
    """The archive folder cannot be used: not an archive, made by a newer version, or damaged."""


class ArchiveLockedError(ArchiveError):
    """Another process is writing to the archive; the message names it."""


class UnknownReportError(YoujuError):
    """A report id that the archive does not hold."""


class NotPermittedError(YoujuError):
    """Somebody's role does not allow what was tried."""


class AccountError(YoujuError):
    """An account cannot be made, changed or found so; the message says what is wrong and what is allowed."""


class SignInError(YoujuError):
    """Somebody cannot sign in: wrong name or password, locked out, or disabled."""


class DraftError(YoujuError):
    """A draft cannot be found or changed so: gone, full, or without a title."""


class ModelError(YoujuError):
    """An embedding model cannot be loaded, or differs from the one the archive was indexed with."""


class QuestionError(YoujuError):
    """A question that cannot be worked on: empty or far too long."""


class CorrectionError(YoujuError):
    """A figure cannot be corrected so: no such figure, no number, another unit, or no reason."""


class ExportError(YoujuError):
    """A file cannot be written: it exists, its folder does not, or the disk refuses."""


class TableError(YoujuError):
    """A workbook cannot be filled: broken, protected, or without a table that is recognised."""


class StoppedError(YoujuError):
    """Work was ended before it was complete, as somebody asked."""


class UploadError(YoujuError):
    """A file sent from the page cannot be taken: too large, of an unknown type, or gone."""
