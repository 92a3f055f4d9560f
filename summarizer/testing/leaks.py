"""What a cassette must not give away: keys, cookies, accounts, folders, names and hosts of whoever recorded it."""

import getpass
import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import JsonValue

from summarizer.errors import CassetteError
from summarizer.testing.recording import BinaryBody, Recording, Request
from summarizer.testing.scrub import ORIGIN, REPLY_HEADERS, REQUEST_HEADERS, SECRET_PARAMETERS
from summarizer.testing.storage import Tape, read_tape

__all__ = ["Problem", "check_secrets", "scan"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a cassette that may not be published."""

    path: Path
    where: str
    """The place in the file, such as `recording 2, reply.body.json.error.message`."""
    kind: str
    """`key`, `account`, `cookie`, `header`, `folder`, `user`, `host` or `file`."""
    found: str
    """What was found; a key, account or cookie is cut short."""

    def __str__(self) -> str:
        return f"{self.path}: {self.where}: {self.kind} {self.found!r}"


Finding = tuple[str, str, str]
"""Where, kind and text of a problem in one cassette."""

SHORTEST_NAME = 4
COMMON_NAMES = frozenset(
    [
        *[
            "admin",
            "administrator",
            "azureuser",
            "build",
            "builder",
            "circleci",
            "debian",
            "ec2-user",
            "jenkins",
        ],
        *["jovyan", "localhost", "nobody", "postgres", "root", "runner", "test", "tester", "ubuntu", "user"],
        *["vagrant", "vscode", "worker", "www-data"],
    ]
)
"""Names of users and machines that say nothing about anybody."""

_WORD_START = r"(?<![A-Za-z0-9])"
_ROOTS = "home|Users|root|tmp|var|run|opt|usr|etc|mnt|media|srv|private|Volumes|workspace"
_ENDINGS = "gguf|sock|py|txt|md|json|jsonl|ya?ml|toml|log"

SECRETS = {
    "key": re.compile(
        rf"""{_WORD_START}(?:(?:sk|rk|xai)-|gsk_|hf_|gh[opsu]_|github_pat_|AIza)[A-Za-z0-9_-]{{8,}}
        | {_WORD_START}[Bb]earer\s+(?=\S*\d)[\w.~+/=-]{{6,}}
        | -----BEGIN\ [A-Z ]*PRIVATE\ KEY""",
        re.VERBOSE,
    ),
    "account": re.compile(r"(?<![A-Za-z0-9-])(?:org|proj)[-_](?=\w*\d)[A-Za-z0-9]{16,}"),
    "cookie": re.compile(
        r"(?:set-cookie:\s*|\b(?:__cf_bm|_cfuvid|__Secure-[\w-]+|session_?id)=)\S+", re.IGNORECASE
    ),
}

PLACES = {
    "folder": re.compile(
        rf"""(?<![\w.:/\\-])/(?:(?:{_ROOTS})/[\w.@-]+|(?:[\w.@-]+/)+[\w@-]+\.(?:{_ENDINGS})\b)
        | {_WORD_START}[A-Za-z]:\\[\w.-]+
        | (?<![\w/])~/[A-Za-z.][\w.-]*
        | \bfile:/""",
        re.VERBOSE,
    ),
    "host": re.compile(
        r"(?<![\w.-])(?:localhost:\d|(?:127\.0\.0\.1|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)(?![\w.]))|\[::1\]"
    ),
}

_LINK = re.compile(r"\b(?:https?|wss?|unix)://[^\s/\"'<>()\[\]\\]+")
_PUBLIC_HOSTS = {"json-schema.org", urlsplit(ORIGIN).netloc}
_PROMPT_FIELDS = ("messages", "input", "instructions")


def scan(folder: Path) -> list[Problem]:
    """All problems of all cassettes in a folder and the folders below it.

    Raises:
        CassetteError: there is no such folder, or PyYAML is not installed.
    """
    if not folder.is_dir():
        raise CassetteError(f"there is no folder {str(folder)!r} to scan for recordings")
    return [problem for path in sorted(folder.rglob("*.y*ml")) for problem in check_secrets(path)]


def check_secrets(path: Path) -> list[Problem]:
    """What in this cassette may not be published; a file that is no cassette is a problem too."""
    try:
        tape = read_tape(path)
    except CassetteError as error:
        if isinstance(error.__cause__, ModuleNotFoundError):
            raise
        return [Problem(path, "the file", "file", str(error))]
    return [Problem(path, where, kind, found) for where, kind, found in _of_header(tape)] + [
        Problem(path, f"recording {number}, {where}", kind, found)
        for number, recording in enumerate(tape.recordings, start=1)
        for where, kind, found in _findings(recording)
    ]


def _of_header(tape: Tape) -> Iterator[Finding]:
    made = tape.made.model_dump(mode="json") if tape.made else None
    names = _own_names()
    for where, text in _texts("made", made):
        yield from _told(where, text)
        yield from _named(where, text, names)


def _findings(recording: Recording) -> Iterator[Finding]:
    request, reply = recording.request, recording.reply
    yield from _address(request.uri)
    yield from (
        ("request.headers", "header", name) for name in request.headers if not REQUEST_HEADERS.fullmatch(name)
    )
    yield from (
        ("reply.headers", "header", name) for name in reply.headers if not REPLY_HEADERS.fullmatch(name)
    )
    said = _hosts_said(request)
    # The user of a machine may be called like somebody in the news.
    asked = "\n".join(text for _, text in _texts("", _prompt(request))).casefold()
    names = {name: kind for name, kind in _own_names().items() if name not in asked}
    for where, text in _texts_of(recording):
        yield from _told(where, text)
        yield from _named(where, text, names)
        yield from ((where, "host", link) for link in _LINK.findall(text) if _host(link) not in said)


def _told(where: str, text: str) -> Iterator[Finding]:
    yield from ((where, kind, _short(m.group())) for kind, p in SECRETS.items() for m in p.finditer(text))
    yield from ((where, kind, m.group()) for kind, p in PLACES.items() for m in p.finditer(text))


def _named(where: str, text: str, names: Mapping[str, str]) -> Iterator[Finding]:
    if names:
        words = re.findall(r"[\w.-]+", text.casefold())
        yield from ((where, names[word], word) for word in dict.fromkeys(words) if word in names)


@cache
def _own_names() -> Mapping[str, str]:
    """What this machine and its user are called, where that tells them from others; the kind of each."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may run as a user that nobody named
        user = ""
    found = {user.casefold(): "user", socket.gethostname().casefold(): "host"}
    return {
        name: kind for name, kind in found.items() if len(name) >= SHORTEST_NAME and name not in COMMON_NAMES
    }


def _texts_of(recording: Recording) -> Iterator[tuple[str, str]]:
    yield from _texts("", recording.model_dump(mode="json", by_alias=True, exclude={"request": {"uri"}}))
    if isinstance(recording.reply.body, BinaryBody):
        yield "reply.body", recording.reply.body.base64.decode("latin-1")


def _address(uri: str) -> Iterator[Finding]:
    if not uri.startswith(ORIGIN + "/"):
        yield "request.uri", "host", uri
    query = urlsplit(uri).query
    names = [pair.partition("=")[0] for pair in query.split("&")]
    yield from (("request.uri", "key", name) for name in names if SECRET_PARAMETERS.fullmatch(name))


def _hosts_said(request: Request) -> set[str]:
    """Hosts that the prompt names: words of the article, which the reply may repeat."""
    texts = _texts("", _prompt(request))
    return _PUBLIC_HOSTS | {_host(link) for _, text in texts for link in _LINK.findall(text)}


def _prompt(request: Request) -> list[JsonValue]:
    tree = request.body.tree if request.body else None
    return [tree[name] for name in _PROMPT_FIELDS if name in tree] if isinstance(tree, dict) else []


def _host(link: str) -> str:
    return urlsplit(link).netloc.lower().rstrip(".,;:!?")


def _texts(where: str, tree: JsonValue) -> Iterator[tuple[str, str]]:
    """Every string of a tree, keys included, and where it stands."""
    match tree:
        case dict():
            for name, value in tree.items():
                here = f"{where}.{name}" if where else str(name)
                yield here, str(name)
                yield from _texts(here, value)
        case list():
            for position, value in enumerate(tree):
                yield from _texts(f"{where}[{position}]", value)
        case str():
            yield where, tree
        case _:
            return


def _short(secret: str) -> str:
    return f"{secret[:4]}… ({len(secret)} characters)"
