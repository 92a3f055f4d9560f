"""A batch as the provider describes it, as far as we need that."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openai.types import Batch

__all__ = ["BatchState", "Complaint", "state_of"]

_ENDED: Final = frozenset({"completed", "failed", "expired", "cancelled"})


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the provider says against a batch or one of its lines."""

    code: str
    message: str
    line: int | None
    """From 1; None when it is about the whole file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchState:
    """A batch as the provider describes it."""

    id: str
    status: str
    done: int
    """Requests that came to an end, well or not."""
    files: tuple[str, ...]
    """With replies and errors, as far as there are any."""
    input_file: str
    complaints: tuple[Complaint, ...]

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.status in _ENDED


def state_of(batch: "Batch") -> BatchState:
    """Read what the SDK returns; servers that imitate the endpoint leave much of it out."""
    counts, errors = batch.request_counts, batch.errors
    return BatchState(
        id=batch.id,
        status=batch.status,
        done=counts.completed + counts.failed if counts else 0,
        files=tuple(file for file in (batch.output_file_id, batch.error_file_id) if file),
        input_file=batch.input_file_id,
        complaints=tuple(
            Complaint(one.code or "", one.message or "", one.line)
            for one in (errors.data if errors else None) or []
        ),
    )
