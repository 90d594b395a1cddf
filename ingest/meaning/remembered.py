"""What a sentence leaves to those behind it: of which time its paragraph and section tell."""

from ingest.meaning.context import Context
from ingest.meaning.events import Events
from ingest.meaning.times import Topic, year_told


def remember(events: Events, opens: bool, named: list[Topic], context: Context) -> None:
    """Keep for the next sentences of the paragraph what this one speaks of.

    A month or a day tells of one event; only 截至 makes it a day on which things stood so. A year
    set off by a comma that opens a paragraph is what the whole paragraph tells of.
    """
    clean = events.sentence.clean
    is_report = context.header.document_type == "report"
    for topic in named:
        if topic.when.last_year > topic.when.first_year:
            context.span = topic.when
        if topic.is_local or topic.is_compared or _is_passing(topic, context):
            continue
        if opens and topic.at == 0 and clean[1:2] in "，," and context.when is None:
            context.opening = topic.when if not topic.when.is_event else None
        if is_report and opens and not topic.when.is_event:
            context.date_section(topic.when)
            opens = False
        if topic.is_due and not events.sentence.figures:
            context.date_innermost(topic.when)
        if not topic.when.is_event or topic.is_stock or topic.is_due:
            context.when = topic.when
            context.when_basis = "inherited" if topic.basis == "stated" else topic.basis


def _is_passing(topic: Topic, context: Context) -> bool:
    """Whether a period holds for its own sentence alone.

    近三年 does, but for reports; 年末 does where the document goes on to tell of the year; and a
    year to be reached does in a document that tells.
    """
    if topic.is_stock:
        context.stock = topic.when
        return topic.is_word and topic.when.last_year == year_told(context)
    if topic.is_word:
        return context.header.document_type != "report"
    return topic.is_due and context.document_mode == "actual"
