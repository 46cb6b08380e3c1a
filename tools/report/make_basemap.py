#!/usr/bin/python3
"""Makes basemap.json, the land, lakes and borders of maps where our networks lie, of Natural Earth files (public domain).

    make_basemap.py FOLDER >basemap.json

FOLDER holds coastline_, lakes_ and borders_natural_earth.geojson, clipped to longitude 100-142, latitude 20-56. Needs python3-shapely.
Coordinates are whole hundredths of a degree; every ring and line is [first longitude, first latitude, step, step, ...]. Land is what the coastlines
cut out of the box and is no known piece of sea; lakes are rings of their own. Edges of the box are no coasts.
"""
import json
import sys
from pathlib import Path

from shapely.geometry import LineString, Point, box, shape
from shapely.ops import linemerge, polygonize, unary_union

WEST, SOUTH, EAST, NORTH = 100, 20, 142, 56
# Points that lie in the sea: every piece of the box that holds one of them is water.
SEA = [(130, 38), (123, 35), (119.3, 38.4), (120.5, 39.5), (139, 55), (140.9, 50), (115, 21), (107.3, 20.6), (135, 30), (125, 28), (140.5, 45),
       (132, 30.5), (133.3, 34.2), (129.3, 34.3), (127, 22), (119.5, 24.3), (141.9, 40), (141.8, 46.2), (130.0, 32.6), (134.5, 34.6), (140.0, 35.4), (138.0, 54.0)]
SIMPLIFIED = 0.012  # degrees: half a pixel of a map as wide as the box


def lines_of(path):
    for feature in json.loads(path.read_text())["features"]:
        geometry = shape(feature["geometry"])
        yield from getattr(geometry, "geoms", [geometry])


def coded(coordinates):
    points = [(round(100 * x), round(100 * y)) for x, y in coordinates]
    points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    return [v for i, (x, y) in enumerate(points) for v in ((x, y) if i == 0 else (x - points[i - 1][0], y - points[i - 1][1]))]


def main(folder):
    frame = box(WEST, SOUTH, EAST, NORTH)
    coast = [line.simplify(SIMPLIFIED) for line in lines_of(folder / "coastline_natural_earth.geojson")]
    pieces = list(polygonize(unary_union([frame.exterior, *snapped(coast)])))
    land = [p for p in pieces if not any(p.contains(Point(at)) for at in SEA) and p.area > 0.004]
    lakes = [LineString(l.coords) for l in lines_of(folder / "lakes_natural_earth.geojson")]
    borders = linemerge([l for l in lines_of(folder / "borders_natural_earth.geojson")])
    borders = [l.simplify(SIMPLIFIED) for l in getattr(borders, "geoms", [borders])]
    json.dump({
        "box": [WEST, SOUTH, EAST, NORTH],
        "land": [coded(ring.coords) for p in land for ring in (p.exterior, *p.interiors)],
        "lakes": [coded(l.simplify(SIMPLIFIED).coords) for l in lakes],
        "borders": [coded(l.coords) for l in borders],
    }, sys.stdout, separators=(",", ":"))
    print(f"{len(pieces)} pieces, {len(land)} of them land: " + ", ".join(f"{p.representative_point().x:.1f} {p.representative_point().y:.1f}: {p.area:.2f}" for p in sorted(pieces, key=lambda p: -p.area)[:25]), file=sys.stderr)


def snapped(lines):
    """Ends that touch the frame to two decimals are drawn out to it."""
    for line in lines:
        points = [(WEST if x < WEST + 0.02 else EAST if x > EAST - 0.02 else x, SOUTH if y < SOUTH + 0.02 else NORTH if y > NORTH - 0.02 else y)
                  for x, y in line.coords]
        if len(set(points)) > 1:
            yield LineString(points)


main(Path(sys.argv[1]))
