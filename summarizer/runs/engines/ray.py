"""Shards as tasks of a Ray cluster: it places them, and does a task again when its worker dies.

Where the shards lie on disks, the folder has to be one that every worker sees; their stores are SQLite files, so a
network share must honour locks. Keys come from the workers' environment: nothing of them is in a task.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, cast

from summarizer.errors import EngineFailed, EngineNotInstalled
from summarizer.runs.run import Stop
from summarizer.runs.shard import ShardReport, ShardSpec, lost_shard, report_shard

__all__ = ["OnRay"]

_MOST_DEATHS: Final = 3
_GLANCE_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class OnRay:
    """Shards on Ray.

    Attributes:
        workers: Shards at a time.
        address: Of the cluster, such as `auto` or `ray://head:10001`; None for RAY_ADDRESS, or one on this machine.
        stop: Ends the run early: no further shard is begun, those under way are done to their end.
    """

    workers: int
    address: str | None = None
    stop: Stop | None = None

    def run(self, specs: Iterable[ShardSpec]) -> Iterator[ShardReport]:
        """Do them, as many at a time as there are workers.

        Raises:
            EngineNotInstalled: Ray is not there.
            EngineFailed: the cluster does not answer.
        """
        ray = _ray()
        ours = not ray.is_initialized()
        if ours:
            _join(ray, self.address)
        try:
            task = ray.remote(num_cpus=1, max_retries=_MOST_DEATHS)(report_shard)
            left = iter(specs)
            under_way: dict[Any, ShardSpec] = {}
            while True:
                for spec in islice(self._allowed(left), self.workers - len(under_way)):
                    under_way[task.remote(spec)] = spec
                if not under_way:
                    return
                ended, _ = ray.wait(list(under_way), num_returns=1, timeout=_GLANCE_S)
                for ref in ended:
                    yield _report(ray, ref, under_way.pop(ref))
        finally:
            if ours:
                ray.shutdown()

    def _allowed(self, specs: Iterator[ShardSpec]) -> Iterator[ShardSpec]:
        while self.stop is None or not self.stop.asked:
            spec = next(specs, None)
            if spec is None:
                return
            yield spec


def _report(ray: Any, ref: Any, spec: ShardSpec) -> ShardReport:
    try:
        return cast("ShardReport", ray.get(ref))
    except ray.exceptions.RayError as error:
        return lost_shard(spec.number, f"Ray: {_first_line(error)}")


def _join(ray: Any, address: str | None) -> None:
    try:
        ray.init(address=address, log_to_driver=False)
    except (ConnectionError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        raise EngineFailed(
            f"no Ray cluster answers at {address or 'this machine'}: {_first_line(error)}",
            hint="Check --address, the cluster's token (RAY_AUTH_TOKEN), and that Ray and Python have the same versions "
            "there and here.",
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _ray() -> Any:
    try:
        import ray  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise EngineNotInstalled("Ray is not installed.", hint="pip install 'summarizer[ray]'") from error
    return cast("Any", ray)
