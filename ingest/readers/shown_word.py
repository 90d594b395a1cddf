"""A Word file's parts as a person sees them, before mammoth: what it would lose is written out.

Simple fields keep their result, breaks and tabs part what they part, struck-out and hidden text
and deleted cells go, ruby keeps its base, and equations become text on one line.
"""

import re
import zipfile
from collections import Counter
from io import BytesIO
from typing import Final
from xml.etree import ElementTree as Tree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PARTS: Final = re.compile(r"word/(?:document|footnotes|endnotes|comments)\d*\.xml")
_OFF: Final = frozenset({"0", "false", "off", "none"})
_UNSEEN: Final = ("strike", "dstrike", "vanish", "webHidden")
_TEXTS: Final = tuple(
    _W + name for name in ("t", "tab", "br", "cr", "ptab", "sym", "noBreakHyphen", "ruby")
)
_FRACTION: Final = re.compile(r"\\f\s*\(([^(),]*)[,;]([^(),]*)\)", re.I)


def as_shown(data: bytes) -> tuple[bytes, Counter[str]]:
    """The archive with its text parts rewritten; how many equations and fields each problem has.

    The keys are equation and eq_field: their text is on one line now and may read otherwise.
    """
    problems: Counter[str] = Counter()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        styles = _unseen_styles(old)
        for member in old.infolist():
            part = old.read(member)
            if _PARTS.fullmatch(member.filename):
                root = _tree(part)
                _Part(root, styles, problems).rewrite()
                part = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
            new.writestr(member.filename, part)
    return out.getvalue(), problems


def _tree(part: bytes) -> Tree.Element:
    return Tree.fromstring(part)  # noqa: S314 (the archive check refuses a DTD)


def _unseen_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    if "word/styles.xml" not in archive.namelist():
        return frozenset()
    found = _tree(archive.read("word/styles.xml")).iter(f"{_W}style")
    return frozenset(
        style.get(f"{_W}styleId", "") for style in found if _is_unseen(style.find(f"{_W}rPr"))
    )


def _is_unseen(properties: Tree.Element | None, styles: frozenset[str] = frozenset()) -> bool:
    if properties is None:
        return False
    own = [mark for name in _UNSEEN if (mark := properties.find(_W + name)) is not None]
    if own:
        return any(mark.get(f"{_W}val", "1").lower() not in _OFF for mark in own)
    style = properties.find(f"{_W}rStyle")
    return style is not None and style.get(f"{_W}val", "") in styles


class _Part:
    """One rewriting of a part, in place."""

    def __init__(self, root: Tree.Element, styles: frozenset[str], problems: Counter[str]) -> None:
        self._root = root
        self._styles = styles
        self._problems = problems

    def rewrite(self) -> None:
        """Every step once; the order matters where one uncovers what the next must see."""
        self._drop_deleted_cells()
        self._unwrap_fields()
        self._write_equations()
        for run in list(self._root.iter(f"{_W}r")):
            self._rewrite_run(run)

    def _drop_deleted_cells(self) -> None:
        for table in list(self._root.iter(f"{_W}tbl")):
            for row in table.findall(f"{_W}tr"):
                for cell in row.findall(f"{_W}tc"):
                    if cell.find(f"{_W}tcPr/{_W}cellDel") is not None:
                        row.remove(cell)
                if row.find(f"{_W}trPr/{_W}del") is not None:
                    table.remove(row)

    def _unwrap_fields(self) -> None:
        for parent in list(self._root.iter()):
            while (field := parent.find(f"{_W}fldSimple")) is not None:
                place = list(parent).index(field)
                parent.remove(field)
                inner = list(field)
                if formula := _formula(field.get(f"{_W}instr", "")):
                    self._problems["eq_field"] += 1
                    inner = [_text_run(formula)]
                for offset, child in enumerate(inner):
                    parent.insert(place + offset, child)

    def _write_equations(self) -> None:
        for parent in list(self._root.iter()):
            for place, child in enumerate(parent):
                if child.tag in {f"{_M}oMath", f"{_M}oMathPara"}:
                    self._problems["equation"] += 1
                    parent[place] = _text_run(f" {_on_one_line(child)} ")

    def _rewrite_run(self, run: Tree.Element) -> None:
        if _is_unseen(run.find(f"{_W}rPr"), self._styles):
            for child in [child for child in run if child.tag in _TEXTS]:
                run.remove(child)
        for place, child in enumerate(run):
            if child.tag == f"{_W}cr":
                run[place] = Tree.Element(f"{_W}br")
            elif child.tag == f"{_W}ptab":
                run[place] = Tree.Element(f"{_W}tab")
            elif child.tag == f"{_W}instrText" and (formula := _formula(child.text or "")):
                self._problems["eq_field"] += 1
                run[place] = _text(formula)
            elif child.tag == f"{_W}ruby":
                base = child.find(f"{_W}rubyBase")
                run[place] = _text("".join(base.itertext()) if base is not None else "")


def _formula(instruction: str) -> str:
    """What an EQ field prints, its fractions as 1/14; empty for any other field."""
    kind, _, formula = instruction.strip().partition(" ")
    if kind.upper() != "EQ":
        return ""
    return " " + _FRACTION.sub(r" \1/\2 ", formula) + " "


def _on_one_line(node: Tree.Element) -> str:
    match node.tag.removeprefix(_M):
        case "t":
            return node.text or ""
        case "f":
            upper, lower = node.find(f"{_M}num"), node.find(f"{_M}den")
            parts = [_on_one_line(part) for part in (upper, lower) if part is not None]
            return f" {'/'.join(parts)} "
        case "sup":
            return f"^{''.join(map(_on_one_line, node))}"
        case "sub":
            return f"_{''.join(map(_on_one_line, node))}"
        case _:
            return "".join(map(_on_one_line, node))


def _text(words: str) -> Tree.Element:
    element = Tree.Element(f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    element.text = words
    return element


def _text_run(words: str) -> Tree.Element:
    run = Tree.Element(f"{_W}r")
    run.append(_text(words))
    return run
