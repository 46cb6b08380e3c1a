#!/usr/bin/env python3
"""What is built is hardened: hardening.py FILE... (programs and shared libraries). Needs readelf, of the compiler's own tools."""
import re
import subprocess
import sys


def readelf(*words):
    return subprocess.run(["readelf", "--wide", *words], capture_output=True, text=True, check=True).stdout


def faults(path):
    header, segments, dynamic, symbols = readelf("-h", path), readelf("-l", path), readelf("-d", path), readelf("--dyn-syms", path)
    if not re.search(r"Type:\s+DYN", header):
        yield "is loaded at a fixed address (no PIE)"
    if "GNU_RELRO" not in segments:
        yield "has no read-only relocations (relro)"
    if not re.search(r"BIND_NOW|Flags:.*NOW", dynamic):
        yield "binds names late (no -z now)"
    stack = re.search(r"GNU_STACK.*?(R\S*\s?W?\s?E?)\s", segments)
    if not stack or "E" in re.search(r"GNU_STACK\s+(?:0x\S+\s+)+([RWE ]+?)\s+0x", segments).group(1):
        yield "has an executable stack"
    if "__stack_chk_fail" not in symbols:
        yield "does not guard its stacks"
    if re.search(r"RPATH|RUNPATH", dynamic):
        yield "looks for libraries where it was built"
    if re.search(r"LOAD.*RWE", segments):
        yield "has a segment that can be written and executed"


def main():
    wrong = [f"{path} {fault}" for path in sys.argv[1:] for fault in faults(path)]
    print("\n".join(wrong) or f"{len(sys.argv) - 1} files: position-independent, read-only relocations, bound at once, guarded stacks, none executable")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
