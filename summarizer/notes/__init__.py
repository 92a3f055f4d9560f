"""Briefings to note: several articles on one subject as one document."""

from summarizer.notes.checking import check_across
from summarizer.notes.copies import collapse
from summarizer.notes.details import Details, details_beside
from summarizer.notes.grades import Grades, read_grades
from summarizer.notes.note import make_note, note_of
from summarizer.notes.sources import articles_of

__all__ = [
    "Details",
    "Grades",
    "articles_of",
    "check_across",
    "collapse",
    "details_beside",
    "make_note",
    "note_of",
    "read_grades",
]
