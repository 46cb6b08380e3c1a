"""Holds `railwindow import osm` against lengths that share no line of code with it, and against a large file.

    osm.py TOOL lengths            a winding double track that this program draws: kilometres within 0.2 % of geodesics
    osm.py TOOL file FILE.opl NETWORK.yaml    the same of somebody else's file (as text: osmium cat FILE -o FILE.opl) and what was imported of it
    osm.py TOOL large MEGABYTES    memory and time for a file of roads with a railway in it
"""

import heapq
import math
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def geodesic(a, b):
    """Metres on WGS84. Source: Vincenty 1975, Survey Review 23(176), inverse formula."""
    (lat1, lon1), (lat2, lon2) = a, b
    if a == b:
        return 0.0
    big, f = 6378137.0, 1 / 298.257223563
    small = big * (1 - f)
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(x))) for x in (lat1, lat2))
    wanted = lam = math.radians(lon2 - lon1)
    for _ in range(100):
        x = math.cos(u2) * math.sin(lam)
        y = math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam)
        sin_sigma = math.hypot(x, y)
        cos_sigma = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_sigma
        cos2_alpha = 1 - sin_alpha**2
        middle = cos_sigma - 2 * math.sin(u1) * math.sin(u2) / cos2_alpha if cos2_alpha else 0.0
        c = f / 16 * cos2_alpha * (4 + f * (4 - 3 * cos2_alpha))
        before = lam
        lam = wanted + (1 - c) * f * sin_alpha * (sigma + c * sin_sigma * (middle + c * cos_sigma * (2 * middle**2 - 1)))
        if abs(lam - before) < 1e-13:
            break
    square = cos2_alpha * (big**2 - small**2) / small**2
    p = 1 + square / 16384 * (4096 + square * (-768 + square * (320 - 175 * square)))
    q = square / 1024 * (256 + square * (-128 + square * (74 - 47 * square)))
    delta = q * sin_sigma * (middle + q / 4 * (cos_sigma * (2 * middle**2 - 1) - q / 6 * middle * (4 * sin_sigma**2 - 3) * (4 * middle**2 - 3)))
    return small * p * (sigma - delta)


def read_opl(path):
    """Nodes with their places, and the tracks as lists of nodes."""
    nodes, tracks = {}, []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        words = line.split(" ")
        if line.startswith("n"):
            place = {word[0]: word[1:] for word in words[1:] if word[:1] in ("x", "y")}
            if place.get("x"):
                nodes[int(words[0][1:])] = (float(place["y"]), float(place["x"]))
        elif line.startswith("w") and re.search(r"[T,]railway=rail(,|\s|$)", line) and "service=" not in line:
            tracks.append([int(ref[1:]) for ref in words[-1][1:].split(",")])
    return nodes, tracks


def stations_of(network):
    """Of a network file: places of its stations, and each line as stations with kilometres."""
    places, lines, here, chainage = {}, [], None, False
    for line in Path(network).read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"  ([a-z0-9-]+):", line):
            here = match[1]
        elif match := re.fullmatch(r"    position: ([\d.]+) ([NS]) ([\d.]+) ([EW])", line):
            places[here] = (float(match[1]) * (1 if match[2] == "N" else -1), float(match[3]) * (1 if match[4] == "E" else -1))
        elif line == "    chainage:":
            lines.append([])
        elif lines and (match := re.fullmatch(r"      ([a-z0-9-]+): ([\d.]+) km", line)):
            lines[-1].append((match[1], float(match[2])))
    return places, lines


def compare(opl, network):
    """The worst error of a section, in percent: against the shortest way along the tracks between the places nearest to both stations."""
    nodes, tracks = read_opl(opl)
    places, lines = stations_of(network)
    graph = {}

    def join(a, b, metres):
        graph.setdefault(a, []).append((b, metres))
        graph.setdefault(b, []).append((a, metres))

    segments = [(a, b) for track in tracks for a, b in zip(track, track[1:]) if a in nodes and b in nodes and a != b]
    cut = {}
    for name, (lat, lon) in places.items():  # a station stands on the segment that it is nearest to
        best = None
        for a, b in segments:
            scale = math.cos(math.radians(lat))
            ax, ay, bx, by = ((nodes[a][1] - lon) * scale, nodes[a][0] - lat, (nodes[b][1] - lon) * scale, nodes[b][0] - lat)
            square = (bx - ax) ** 2 + (by - ay) ** 2
            t = min(1.0, max(0.0, -(ax * (bx - ax) + ay * (by - ay)) / square)) if square else 0.0
            off = math.hypot(ax + t * (bx - ax), ay + t * (by - ay))
            if best is None or off < best[0]:
                best = (off, (a, b), t)
        cut.setdefault(best[1], []).append((best[2], name))
    for a, b in segments:
        chain = [a] + [name for _, name in sorted(cut.get((a, b), []))] + [b]
        spots = [nodes[one] if isinstance(one, int) else places[one] for one in chain]
        for (one, here), (other, there) in zip(zip(chain, spots), zip(chain[1:], spots[1:])):
            join(one, other, geodesic(here, there))

    def shortest(begin, end):
        known, queue = {}, [(0.0, str(begin), begin)]
        while queue:
            far, _, at = heapq.heappop(queue)
            if at in known:
                continue
            known[at] = far
            if at == end:
                return far
            for other, metres in graph.get(at, []):
                if other not in known:
                    heapq.heappush(queue, (far + metres, str(other), other))
        return math.nan

    worst = 0.0
    for line in lines:
        for (a, begin), (b, end) in zip(line, line[1:]):
            ours, theirs = 1000 * (end - begin), shortest(a, b)
            off = max(0.0, abs(ours - theirs) - 1) / theirs * 100  # chainages are written to the metre
            print(f"{a} to {b}: {ours:.0f} m, geodesics {theirs:.1f} m")
            worst = math.nan if math.isnan(off) else max(worst, off)
        total, along = 1000 * (line[-1][1] - line[0][1]), sum(shortest(a, b) for (a, _), (b, _) in zip(line, line[1:]))
        print(f"line {line[0][0]} to {line[-1][0]}: {total:.0f} m, geodesics {along:.1f} m, off by {100 * (total / along - 1):+.4f} %")
    return worst


