"""Pages: numbers of pages that a copy has set into running text, as though they were indices.

Collections of documents open every page with 3、 or 3. at the beginning of a line; the page
before then breaks off in the middle of a sentence.
"""

import re

from ingest.quantities.labels import mention
from ingest.quantities.readings import Mention

_PAGE = re.compile(r"([0-9]{1,4})[、.]")
_SENTENCE_ENDS = frozenset("。！？；：.!?;:”）)】」』|*#>")
_SHORTEST_PAGE = 80
_FEWEST_PAGES = 3


def mark_pages(text: str, found: list[Mention]) -> None:
    """Turns list indices into page numbers, in place, where they count pages.

    Pages are numbered 1, 2, 3 ... without a gap, each at the beginning of a line, and at least
    half of the lines before them are long and break off in mid-sentence.
    """
    pages: list[int] = []
    broken = 0
    for at, candidate in enumerate(found):
        if candidate.reading.reason != "list_index":
            continue
        start = candidate.char_start
        if start and text[start - 1] != "\n":
            continue
        page = _PAGE.fullmatch(candidate.printed)
        if page and int(page[1]) == len(pages) + 1:
            pages.append(at)
            broken += _breaks_off(text, start)
    if len(pages) >= _FEWEST_PAGES and 2 * broken >= len(pages):
        for at in pages:
            page_mark = found[at]
            found[at] = mention(text, page_mark.char_start, page_mark.char_end, "page_number")


def _breaks_off(text: str, line_start: int) -> bool:
    """Whether the line before is long and ends inside a sentence."""
    line = text[max(0, line_start - 1 - _SHORTEST_PAGE) : max(0, line_start - 1)].rstrip()
    return len(line) > _SHORTEST_PAGE // 2 and "\n" not in line and line[-1] not in _SENTENCE_ENDS
