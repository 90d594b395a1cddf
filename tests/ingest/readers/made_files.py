"""Files made for the tests: a minimal PDF, archives that lie about themselves, pictures."""

import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from struct import pack

from ingest.readers import Document, Table

# One printed piece: x, y from the bottom, size, text. One rule: x0, y0, x1, y1.
Piece = tuple[float, float, float, str]
Rule = tuple[float, float, float, float]
PdfPage = tuple[Sequence[Piece], Sequence[Rule]]

_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 5 0 R>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
)


def _stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(content), content)


def _page_content(page: PdfPage) -> bytes:
    pieces, rules = page
    drawn = [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in rules]
    drawn += [
        f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"
        for x, y, size, text in pieces
    ]
    return "\n".join(drawn).encode()


def _pdf(bodies: Sequence[bytes], trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n" % (size, trailer, start)
    return bytes(out + b"%%EOF\n")


def pdf_of(pages: Sequence[PdfPage], image: bool = False, trailer: bytes = b"") -> bytes:
    """A PDF with these pages; with `image`, each page is covered by a grey picture."""
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *_FONT]
    picture = _stream(
        b"\x80",
        b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8",
    )
    bodies.append(picture)
    kids = []
    for page in pages:
        content = _page_content(page) + (b"\nq 595 0 0 842 0 0 cm /I1 Do Q" if image else b"")
        bodies.append(_stream(content))
        bodies.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>/XObject<</I1 6 0 R>>>>>>" % len(bodies)
        )
        kids.append(b"%d 0 R" % len(bodies))
    bodies[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return _pdf(bodies, trailer)


def png_of(width: int, height: int) -> bytes:
    """A white PNG picture; only its first rows are there if it is large."""
    rows = zlib.compress((b"\0" + b"\xff" * width) * min(height, 64))
    parts = (
        (b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", rows),
        (b"IEND", b""),
    )
    chunks = (
        pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def grid_rules(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """All rules of a grid with these columns' and rows' edges."""
    across = [(xs[0], y, xs[-1], y) for y in ys]
    return [*across, *((x, ys[0], x, ys[-1]) for x in xs)]


def headings(document: Document, printed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Column and row headings of the one cell that reads `printed`."""
    found = [
        cell
        for table in document.tables
        for cell in table.cells
        if document.text[cell.char_start : cell.char_end] == printed
    ]
    assert len(found) == 1, f"{printed} stands in {len(found)} cells"
    return found[0].column_headers, found[0].row_headers


def cell_texts(document: Document, table: Table) -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    return [[document.text[c.char_start : c.char_end] for c in row] for row in table.rows]


def rewrite_member(source: bytes, target: Path, name: str, edit: Callable[[bytes], bytes]) -> None:
    """Copy an archive with one member edited."""
    before = target.with_suffix(".before")
    before.write_bytes(source)
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            new.writestr(member.filename, edit(data) if member.filename == name else data)
