#!/usr/bin/env python3
"""Every relative link of our documents points to a file that is there, and every anchor to a heading of it.
   links.py DOCUMENT...
   links.py --try        whether broken links are found

Addresses with a scheme (https:) are not looked at: nothing here needs a network."""
import os
import re
import sys
import tempfile

LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]*)>?(?:\s+\"[^\"]*\")?\)")
SHORTCUT = re.compile(r"^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?", re.M)


def without_code(text):
    """The same lines, with those of code blocks and the pieces of code emptied."""
    lines, fence, before = [], "", ""
    for line in text.split("\n"):
        mark = re.match(r" {0,3}(```+|~~~+)", line)
        if mark:
            fence = "" if fence else mark.group(1)
            line = ""
        elif fence or (line.startswith("    ") and not re.match(r"\s*[-*0-9]", before) and not before.startswith("  ")):
            line = ""
        lines.append(line)
        before = line or before if line.strip() else ""
    # A piece of code may go on in the next line, not over an empty one.
    return re.sub(r"(`+)(?:(?!\n\n).)+?\1", lambda code: re.sub(r"[^\n]", " ", code.group()), "\n".join(lines), flags=re.S)


def anchor_of(heading):
    """As GitHub and MkDocs make them: small letters, hyphens for spaces, nothing else but letters, digits, hyphens and underscores."""
    heading = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.strip().lower()))


def anchors_of(text):
    anchors = set()
    for line in re.sub(r"^(```+|~~~+).*?^\1", "", text, flags=re.S | re.M).split("\n"):
        heading = re.match(r" {0,3}#{1,6}\s+(.*?)\s*#*$", line)
        if not heading:
            continue
        own = re.match(r"(.*?)\s*\{#([^}]+)\}$", heading.group(1))
        anchor = base = own.group(2) if own else anchor_of(heading.group(1))
        count = 0
        while anchor in anchors:
            count += 1
            anchor = f"{base}-{count}"
        anchors.add(anchor)
    anchors.update(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))
    return anchors


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def broken_links(document):
    """Messages, and how many links there are."""
    text, found, count = without_code(read(document)), [], 0
    for match in list(LINK.finditer(text)) + list(SHORTCUT.finditer(text)):
        target = match.group(1)
        if re.match(r"[a-z][a-z+.-]*:", target):
            continue
        count += 1
        where = f"{document}:{text.count(chr(10), 0, match.start()) + 1}: {target}"
        path, _, anchor = target.partition("#")
        file = os.path.normpath(os.path.join(os.path.dirname(document), path)) if path else document
        if not target:
            found.append(where + ": a link to nothing")
        elif path.startswith("/") or not os.path.exists(file):
            found.append(where + ": there is no such file")
        elif anchor and (not os.path.isfile(file) or anchor not in anchors_of(read(file))):
            found.append(where + f": no heading of {os.path.basename(file)} has this anchor")
    return found, count


def looked_at(documents):
    broken, links = [], 0
    for document in documents:
        found, count = broken_links(os.path.abspath(document))
        broken += found
        links += count
    for line in broken:
        print(line)
    print(f"{links} links in {len(documents)} documents, {len(broken)} broken")
    return len(broken), links


def tried():
    """Broken links of each kind are found, and others are not."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "below"))
        with open(os.path.join(folder, "below", "there.md"), "w", encoding="utf-8") as file:
            file.write("# A title: `with` code\n\n## Twice\n\n## Twice\n\n## Own {#mine}\n\nback [up](../page.md#here)\n")
        with open(os.path.join(folder, "page.md"), "w", encoding="utf-8") as file:
            file.write("# Here\n\n[a](below/there.md) [b](below/there.md#a-title-with-code) [c](#here) [d](below/there.md#twice-1) [e](below/there.md#mine)\n"
                       "[f](https://example.org/nothing) `[g](no.md)` [h](below)\n\n    [i](no.md)\n\n```\n[j](no.md)\n```\n\n- point\n  goes on\n\n"
                       "[k](missing.md) [l](below/there.md#missing) [m](#missing) [n](/page.md) [o](below/there.md#twice-2)\n[p]: gone.md\n")
        broken, links = looked_at([os.path.join(folder, "page.md"), os.path.join(folder, "below", "there.md")])
    return 0 if (broken, links) == (6, 13) else 1


def main():
    if sys.argv[1:] == ["--try"]:
        return tried()
    broken, links = looked_at(sys.argv[1:])
    return 1 if broken or links < 20 else 0


sys.exit(main())
