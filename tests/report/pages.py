"""How the tests of this folder read pages."""

import json
import posixpath
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from report.site import pages
from report.warehouse import read


def all_pages(warehouse: Path) -> Mapping[str, str]:
    """Every page of the report of a warehouse, by path, without writing it anywhere."""
    return {path: text for path, text in pages(read(warehouse)) if path.endswith(".html")}


def written_pages(folder: Path) -> Mapping[str, str]:
    """Every page of a written report."""
    files = sorted(folder.rglob("*.html"))
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}


@cache
def parsed(html: str) -> LexborHTMLParser:
    """A page as a tree."""
    return LexborHTMLParser(html)


def broken_links(all_of_them: Mapping[str, str]) -> list[str]:
    """Links whose page or anchor does not exist."""
    ids = {path: _ids(html) for path, html in all_of_them.items()}
    broken = []
    for path, html in all_of_them.items():
        for link in parsed(html).css("a[href]"):
            target, _, anchor = str(link.attributes["href"]).partition("#")
            page = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            page = page if target else path
            if page not in ids or (anchor and anchor not in ids[page]):
                broken.append(f"{path} -> {link.attributes['href']}")
    return broken


def search_entries(folder: Path) -> list[list[Any]]:
    """What the search of a written report holds."""
    script = (folder / "search-index.js").read_text("utf-8")
    entries: list[list[Any]] = json.loads(script[script.index("[") : script.rindex("]") + 1])
    return entries


def values_in(nodes: Iterable[LexborNode]) -> list[str]:
    """The exact values of the numbers in some nodes, in their order; mere ranges have none."""
    found = [str(one.attributes["value"]) for node in nodes for one in node.css("data")]
    return [value for value in found if "/" not in value]


def _ids(html: str) -> set[str]:
    return {str(node.attributes["id"]) for node in parsed(html).css("[id]")}
