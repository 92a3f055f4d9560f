"""An office's own Word file as the start of a document: its styles, page, header and footer."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import TemplateError
from summarizer.render import docx_parts as parts

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

__all__ = ["open_template"]

_PLACE = "{{note}}"
_TYPES = "[Content_Types].xml"
_OF_TEMPLATE, _OF_DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"


def open_template(path: Path) -> "tuple[Document, Paragraph | None]":
    """The template as a document, and the paragraph `{{note}}` that the note is to replace.

    Without such a paragraph the text of the template is taken out, and only what surrounds it stays.

    Raises:
        TemplateError: no such file, or no Word file.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(BytesIO(_as_document(path.read_bytes())))
    except FileNotFoundError as error:
        raise TemplateError(f"there is no template {str(path)!r}.") from error
    except (OSError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, PackageNotFoundError) as error:
        raise TemplateError(f"the template {str(path)!r} is not a Word file that can be read.") from error
    for paragraph in document.paragraphs:
        if paragraph.text.replace(" ", "") == _PLACE:
            return document, paragraph
    parts.empty_body(document)
    return document, None


def _as_document(data: bytes) -> bytes:
    """A Word template (.dotx) differs from a document (.docx) by one word, at which python-docx stops."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package:
        if _OF_TEMPLATE not in package.read(_TYPES):
            return data
        with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as copy:
            for item in package.infolist():
                content = package.read(item)
                copy.writestr(item.filename, content.replace(_OF_TEMPLATE, _OF_DOCUMENT) if item.filename == _TYPES else content)  # fmt: skip
    return changed.getvalue()
