"""What holds for any text at all: no error, spans in order, every digit in exactly one mention."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.quantities import FORMS, REASONS, bounds, find, interval
from ingest.quantities.readings import Mention

DIGITS = frozenset("0123456789０１２３４５６７８９")
PIECES = """
0 1 5 12 100 2023 ０ ９ 一 二 三 十 百 千 万 亿 零 〇 两 几 数 半 双 第 每 年 月 日 个
人 名 所 元 % ％ 百分点 、 ， 。 . , ： : ∶ - — ～ / + × （ ） ( ) 〔 〕 《 》 “ ”
约 近 超过 不 低于 以上 以内 左右 余 多 至 到 从 点 分之 成 级 号 届 次 大 学年 课时 生
A x G ① 壹 佰 比 行动 工程 是 要 ° ² 😀
"""
LAYOUT = ["\n", "\t", "\u3000", "\r", " "]
official = st.lists(st.sampled_from(PIECES.split() + LAYOUT), max_size=40).map("".join)
anything = st.one_of(st.text(max_size=80), official)


def check(text: str) -> list[Mention]:
    """Finds the mentions and holds them against everything that is promised."""
    found = find(text)
    end = 0
    covered = 0
    for mention in found:
        assert end <= mention.char_start < mention.char_end <= len(text)
        assert text[mention.char_start : mention.char_end] == mention.printed
        assert mention.form in FORMS
        assert mention.reason == "" or mention.reason in REASONS
        assert mention.is_statistic == (mention.form not in ("label", "period"))
        for measured in (True, False):
            low, high = interval(mention, measured)
            assert low is None or high is None or low <= high
        covered += sum(letter in DIGITS for letter in mention.printed)
        end = mention.char_end
    assert covered == sum(letter in DIGITS for letter in text)
    return found


@given(anything)
@settings(max_examples=1000, deadline=None)
def test_any_text_gives_ordered_spans_that_cover_every_digit(text: str) -> None:
    check(text)


@given(official, official)
@settings(max_examples=150, deadline=None)
def test_lines_far_apart_do_not_change_each_other(first: str, second: str) -> None:
    between = "\n" + "教育发展" * 20 + "。\n"
    alone = [mention.printed for mention in find(first + between)]
    together = [mention.printed for mention in find(first + between + second)]
    assert together[: len(alone)] == alone


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["exact", "about", "nearly", "over", "at_least", "at_most", "more_than"]),
)
def test_an_interval_holds_the_number_it_was_made_of(value: Decimal, qualifier: str) -> None:
    low, high = bounds(value, qualifier, is_rounded=True)
    assert low is None or low <= value
    assert high is None or value <= high


def test_a_range_has_no_interval_rule_of_its_own() -> None:
    with pytest.raises(ValueError, match="brings its own ends"):
        bounds(Decimal(1), "range")


HOSTILE = {
    "digits": "7" * 200_000,
    "one": "一" * 200_000,
    "list": "1、" * 40_000,
    "groups": "1,234," * 20_000,
    "sections": "1." * 40_000,
    "years": "2021-" * 40_000,
    "brackets": "（" * 40_000 + "1" + "）" * 40_000,
    "quotes": "“1" * 40_000,
    "titles": "《1" * 40_000,
    "blanks": "1" + " " * 200_000 + "人",
    "letters": "a1/" * 30_000,
    "shares": "百分之" * 30_000,
    "dates": "2021年3月" * 30_000,
    "strokes": "1-" * 40_000,
    "each": "每" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_grows_in_step_with_a_hostile_text(name: str) -> None:
    text = HOSTILE[name]
    find(text[:1000])
    times = []
    for part in (text[: len(text) // 8], text):
        start = time.process_time()
        find(part)
        times.append(time.process_time() - start)
    # Eight times the text: a quadratic pass would take sixty-four times as long.
    assert times[1] < 24 * times[0] + 0.2


def test_a_million_digits_are_one_identifier() -> None:
    found = find("编号" + "9" * 1_000_000 + "号")
    assert [(mention.reason, mention.char_start) for mention in found] == [("identifier", 2)]


def test_every_digit_of_a_mixed_text_is_accounted_for() -> None:
    text = (
        "1.2023年，共有5。3所，12:30，1/2，3-5-7，2021/09/01，a1b2，￥300，第3，(4)，5)，６、7．8"
    )
    assert check(text)
