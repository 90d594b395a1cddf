"""Which regions a topic page shows; the others have their charts on their own pages."""

from collections import Counter
from typing import Final

from report.knowledge import Knowledge
from report.topics import Topic

MOST_REGIONS_PER_TOPIC: Final = 4


def leading_regions(knowledge: Knowledge, topic: Topic) -> list[str]:
    """The regions with the most values on a topic, the nation first."""
    counts: Counter[str] = Counter()
    for (city, found), count in knowledge.values_by_city_and_topic.items():
        if found in topic.indicator_topics:
            counts[city] += count
    ordered = sorted(counts, key=lambda code: (-counts[code], code))[:MOST_REGIONS_PER_TOPIC]
    return sorted(ordered)
