"""Word documents: mammoth turns them into a page, which is read like any other page."""

from io import BytesIO
from pathlib import Path
from typing import Final

from ingest.readers.limits import Limits
from ingest.readers.linear_text import Extract
from ingest.readers.shown_word import as_shown
from ingest.readers.web_page import linear_page
from project.language import say

# So mammoth says that it left an element out; its other messages are on styles and pictures.
_IGNORED: Final = "An unrecognised element was ignored"
_REMARKS: Final = {
    "equation": "remark_equations",
    "eq_field": "remark_equations",
    _IGNORED: "remark_ignored",
}


def read_word(path: Path, data: bytes, limits: Limits) -> Extract:
    """Paragraphs, lists, footnotes and tables with their merged cells; deleted text is no text.

    Pictures are not opened and linked files not fetched. Numbers that Word itself sets before a
    paragraph are not in the file and so not in the text. What could not be carried over whole
    (equations, parts that mammoth ignored) is named in a remark. Raises ReaderError: table_cells.
    """
    import mammoth

    shown, problems = as_shown(data)
    page = mammoth.convert_to_html(
        BytesIO(shown),
        convert_image=mammoth.images.img_element(lambda image: {}),
        include_embedded_style_map=False,
        external_file_access=False,
    )
    problems.update(_IGNORED for message in page.messages if _IGNORED in message.message)
    remarks = [
        say(f"readers.{_REMARKS[problem]}", file=path.name, count=count)
        for problem, count in problems.items()
    ]
    return linear_page(path, page.value, limits).finish("docx", remarks=remarks)
