"""What styles and markup of a web page mean for its text: hidden, raised, a fraction."""

import re
from typing import Final

from selectolax.lexbor import LexborNode

_HIDDEN: Final = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|opacity\s*:\s*0*\.?0+(?![\d.])|font-size\s*:\s*0+(?:\.0+)?(?![\d.])"
    r"|text-decoration(?:-line)?\s*:[^;]*line-through)",
    re.I,
)
_SHIFT: Final = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.I)
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.S)
# Rules in @media and the like hold at times only: they and what they enclose are passed over.
_AT_BLOCK: Final = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^{};]*;")
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
# Selectors that hold as the page opens: names, classes and ids, one within another.
_SELECTOR: Final = re.compile(r"[\w.#\- >\u0080-\uffff]+")
_MOST_RULES: Final = 500
# A mark stands in a link or a font at most a few elements below what raises it.
_LEVELS: Final = 4


def is_hidden(style: str) -> bool:
    """Whether declarations of CSS take the text off the page or strike it out."""
    return bool(_HIDDEN.search(style))


def make_plain(root: LexborNode) -> None:
    """Drop what the page's own styles hide; part numerators from denominators by a slash."""
    for selector in _hiding_selectors(root):
        for node in root.css(selector):
            if node.tag not in {"html", "body"}:
                node.attrs["hidden"] = ""
    for fraction in root.css("mfrac"):
        upper = fraction.child
        while upper is not None and upper.tag == "-text":
            upper = upper.next
        if upper is not None:
            upper.insert_after("/")
        fraction.insert_before(" ")
        fraction.insert_after(" ")
    for power in root.css("msup > :last-child"):
        power.insert_before("^")


def shift_of(text: LexborNode) -> int:
    """1 where an element around the text raises it, -1 where one lowers it, else 0."""
    node = text.parent
    for _ in range(_LEVELS):
        if node is None or not node.tag:
            return 0
        if node.tag in {"sup", "sub"}:
            return 1 if node.tag == "sup" else -1
        style = node.attributes.get("style")
        if style and (shift := _SHIFT.search(style)):
            return 1 if shift[1].lower() == "super" else -1
        node = node.parent
    return 0


def _hiding_selectors(root: LexborNode) -> list[str]:
    found: list[str] = []
    for sheet in root.css("style"):
        rules = _AT_BLOCK.sub("", _COMMENT.sub("", sheet.text() or ""))
        for rule in _RULE.finditer(rules):
            if is_hidden(rule[2]):
                names = (name.strip() for name in rule[1].split(","))
                found += [name for name in names if _SELECTOR.fullmatch(name)]
    return found[:_MOST_RULES]
