"""Sources into articles."""

from summarizer.loaders.loaded import Failed, Loaded, Removal
from summarizer.loaders.many import files_of, load_all, read_all
from summarizer.loaders.single import from_file, from_stdin, from_url, load, read

__all__ = [
    "Failed",
    "Loaded",
    "Removal",
    "files_of",
    "from_file",
    "from_stdin",
    "from_url",
    "load",
    "load_all",
    "read",
    "read_all",
]
