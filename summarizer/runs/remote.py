"""Files in object storage, named by URL: read as a stream, and put in their place whole.

fsspec speaks to the storage, with the package that knows its protocol (s3fs, gcsfs, adlfs), which is the user's to
install. Credentials come from the environment, as those packages read it; they never stand in a URL.
"""

import io
import posixpath
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, cast
from urllib.parse import urlsplit

from summarizer.errors import FetchFailed, OutputError, SettingsError, StorageNotInstalled, SummarizerError

__all__ = ["Place", "Remote", "place_of"]

_PACKAGES: Final = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "az": "adlfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "adl": "adlfs",
}
"""What speaks a protocol. All of these put an object in its place whole or not at all."""
_PAGES: Final = ("http", "https")
"""Fetched only where that is asked for, and never written."""
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Remote:
    """A file or folder in storage, with the part of `Path` that runs need.

    Attributes:
        url: With its protocol, such as `s3://bucket/news.jsonl`.
    """

    url: str

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """Its last part."""
        return posixpath.basename(self.url.rstrip("/"))

    @property
    def stem(self) -> str:
        """The same without its suffix."""
        return posixpath.splitext(self.name)[0]

    @property
    def suffix(self) -> str:
        """Such as `.jsonl`."""
        return posixpath.splitext(self.name)[1]

    def with_name(self, name: str) -> "Remote":
        """What has this name beside it."""
        return Remote(f"{posixpath.dirname(self.url.rstrip('/'))}/{name}")

    def __truediv__(self, name: str) -> "Remote":
        return Remote(f"{self.url.rstrip('/')}/{name}")

    def absolute(self) -> "Remote":
        """The one way in which its storage spells it.

        Raises:
            StorageNotInstalled: a package is missing; as with every method here.
        """
        fs = self._storage()
        if urlsplit(self.url).username is not None:
            return self  # abfss://CONTAINER@ACCOUNT/...: the packages take the account out, and only the typed URL has it
        return Remote(fs.unstrip_protocol(fs._strip_protocol(self.url)))  # noqa: SLF001 - there is no public way

    def exists(self) -> bool:
        """Whether it is there.

        Raises:
            FetchFailed: the storage does not answer; as with every method that reads.
        """
        with _reading(self.url):
            return bool(self._storage().exists(self.url))

    def is_dir(self) -> bool:
        """Whether it is a folder, or a prefix that objects have."""
        with _reading(self.url):
            return bool(self._storage().isdir(self.url))

    @contextmanager
    def open(self) -> Generator[BinaryIO]:
        """Read it as a stream; any offset can be sought."""
        with _reading(self.url), self._storage().open(self.url, "rb") as file:
            # Its own lines are read a few bytes at a time.
            yield cast("BinaryIO", io.BufferedReader(file, _BLOCK))

    def read_bytes(self) -> bytes:
        """All of it."""
        with _reading(self.url):
            return cast("bytes", self._storage().cat_file(self.url))

    def below(self) -> list["Remote"]:
        """Every file of this folder and the folders in it, in the order of their names; none if it is not there."""
        with _reading(self.url):
            fs = self._storage()
            return [Remote(fs.unstrip_protocol(name)) for name in sorted(_found(fs, self.url))]

    def matches(self) -> list["Remote"]:
        """The files that this pattern fits, in the order of their names."""
        with _reading(self.url):
            fs = self._storage()
            found = cast("dict[str, dict[str, Any]]", fs.glob(self.url, detail=True))
            return [Remote(fs.unstrip_protocol(n)) for n in sorted(found) if found[n].get("type") == "file"]

    def put(self, local: Path) -> None:
        """Make it a copy of a file of this machine, whole or not at all.

        Raises:
            OutputError: the storage does not take it; as with every method that writes.
        """
        with self._whole() as (fs, where), _writing(self.url):
            fs.put_file(str(local), where)

    def write_bytes(self, content: bytes) -> None:
        """Make it this, whole or not at all."""
        with self._whole() as (fs, where), _writing(self.url):
            fs.pipe_file(where, content)

    def join(self, parts: Iterator["Remote"]) -> None:
        """Make it all of these, one after the other, whole or not at all; they pass through, and are never held."""
        part = self.with_name(f"{self.name}.part")
        with _writing(self.url):
            fs = self._storage()
            with fs.open(part.url, "wb") as whole:
                for one in parts:
                    with one.open() as rows:
                        while block := rows.read(_BLOCK):
                            whole.write(block)
            fs.mv(part.url, self.url)

    def remove(self) -> None:
        """Make it be gone; nothing happens where it is not."""
        with _writing(self.url), suppress(FileNotFoundError):
            self._storage().rm_file(self.url)

    @contextmanager
    def _whole(self) -> Generator[tuple[Any, str]]:
        """Where to write: its own place if the storage shows no half objects, else one that is moved there at the end."""
        with _writing(self.url):
            fs = self._storage()
            if urlsplit(self.url).scheme in _PACKAGES:
                yield fs, self.url
                return
            part = self.with_name(f"{self.name}.part").url
            fs.makedirs(posixpath.dirname(part), exist_ok=True)
            yield fs, part
            fs.mv(part, self.url)

    def _storage(self) -> Any:
        protocol = urlsplit(self.url).scheme
        try:
            # By name, because it brings no types.
            fs: Any = import_module("fsspec.core").url_to_fs(self.url)[0]
        except ImportError as error:
            package = _PACKAGES.get(protocol)
            raise StorageNotInstalled(
                f"{self.url} needs {error.name or package or 'a package'}, which is not installed.",
                hint=f"pip install 'summarizer[remote]' {package or ''}".rstrip(),
            ) from error
        except ValueError as error:
            raise SettingsError(
                f"{self.url}: nothing is known of {protocol}://.", hint="s3://, gs:// and az:// are known."
            ) from error
        # Listings are kept by fsspec, and workers elsewhere write meanwhile.
        fs.invalidate_cache()
        return fs


Place = Path | Remote
"""Where a file is: on this machine, or in storage."""


def place_of(name: str | Path) -> Place:
    """A path, or what a URL of storage stands for.

    Raises:
        SettingsError: the URL has a password in it, which would be written down with it.
    """
    scheme, found, _ = str(name).partition("://")
    if isinstance(name, Path) or not found or not scheme.isalnum() or scheme.lower() in _PAGES:
        return Path(name)
    if urlsplit(name).password is not None:
        raise SettingsError(
            f"a URL of {scheme}:// has a password in it, and URLs are written down.",
            hint="Give it in the environment, as the package for this storage reads it.",
        )
    return Remote(name)


def _found(fs: Any, url: str) -> list[str]:
    try:
        return cast("list[str]", fs.find(url))
    except FileNotFoundError:
        return []


@contextmanager
def _reading(url: str) -> Generator[None]:
    try:
        yield
    except SummarizerError:
        raise
    except Exception as error:
        raise FetchFailed(
            f"{url} cannot be read: {_said(error)}.",
            hint="Check address, rights and network, and run the same command again: it goes on where it was.",
        ) from error


@contextmanager
def _writing(url: str) -> Generator[None]:
    try:
        yield
    except SummarizerError:
        raise
    except Exception as error:
        raise OutputError(
            f"{url} cannot be written: {_said(error)}.",
            hint="Every result so far is kept on this machine: check address, rights and network, and run the same "
            "command again.",
        ) from error


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(".: ")