def winding_railway(path):
    """Two tracks 5 m apart that wind for 120 km, with stations a little beside them."""
    text, ids = [], [[], []]
    number = 0
    for i in range(2400):
        lat, lon = 43.0 + i * 0.0004 + 0.01 * math.sin(i / 40), 131.0 + 0.02 * math.sin(i / 90) + i * 0.0001
        for track in (0, 1):
            number += 1
            ids[track].append(number)
            text.append(f"n{number} v1 x{lon + track * 6e-5:.7f} y{lat:.7f}")
        if i % 400 == 200:
            number += 1
            text.append(f"n{number} v1 x{lon - 4e-4:.7f} y{lat:.7f} Trailway=station,name=Station%20%{i}")
    way = 0
    for track in (0, 1):
        for first in range(0, 2400, 60):
            way += 1
            text.append(f"w{way} v1 Trailway=rail,gauge=1520,maxspeed=80,electrified=no N" + ",".join(f"n{ref}" for ref in ids[track][first : first + 61]))
    Path(path).write_text("\n".join(text) + "\n", encoding="utf-8")


def lengths(tool, folder):
    opl, network = folder / "winding.opl", folder / "network.yaml"
    winding_railway(opl)
    subprocess.run([tool, "import", "osm", opl, "--bbox=130,42,133,45", "--zone", "Asia/Vladivostok", "--output", network], check=True)
    text = network.read_text(encoding="utf-8")
    assert text.count("tracks: 2") == 5 and "tracks: 1," not in text, "two tracks are one line of two"
    worst = compare(opl, network)
    assert worst < 0.2, f"{worst} %"


def large(tool, folder, megabytes):
    """Roads by the hundred thousand, and beside them a railway that does not grow with them."""
    opl, network = folder / "large.opl", folder / "network.yaml"
    winding_railway(opl)
    railway = opl.read_text(encoding="utf-8").splitlines(keepends=True)
    draw = random.Random(1)
    with opl.open("w", encoding="utf-8") as out:
        out.writelines(line for line in railway if line[0] == "n")
        node, size = 1_000_000, 0
        first = node
        while size < megabytes * 750_000:
            line = f"n{node} v1 dV c1 t2020-01-01T00:00:00Z i1 usomebody T x{131 + draw.random():.7f} y{43 + draw.random():.7f}\n"
            size += out.write(line)
            node += 1
        out.writelines(line for line in railway if line[0] == "w")
        way = 1_000_000
        while size < megabytes * 1_000_000:
            begin = draw.randrange(first, node - 20)
            size += out.write(f"w{way} v1 dV c1 t2020-01-01T00:00:00Z i1 usomebody Thighway=residential N" + ",".join(f"n{begin + i}" for i in range(20)) + "\n")
            way += 1
    begin = time.monotonic()
    subprocess.run([tool, "import", "osm", opl, "--bbox=130,42,133,45", "--zone", "Asia/Vladivostok", "--output", network], check=True)
    seconds, memory = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{opl.stat().st_size / 1e6:.0f} MB, {node - first} nodes, {way - 1_000_000} ways beside the railway: {seconds:.1f} s, {memory:.0f} MB at most")
    assert network.read_text(encoding="utf-8").count("tracks: 2") == 5
    assert memory < 150, "memory grows with the railway, not with the file"


if __name__ == "__main__":
    tool, what = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as name:
        if what == "file":
            worst = compare(sys.argv[3], sys.argv[4])
            sys.exit(0 if worst < 0.2 else 1)
        lengths(tool, Path(name)) if what == "lengths" else large(tool, Path(name), float(sys.argv[3]))
