#!/usr/bin/env python3
"""pack.py SCRIPT MODULE OUTPUT: what Emscripten made, as pages hold it.

Base64, in lines, of a gzip stream of: the length of the script in four bytes, lowest first, the script, the module. The same input gives the same bytes.
"""
import base64
import pathlib
import subprocess
import sys

script, module, output = (pathlib.Path(path) for path in sys.argv[1:])
text = script.read_bytes()
whole = output.with_suffix(".whole")
whole.write_bytes(len(text).to_bytes(4, "little") + text + module.read_bytes())
packed = subprocess.run(["zopfli", "-c", "--i5", str(whole)], capture_output=True, check=True).stdout  # a twentieth smaller than gzip makes it
whole.unlink()
lines = base64.b64encode(packed).decode()
output.write_text("\n".join(lines[i : i + 120] for i in range(0, len(lines), 120)) + "\n")
print(f"{output.name}: {output.stat().st_size} bytes, of which the module is {module.stat().st_size} and its script {len(text)} before packing")
