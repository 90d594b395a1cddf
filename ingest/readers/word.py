"""Word documents: mammoth turns them into a page, which is read like any other page."""

from io import BytesIO
from pathlib import Path

from ingest.readers.limits import Limits
from ingest.readers.linear_text import Extract
from ingest.readers.web_page import linear_page


def read_word(path: Path, data: bytes, limits: Limits) -> Extract:
    """Paragraphs, lists, footnotes and tables with their merged cells; deleted text is no text.

    Pictures are not opened and linked files not fetched. Numbers that Word itself sets before a
    paragraph are not in the file and so not in the text. Raises ReaderError: table_cells.
    """
    import mammoth

    page = mammoth.convert_to_html(
        BytesIO(data),
        convert_image=mammoth.images.img_element(lambda image: {}),
        include_embedded_style_map=False,
        external_file_access=False,
    )
    return linear_page(path, page.value, limits).finish("docx")
