"""How sure a measured figure is: 95 % intervals."""

import math
import random
from collections.abc import Sequence
from statistics import fmean

__all__ = ["of_mean", "of_share"]

_Z = 1.959964
_DRAWS = 2000


def of_share(hits: int, count: int) -> tuple[float, float]:
    """Wilson's interval for a share (E. B. Wilson, 1927); it holds for shares near 0 too."""
    if count == 0:
        return 0.0, 1.0
    share, z = hits / count, _Z
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def of_mean(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Percentile bootstrap over groups of values that belong together, such as the cases of one article."""
    if not groups:
        return 0.0, 0.0
    dice = random.Random(0)  # noqa: S311 - the same figures every time
    means = sorted(
        fmean(value for group in dice.choices(groups, k=len(groups)) for value in group)
        for _ in range(_DRAWS)
    )
    return means[int(0.025 * _DRAWS)], means[int(0.975 * _DRAWS)]
