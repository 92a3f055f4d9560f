"""E-mail: the text its sender wrote, plain where the mail has it plain."""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import cast

from summarizer.errors import EmptyArticle
from summarizer.loaders.blocks import extract_of
from summarizer.loaders.decoding import decode_text
from summarizer.loaders.invisible import excerpt_of
from summarizer.loaders.loaded import Document, Extract, Removal

__all__ = ["parse"]

MOST_PARTS = 500


def parse(document: Document) -> Iterator[Extract]:
    """The text of a mail: its text/plain part, else its HTML part as a reader sees it.

    Raises:
        EmptyArticle: neither is there.
        UnsupportedSource: the text is in no known encoding.
    """
    mail = message_from_bytes(document.data, policy=policy.default)
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise EmptyArticle(f"{document.name} is an e-mail without a text in it.")
    text = _content(cast("EmailMessage", body), document.name)
    unseen: tuple[Removal, ...] = ()
    blocks = [text]
    if body.get_content_type() == "text/html":
        from summarizer.loaders.html import visible_text

        blocks, unseen = visible_text(text, document.name)
    sender, address = parseaddr(_header(mail, "from"))
    yield extract_of(
        ((f"paragraph {number}" if len(blocks) > 1 else "", block) for number, block in enumerate(blocks, 1)),
        removed=(*unseen, *_attachments(mail)),
        title=_header(mail, "subject") or None,
        author=sender or address or None,
        published=_day(mail),
    )


def _content(part: EmailMessage, name: str) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return decode_text(data, name, declared=part.get_content_charset()).replace("\r\n", "\n")


def _header(mail: EmailMessage, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())


def _day(mail: EmailMessage) -> str | None:
    """The day it was sent, by its sender's clock."""
    date = mail.get("date")
    moment = getattr(date, "datetime", None)
    return moment.date().isoformat() if isinstance(moment, datetime) else None


def _attachments(mail: EmailMessage) -> tuple[Removal, ...]:
    names: list[str] = []
    for count, part in enumerate(mail.walk()):
        if count > MOST_PARTS:
            break
        if part.get_content_disposition() == "attachment":
            names.append(part.get_filename() or part.get_content_type())
    return (Removal("attachment", len(names), excerpt_of(", ".join(names))),) if names else ()
