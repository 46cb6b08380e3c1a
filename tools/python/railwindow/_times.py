"""Times: UTC inside, on the clocks of a station where people look at them. Nothing here makes a naive datetime."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any, Iterable, Optional, Union
from zoneinfo import ZoneInfo

import numpy
from numpy.typing import NDArray

from ._railwindow import offsets_at, refuse

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

Time = Union[str, datetime, "numpy.datetime64"]
"""A time as questions take it: text as files have it, an aware datetime, or a datetime64, which is UTC."""


@functools.lru_cache(maxsize=None)
def _zone_here(name: str) -> Optional[tzinfo]:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # this Python has no database of zones, or not this one
        return None


def _local(milliseconds: int, zone: str, offset: int) -> datetime:
    instant = EPOCH + timedelta(milliseconds=milliseconds)
    ahead = timedelta(milliseconds=offset)
    here = _zone_here(zone)
    if here is not None:
        shown = instant.astimezone(here)
        if shown.utcoffset() == ahead:
            return shown
    return instant.astimezone(timezone(ahead, zone))  # as the engine knows it


def local_times(times: NDArray[numpy.datetime64], zone: Union[str, Iterable[str]]) -> list[Optional[datetime]]:
    """Each of `times` (UTC) as a datetime on the clocks of `zone`, which is one name of the IANA database or one for
    each; None for NaT.

    The time zone of a datetime is a zoneinfo.ZoneInfo, or a fixed offset where this Python does not know the zone as
    the engine does.
    """
    ticks = numpy.atleast_1d(numpy.asarray(times)).astype("datetime64[ms]")
    zones = [zone] * len(ticks) if isinstance(zone, str) else list(zone)
    if len(zones) != len(ticks):
        refuse("zone", f"there are {len(zones)} zones for {len(ticks)} times", "give one, or one for each")
    values = ticks.astype("int64").tolist()
    there = [not missing for missing in numpy.isnat(ticks).tolist()]
    offsets = [0] * len(values)
    for name in dict.fromkeys(zones):
        places = [i for i, its in enumerate(zones) if its == name and there[i]]
        for i, offset in zip(places, offsets_at(name, [values[i] for i in places])):
            offsets[i] = offset
    return [_local(values[i], zones[i], offsets[i]) if there[i] else None for i in range(len(values))]


def local_time(time: numpy.datetime64, zone: str) -> Optional[datetime]:
    """`time` (UTC) as a datetime on the clocks of `zone`; None for NaT."""
    return local_times(numpy.asarray([time], dtype="datetime64[ms]"), zone)[0]


def utc(time: datetime) -> numpy.datetime64:
    """An aware datetime as numpy.datetime64[ms], which is UTC. Raises InputError for a naive one."""
    if time.utcoffset() is None:
        refuse(
            "time", f"{time!r} has no time zone", "give it one, such as tzinfo=zoneinfo.ZoneInfo('Asia/Vladivostok')"
        )
    return numpy.datetime64((time - EPOCH) // timedelta(milliseconds=1), "ms")


def duration_of(value: Any) -> timedelta:
    """A timedelta64[ms] as timedelta."""
    return timedelta(milliseconds=int(numpy.timedelta64(value, "ms").astype("int64")))


def text_of_time(time: Time, subject: str) -> str:
    """`time` as the engine reads it: text is left as it is, local to the place that the question means unless it has
    an offset."""
    if isinstance(time, str):
        return time
    if isinstance(time, numpy.datetime64):
        time = EPOCH + timedelta(milliseconds=int(time.astype("datetime64[ms]").astype("int64")))
    if time.utcoffset() is None:
        refuse(
            subject, f"{time!r} has no time zone", "give it one, or write the time as text, which is local to the place"
        )
    if time.microsecond or (time.utcoffset() or timedelta()) % timedelta(minutes=1):
        time = time.astimezone(timezone.utc)
        if time.microsecond:
            refuse(subject, f"{time!r} is no whole second", "round it")
    return time.isoformat(timespec="seconds")


def clock(time: Optional[datetime]) -> str:
    """`2019-04-24 20:48+10:00` to the nearest minute, or nothing."""
    return "" if time is None else (time + timedelta(seconds=30)).isoformat(" ", "minutes")


def duration(value: timedelta) -> str:
    """`28 h 10 min`, `45 min`, `-1 h 05 min`, to the nearest minute."""
    minutes = round(value.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return ("-" if minutes < 0 else "") + (f"{hours} h {rest:02} min" if hours else f"{rest} min")
