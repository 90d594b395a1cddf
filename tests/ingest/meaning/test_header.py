"""What a document says of itself, in the layouts in which documents come."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.meaning import load_reference
from ingest.meaning.header import Header, read_header
from project import paths

TODAY = date(2026, 11, 22)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
DIGITS = "〇一二三四五六七八九"
LETTERS = "株洲市教育局关于的通知〔〕[]2023年月日号0１二〇《》\n 　>：。、"
BODY = "全市认真落实各项任务，教育事业取得新的进展。\n" * 3


def header(text: str) -> Header:
    return read_header(text, load_reference(paths.seeds_folder()), TODAY)


def letter(*, number: str = "", issuer: str = "株洲市教育局", day: str = "2023年9月1日") -> str:
    title = "关于做好2023年秋季学期校园安全工作的通知"
    return f"{issuer}\n\n{number}\n\n{title}\n\n各县市区教育局：\n{BODY}\n{issuer}\n{day}\n"


@pytest.mark.parametrize(
    "printed",
    [
        "株教发〔2023〕27号", "株教发[2023]27号", "株教发［2023］27号", "株教发（2023）27号",
        "株教发(2023)27号", "株教发【2023】27号", "株教发﹝2023﹞27号", "株教发｛2023｝27号",
        "株教发〔2023〕第27号", "株教发 〔 2023 〕 27 号", "株教发〔２０２３〕２７号",
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_kind_of_bracket(printed: str) -> None:
    assert header(letter(number=printed)).document_number == "株教发〔2023〕27号"


def test_a_number_that_the_text_cites_is_not_its_own() -> None:
    cited = "根据《关于教师交流的意见》（湘教发〔2021〕5号），现就有关事项通知如下。\n"
    assert header(letter() + cited * 3).document_number == ""


def test_of_a_cited_and_an_own_number_the_own_one_is_taken() -> None:
    cited = "根据《关于教师交流的意见》（湘教发〔2021〕5号），现就有关事项通知如下。\n"
    assert header(letter(number="株教发〔2023〕27号") + cited).document_number == (
        "株教发〔2023〕27号"
    )


def in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = ("一" if tens == 1 else DIGITS[tens]) + "十" if tens > 1 else "十" * tens
    return ten + (DIGITS[ones] if ones else "")


def writings(day: date) -> list[str]:
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    arabic = f"{day.year}年{day.month}月{day.day}日"
    words = f"{year}年{in_words(day.month)}月{in_words(day.day)}日"
    return [
        arabic, arabic.translate(WIDE), f"{day.year} 年 {day.month} 月 {day.day} 日",
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"（{arabic}）",
        f"发布时间：{day.isoformat()}", words, words.replace("〇", "○"), words.replace("〇", "零"),
        words.replace("〇", "O"),
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2029, 12, 31)), st.data())
def test_a_day_is_read_however_it_is_written(day: date, data: st.DataObject) -> None:
    printed = data.draw(st.sampled_from(writings(day)))
    found = header(letter(day=printed))
    assert (found.published_on, found.published_basis) == (day, "printed"), printed


def test_a_day_that_no_calendar_has_is_not_read() -> None:
    assert header(letter(day="2023年2月30日")).published_basis == "inferred"


def test_a_report_is_dated_by_the_meeting_at_which_it_was_given() -> None:
    opened = "——2023年10月26日在株洲市第十六届人民代表大会常务委员会第十三次会议上"
    found = header(f"关于全市学前教育工作情况的报告\n{opened}\n\n主任、各位委员：\n{BODY}")
    assert (found.published_on, found.published_basis) == (date(2023, 10, 26), "printed")


def test_without_a_day_the_number_the_month_the_title_and_the_text_date_a_document() -> None:
    plain = "各县市区要加强管理。\n" * 40
    numbered = f"株教发〔2021〕9号\n株洲市教育工作要点\n{plain}"
    monthly = f"株洲市教育情况\n（2022年5月）\n{plain}"
    titled = f"株洲市2020年教育工作总结\n{plain}"
    told = f"株洲市教育情况\n2018年开展了检查，2019年进行了整改，到2035年实现目标。\n{plain}"
    days = [header(text).published_on for text in (numbered, monthly, titled, told)]
    assert days == [date(2021, 12, 31), date(2022, 5, 31), date(2020, 12, 31), date(2019, 12, 31)]


def test_a_text_that_tells_no_day_is_of_today() -> None:
    found = header("学校要加强安全管理，确保师生平安。")
    assert (found.published_on, found.published_basis) == (TODAY, "inferred")


def test_the_furniture_of_a_web_page_is_no_title() -> None:
    page = (
        "当前位置：首页 > 政务公开 > 通知公告\n字体：[ 增大 减小 还原 ]\n"
        "[减小] 株洲市2022年教育事业发展统计公报\n"
        "发布时间：2023-05-18 10:22　来源：株洲市教育局　浏览次数：1532\n\n"
        f"{BODY}\n打印本页 关闭窗口\n"
    )
    found = header(page)
    assert found.title_zh == "株洲市2022年教育事业发展统计公报"
    assert (found.document_type, found.mode) == ("bulletin", "actual")
    assert found.published_on == date(2023, 5, 18)
    assert (found.title_years, found.region_code) == ((2022, 2022), "430200")


def test_a_letter_head_gives_issuer_and_number_and_a_title_in_two_lines() -> None:
    text = (
        "长沙市教育局文件\n\n长教发〔2022〕8号\n\n关于印发《长沙市义务教育学校\n"
        f"布局调整实施方案》的通知\n\n各区县（市）教育局：\n{BODY}\n长沙市教育局\n2022年3月9日\n"
    )
    found = header(text)
    assert (found.issuer, found.document_number) == ("长沙市教育局", "长教发〔2022〕8号")
    assert found.title_zh == "长沙市义务教育学校布局调整实施方案"
    assert (found.document_type, found.mode) == ("scheme", "target")


@pytest.mark.parametrize(
    ("printed", "issuer"),
    [
        ("株洲市发展和改革委员会　株洲市财政局　株洲市教育局",
         "株洲市发展和改革委员会、株洲市财政局、株洲市教育局"),
        ("株洲市教育局株洲市财政局", "株洲市教育局、株洲市财政局"),
        ("株洲市人民政府办公室", "株洲市人民政府办公室"),
    ],
)  # fmt: skip
def test_several_bodies_of_one_place_are_told_apart(printed: str, issuer: str) -> None:
    assert header(letter(issuer=printed)).issuer == issuer


def test_a_section_heading_or_a_table_of_contents_is_no_title() -> None:
    text = f"目　录\n第一部分　部门概况\n株洲市教育局2022年部门预算说明\n一、基本情况\n{BODY}"
    found = header(text)
    assert found.title_zh == "株洲市教育局2022年部门预算说明"
    assert (found.document_type, found.mode) == ("plan", "planned")


@pytest.mark.parametrize(
    ("title", "kind", "mode"),
    [
        ("对市政协十届二次会议第21号提案的答复", "reply", "actual"),
        ("株洲市“十四五”教育发展规划", "plan", "target"),
        ("关于调整幼儿园收费标准的通知", "notice", "norm"),
        ("株洲市2022年教育工作总结和2023年工作打算", "report", "actual"),
        ("关于对炎陵县义务教育优质均衡发展的督导评估反馈意见", "report", "actual"),
        ("2021年全市教育经费执行情况统计公告", "bulletin", "actual"),
    ],
)
def test_the_last_word_of_a_title_says_what_a_document_is(title: str, kind: str, mode: str) -> None:
    found = header(f"{title}\n\n{BODY}")
    assert (found.document_type, found.mode) == (kind, mode)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("湖南省人民政府教育督导委员会办公室\n关于对炎陵县义务教育工作的反馈意见\n", "430225"),
        ("拉萨：让每个孩子都能上好学\n", "540100"),
        ("暖心的开学第一课\n天元区的小学迎来新生。全市各校准备充分，我市将加大投入。\n", "430200"),
        ("暖心的开学第一课\n天元区的小学迎来新生。全区各校准备充分，我区将加大投入。\n", "430211"),
        ("加强校园安全\n各校要落实责任。\n", "100000"),
    ],
)
def test_the_region_is_that_of_which_the_document_speaks(text: str, region: str) -> None:
    assert header(text + "学校工作稳步推进。\n").region_code == region


def test_a_rule_holds_from_its_day_for_the_years_that_it_names() -> None:
    found = header(letter() + "本通知自2020年2月29日起施行，有效期5年。\n")
    assert found.effective_from == date(2020, 2, 29)
    assert found.effective_to == date(2025, 2, 28)
    assert found.in_force == "2020-02-29"


def test_a_title_can_name_a_school_year_or_a_term() -> None:
    years = header(f"株洲市2018—2019学年度教育事业基本情况公报\n{BODY}").title_when
    term = header(f"关于2020年秋季民办学校收费标准的公示\n{BODY}").title_when
    assert years is not None and years.code == "2018/2019"
    assert term is not None and term.code == "2020-autumn"


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(st.text(st.sampled_from(LETTERS), max_size=200))
def test_any_text_has_a_header(text: str) -> None:
    found = header(text)
    assert found.published_on <= date(2099, 12, 31)
    assert found.document_type in {"reply", "plan", "scheme", "bulletin", "notice", "report"}
    assert found.region_code


@pytest.mark.parametrize(
    "text", ["", "\n\n\n", "2023", "。" * 5000, "》《" * 3000, "〔2023〕" * 2000]
)
def test_a_text_without_any_header_has_an_empty_one(text: str) -> None:
    found = header(text)
    assert (found.document_number, found.issuer, found.region_code) == ("", "", "100000")
