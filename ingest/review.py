"""Review: open proposals one after the other, each in its sentence, settled by a few keys."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.proposals import ACCEPT, REMOVE, Queue, Row, load, save
from project.language import say

_AROUND: Final = 70
_STOPS: Final = "。！？\n"
SHOWN: Final = (
    "indicator", "sector", "region_code", "region_scope", "period", "period_basis", "status",
    "qualifier", "value", "value_low", "value_high", "unit_code", "sex", "urbanisation",
    "pupil_group", "staff_group",
)  # fmt: skip

Ask = Callable[[str], str]
Show = Callable[[str], None]


def review(document_id: str, ask: Ask, show: Show) -> tuple[int, int]:
    """Settle the open proposals of one document; gives back how many were settled and are left.

    Every answer is kept at once, so that a review goes on where it stopped. ask: gives the answer
    to a prompt; show: prints a line. Raises InputFault where there are no proposals.
    """
    queue = load(document_id)
    text = _text(queue)
    settled = 0
    total = len(queue.open_rows)
    for place, row in enumerate(queue.rows):
        if row["decision"]:
            continue
        show(say("ingest_flow.review_place", place=settled + 1, total=total, document=document_id))
        answer = _settle(dict(row), text, ask, show)
        if answer is None:
            break
        if answer["decision"]:
            settled += 1
            rows = [*queue.rows[:place], answer, *queue.rows[place + 1 :]]
            queue = replace(queue, rows=rows)
            save(queue)
    return settled, len(queue.open_rows)


def _settle(row: Row, text: str, ask: Ask, show: Show) -> Row | None:
    """The row as the person leaves it; None where the person stops."""
    while True:
        show(sentence(text, row))
        show(_described(row))
        answer = ask(say("ingest_flow.review_prompt")).strip()
        key, _, rest = answer.partition(" ")
        match key:
            case "q":
                return None
            case "s" | "":
                return row
            case "a":
                row["decision"] = ACCEPT if row["confidence"] else REMOVE
                return row
            case "n" if rest:
                row |= {"kind": "non_figure", "reason": rest.strip(), "decision": ACCEPT}
                return row
            case "e" if "=" in rest:
                _edit(row, rest, show)
            case _:
                show(say("ingest_flow.review_keys"))


def _edit(row: Row, rest: str, show: Show) -> None:
    """Take in `period=2022 indicator=births`; a wrong column is told and left."""
    for part in rest.split():
        column, _, value = part.partition("=")
        if column in row and column not in ("decision", "confidence", "char_start", "char_end"):
            row[column] = value
        else:
            show(say("ingest_flow.review_no_column", column=column))


def _described(row: Row) -> str:
    if not row["confidence"]:
        return say("ingest_flow.review_gone", printed=row["printed"])
    if row["kind"] == "non_figure":
        return f"non_figure: {row['reason']}  ({row['confidence']})"
    parts = [f"{name}={row[name]}" for name in SHOWN if row[name]]
    subject = f"{row['subject_zh']} | " if row["subject_zh"] else ""
    return f"{subject}{' '.join(parts)}  ({row['confidence']}){_doubts(row['doubts'])}"


def _doubts(codes: str) -> str:
    """Why the machine is not sure, a line each."""
    told = (code.partition(":") for code in codes.split("; ") if code)
    return "".join(f"\n  ? {say(f'doubts.{code}', words=words)}" for code, _, words in told)


def sentence(text: str, row: Row) -> str:
    """The sentence around a number, the number in bold between brackets."""
    start, end = int(row["char_start"]), int(row["char_end"])
    if text[start:end] != row["printed"]:
        return row["evidence"] or row["printed"]
    first = max((text.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
    stops = [place for stop in _STOPS if (place := text.find(stop, end)) >= 0]
    last = min(stops, default=len(text))
    first, last = max(first, start - _AROUND), min(last, end + _AROUND)
    front, back = " ".join(text[first:start].split()), " ".join(text[end:last].split())
    return f"{front}\x1b[1;7m[{row['printed']}]\x1b[0m{back}"


def _text(queue: Queue) -> str:
    from ingest.readers import ReaderError, read

    try:
        return read(Path(queue.source)).text
    except (ReaderError, OSError):
        return ""
