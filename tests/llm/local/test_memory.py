"""How much memory may still be taken, as the system's files say."""

from pathlib import Path

from summarizer.llm.local.memory import available_bytes


def write(root: Path, **files: str) -> None:
    for name, content in files.items():
        path = root / ("proc" if name == "meminfo" else "sys/fs/cgroup") / name.replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def test_the_machine_says_what_is_available(tmp_path: Path) -> None:
    write(tmp_path, meminfo="MemTotal:  9 kB\nMemFree:  1 kB\nMemAvailable:  5 kB\n")
    assert available_bytes(tmp_path) == 5 * 1024


def test_a_container_may_leave_less(tmp_path: Path) -> None:
    """Pages of files count as free: they are given back."""
    write(tmp_path, meminfo="MemAvailable: 5000 kB\n")
    write(tmp_path, memory_max="4000\n", memory_current="3000\n", memory_stat="anon 9\ninactive_file 500\n")
    assert available_bytes(tmp_path) == 1500


def test_a_container_without_a_limit_leaves_what_the_machine_has(tmp_path: Path) -> None:
    write(tmp_path, meminfo="MemAvailable: 5 kB\n", memory_max="max\n", memory_current="3000\n")
    assert available_bytes(tmp_path) == 5 * 1024


def test_other_systems_say_nothing(tmp_path: Path) -> None:
    assert available_bytes(tmp_path) is None
