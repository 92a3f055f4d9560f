"""XML that defines entities of its own, or a document type: refused before any parser sees it."""

import re

from summarizer.errors import UnsupportedSource

__all__ = ["refuse_document_type", "refuse_entities"]

_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!\s*DOCTYPE", re.IGNORECASE)


def refuse_entities(data: bytes, name: str) -> None:
    """A feed may name its document type, but needs no entities of its own.

    Raises:
        UnsupportedSource: it defines one.
    """
    if _ENTITY.search(_plain(data)):
        raise UnsupportedSource(
            f"{name} defines XML entities, which are not expanded.", hint="No feed needs them."
        )


def refuse_document_type(data: bytes, name: str) -> None:
    """A part of an Office document has none.

    Raises:
        UnsupportedSource: it has.
    """
    if _DOCTYPE.search(_plain(data)):
        raise UnsupportedSource(f"{name} defines an XML document type, which no document of its kind does.")


def _plain(data: bytes) -> bytes:
    return data.replace(b"\0", b"")  # UTF-16 has the same letters with zeros between them
