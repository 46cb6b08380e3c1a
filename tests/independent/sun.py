#!/usr/bin/env python3
"""Prints sunrise and sunset of the places and days in tests/core/hours_test.cpp, by other formulas than the engine's.

Sun: low-precision formulas of the Astronomical Almanac (2017, page C5; 0.01 degrees from 1950 to 2050, that is some 3 s of time).
Sidereal time: US Naval Observatory, "Approximate Sidereal Time". The upper edge is on the horizon when the altitude of the
centre is -50 minutes of arc (34 of refraction, 16 of radius); its time is found by halving intervals, from midnight to noon to midnight.
"""

import datetime
import math

PLACES = [
    ("Europe/London", 51.5074, -0.1278, 2024, 6, 20, 1),
    ("Europe/London", 51.5074, -0.1278, 2024, 12, 21, 0),
    ("America/New_York", 40.7128, -74.006, 2024, 6, 20, -4),
    ("America/New_York", 40.7128, -74.006, 2024, 12, 21, -5),
    ("Asia/Tokyo", 35.6581, 139.7414, 2024, 1, 1, 9),
    ("Europe/Helsinki", 60.17, 24.94, 2024, 6, 20, 3),
    ("America/Argentina/Ushuaia", -54.8, -68.3, 2024, 6, 20, -3),
    ("Asia/Pyongyang", 39.03, 125.75, 2019, 4, 24, 9),
]  # zone, latitude, longitude, day, hours ahead of UTC on that day


def altitude(utc, latitude, longitude):
    """Of the centre of the sun, in degrees, without refraction."""
    days = (utc - datetime.datetime(2000, 1, 1, 12)).total_seconds() / 86400
    mean = math.radians(280.460 + 0.9856474 * days)
    anomaly = math.radians(357.528 + 0.9856003 * days)
    ecliptic = mean + math.radians(1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly))
    obliquity = math.radians(23.439 - 0.0000004 * days)
    ascension = math.atan2(math.cos(obliquity) * math.sin(ecliptic), math.cos(ecliptic))
    declination = math.asin(math.sin(obliquity) * math.sin(ecliptic))
    sidereal = math.radians(15 * (18.697374558 + 24.06570982441908 * days) + longitude)
    north = math.radians(latitude)
    return math.degrees(math.asin(math.sin(north) * math.sin(declination)
                                  + math.cos(north) * math.cos(declination) * math.cos(sidereal - ascension)))


def crossing(low, high, latitude, longitude):
    """When the sun's edge crosses the horizon between two times, to a tenth of a second."""
    below = altitude(low, latitude, longitude) < -50 / 60
    while high - low > datetime.timedelta(seconds=0.1):
        middle = low + (high - low) / 2
        if (altitude(middle, latitude, longitude) < -50 / 60) == below:
            low = middle
        else:
            high = middle
    return low


for zone, latitude, longitude, year, month, day, ahead in PLACES:
    noon = datetime.datetime(year, month, day, 12) - datetime.timedelta(hours=longitude / 15)
    half, offset = datetime.timedelta(hours=12), datetime.timedelta(hours=ahead)
    rise = crossing(noon - half, noon, latitude, longitude) + offset
    sunset = crossing(noon, noon + half, latitude, longitude) + offset
    print(f"{zone:26}{year}-{month:02}-{day:02}  {rise:%H:%M:%S}  {sunset:%H:%M:%S}")
