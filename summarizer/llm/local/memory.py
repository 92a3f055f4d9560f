"""How much memory this process may still take, where the system says so."""

from pathlib import Path

__all__ = ["available_bytes"]


def available_bytes(root: Path = Path("/")) -> int | None:
    """Bytes free or freed on demand, within the container's limit if there is one; None when unknown.

    Args:
        root: Where `proc` and `sys` are.
    """
    found = [bytes_ for bytes_ in (_machine(root), _container(root)) if bytes_ is not None]
    return min(found, default=None)


def _machine(root: Path) -> int | None:
    """What Linux counts as available."""
    size = _field(root / "proc/meminfo", "MemAvailable:")
    return None if size is None else size * 1024


def _container(root: Path) -> int | None:
    """What a control group (v2) leaves; cached file pages are given back when they are wanted."""
    group = root / "sys/fs/cgroup"
    try:
        limit = int((group / "memory.max").read_text(encoding="ascii"))
        used = int((group / "memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return limit - used + (_field(group / "memory.stat", "inactive_file") or 0)


def _field(file: Path, name: str) -> int | None:
    """The number after `name` in a file of `name number` lines."""
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(words[1]) for line in lines if (words := line.split())[:1] == [name]), None)
