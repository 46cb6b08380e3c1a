"""Windows as a picture, where matplotlib is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Sequence

from ._frames import wanted

if TYPE_CHECKING:
    from ._results import Window


def label_of(window: "Window") -> str:
    """What stands beside its line: `Khasan, arrive`."""
    return f"{window.name}, {window.event}" + ("" if window.train == "main" else f", {window.train}")


def plot(windows: Sequence["Window"], ax: Optional[Any] = None) -> Any:
    """Draws the windows into `ax`, a matplotlib.axes.Axes (None: a new figure), and returns it.

    One line for each timing point and event, from the lowest to the highest quantile, with a dot at the middle one;
    on the clocks of the last station. Raises ImportError where matplotlib is not installed.
    """
    dates = wanted("matplotlib", "plot()", "dates")
    if ax is None:
        shown = [window for window in windows if window.times]
        _, ax = wanted("matplotlib", "plot()", "pyplot").subplots(
            figsize=(8, 1 + 0.3 * len(shown)), layout="constrained"
        )
    drawn = [window for window in windows if window.times]
    for row, window in enumerate(drawn):
        times = sorted(window.times.values())
        ax.plot([times[0], times[-1]], [row, row], color="C0", linewidth=4, alpha=0.5, solid_capstyle="butt")
        ax.plot([times[len(times) // 2]], [row], "o", color="C0")
    ax.set_yticks(range(len(drawn)), [label_of(window) for window in drawn])
    ax.invert_yaxis()  # in the order of the way
    if drawn:
        zone = drawn[-1].times[next(iter(drawn[-1].times))].tzinfo
        locator = dates.AutoDateLocator(tz=zone)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, tz=zone))
        ax.set_xlabel(f"time in {drawn[-1].time_zone}")
    ax.grid(axis="x", alpha=0.3)
    return ax
