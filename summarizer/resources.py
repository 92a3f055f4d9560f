"""Where the data folders lie: inside the installed package, or beside it in a checkout."""

from pathlib import Path

__all__ = ["folder"]


def folder(name: str) -> Path:
    """The folder `prompts` or `schemas`.

    A checkout comes first, so that an editable install reads the live files.

    Raises:
        FileNotFoundError: the package was built without its data.
    """
    package = Path(__file__).resolve().parent
    for home in (package.parent, package):
        found = home / name
        # The pyproject tells a checkout from whatever else lies beside an installed package.
        if found.is_dir() and (home == package or (home / "pyproject.toml").is_file()):
            return found
    message = f"the data folder {name!r} is missing from this installation of summarizer"
    raise FileNotFoundError(message)
