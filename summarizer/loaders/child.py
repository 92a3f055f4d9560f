"""The process in which foreign documents are parsed: it has nothing to lose, and not much to take.

It holds no key, cannot write a file, and dies when it maps too much memory or computes too long; whatever happens to it,
the program that asked goes on. Speaks lines of JSON: one request in (with the bytes behind it), one answer out.
"""

import contextlib
import importlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, cast

from summarizer.errors import InputError, LimitExceeded, LoaderNotInstalled, UnsupportedSource
from summarizer.loaders.formats import FORMATS, Format
from summarizer.loaders.limits import ADDRESS_SPACE_BYTES, CPU_S, LONGEST_TEXT, MOST_ARTICLES
from summarizer.loaders.loaded import Document, Extract

__all__ = ["Parser", "main", "parse"]

FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a library raises when a document breaks an assumption that it did not know it made."""


Parser = Callable[[Document], Iterable[Extract]]


def parse(found: Format, document: Document) -> list[Extract]:
    """What `document` holds, parsed here and now: in the child, or in a test.

    Raises:
        LoaderNotInstalled: a package is missing.
        UnsupportedSource: it is damaged, or not what it should be.
        LimitExceeded: it unpacks to more than is allowed.
    """
    if found.parser is None:
        message = f"{found.name} needs no parser"
        raise ValueError(message)
    module, _, function = found.parser.partition(":")
    _require(found, document.name)
    parser = cast("Parser", getattr(importlib.import_module(f"summarizer.loaders.{module}"), function))
    try:
        return list(_bounded(parser(document), document.name))
    except InputError:
        raise
    except RecursionError as error:
        raise LimitExceeded(f"{document.name} is nested too deeply.") from error
    except FAULTS as error:
        raise UnsupportedSource(
            f"{document.name} is damaged: it cannot be read as {found.label} ({type(error).__name__}).",
            hint="Open it in the program it was made with, and save or export it anew.",
        ) from error


def _bounded(extracts: Iterable[Extract], name: str) -> Iterator[Extract]:
    for number, extract in enumerate(extracts, 1):
        if len(extract.text) > LONGEST_TEXT:
            raise LimitExceeded(f"{name} holds more than {LONGEST_TEXT:,} characters of text.")
        if number > MOST_ARTICLES:
            raise LimitExceeded(f"{name} holds more than {MOST_ARTICLES:,} articles.")
        yield extract


def main() -> None:
    """Answer requests from standard input until it is closed."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not get between our answers
    _limit_resources()
    while line := requests.readline():
        answer = _answer(line, requests)
        answers.write(json.dumps(answer, ensure_ascii=True).encode() + b"\n")
        answers.flush()


def _answer(line: bytes, requests: BinaryIO) -> dict[str, Any]:
    request = json.loads(line)
    data = requests.read(request["size"])
    document = Document(data, request["name"], request["charset"], request["url"])
    _limit_cpu()
    try:
        extracts = parse(FORMATS[request["format"]], document)
    except InputError as error:
        return {"error": type(error).__name__, "message": str(error), "hint": error.hint}
    except MemoryError:
        return {
            "error": "LimitExceeded",
            "message": f"{document.name} needs more memory than is allowed.",
            "hint": None,
        }
    return {"extracts": [extract.to_record() for extract in extracts]}


def _require(found: Format, name: str) -> None:
    for package in found.packages:
        try:
            importlib.import_module(package)
        except ModuleNotFoundError as error:
            raise LoaderNotInstalled(
                f"{name} is {found.label}; reading it needs the package {error.name}."
            ) from error


def _limit_resources() -> None:
    try:
        import resource
    except ModuleNotFoundError:  # Windows: the deadline of the parent alone holds
        return
    for what, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a lower ceiling is in force already
            resource.setrlimit(what, (most, most))


def _limit_cpu() -> None:
    """Grant the next document its seconds; the ones used by those before it are spent already."""
    try:
        import resource
    except ModuleNotFoundError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_S, hard))
