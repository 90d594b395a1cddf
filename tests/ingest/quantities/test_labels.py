"""Numbers that state no statistic, each with its reason and its span."""

import pytest

from ingest.quantities import find

LABELS = [
    ("一、总体要求", "一、", "list_index"),
    ("十二、附则", "十二、", "list_index"),
    ("特制定本方案。二、目标", "二、", "list_index"),
    ("一、2025年工作", "一、", "list_index"),
    ("（三）加强保障", "（三）", "list_index"),
    ("行动(二)实施扩容", "(二)", "list_index"),
    ("1. 完善制度", "1.", "list_index"),
    ("2．强化督导", "2．", "list_index"),
    ("3 .保障供给", "3 .", "list_index"),
    ("4、做好宣传", "4、", "list_index"),
    ("**5. 深化改革**", "5.", "list_index"),
    ("（6）推进共享", "（6）", "list_index"),
    ("7）其他", "7）", "list_index"),
    ("①基础教育", "①", "list_index"),
    ("措施：一是加强领导", "一是", "list_index"),
    ("第一，提高认识", "一", "list_index"),
    ("1\t民办学校占比偏高", "1", "list_index"),
    ("3.2 学校布局", "3.2", "list_index"),
    ("3.2.1 学校布局", "3.2.1", "list_index"),
    ("某教字〔2023〕27号", "〔2023〕27号", "document_number"),
    ("某办发〔2021〕120 号", "〔2021〕120 号", "document_number"),
    ("某发(2023)24号", "(2023)24号", "document_number"),
    ("某府令第12号令", "12号", "document_number"),
    ("ABCR-2020-01025", "ABCR-2020-01025", "document_number"),
    ("第2102147号提案", "2102147号", "proposal_number"),
    ("第0345号建议", "0345号", "proposal_number"),
    ("第1500号代表建议", "1500号", "proposal_number"),
    ("第十五届委员会", "十五届", "ordinal"),
    ("政协十届委员", "十届", "ordinal"),
    ("居全国第9位", "9位", "ordinal"),
    ("党的二十大精神", "二十大", "ordinal"),
    ("获得一等奖", "一等奖", "ordinal"),
    ("七年级学生", "七年级", "ordinal"),
    ("小学一二年级", "一二年级", "ordinal"),
    ("轨道交通3号线", "3号线", "ordinal"),
    ("项目二期开工", "二期", "ordinal"),
    ("县三级甲等医院", "三级", "ordinal"),
    ("全省三个试点市之一", "三个", "ordinal"),
    ("2023年，", "2023年", "period"),
    ("2020-2022\n\n年期间", "2020-2022\n\n年", "period"),
    ("2021学年度", "2021学年度", "period"),
    ("2021年底", "2021年底", "period"),
    ("2023年春季学期", "2023年春季学期", "period"),
    ("“十四五”规划", "十四五", "period"),
    ("二〇三五年远景", "二〇三五年", "period"),
    ("近三年，", "三年", "period"),
    ("17年来首次", "17年", "period"),
    ("有效期5年", "5年", "period"),
    ("2023年4月底", "2023年4月底", "date"),
    ("2024年3月15日起", "2024年3月15日", "date"),
    ("本月 26 日", "26 日", "date"),
    ("2026-02-24", "2026-02-24", "date"),
    ("上午9:30开会", "9:30", "date"),
    ("8时30分", "8时30分", "date"),
    ("推进“双减”工作", "双减", "slogan"),
    ("坚持“五育并举”", "五育并举", "slogan"),
    ("全面落实双减政策", "双减", "slogan"),
    ("推进“551”工程", "551", "slogan"),
    ("达到“四个百分百”要求", "四个百分百", "slogan"),
    ("围绕“三高四新”", "三高四新", "slogan"),
    ("建设三通两平台", "三通两平台", "name"),
    ("落实千人指标", "千人指标", "name"),
    ("开发“1+X”课程", "1+X", "name"),
    ("实行3+1+2模式", "3+1+2", "name"),
    ("“20条底线”标准", "20条底线", "name"),
    ("《2019-2022 年建设方案》", "2019-2022 年", "name"),
    ("教育信息化2.0行动", "2.0", "name"),
    ("211工程高校", "211", "name"),
    ("5G基站", "5G", "name"),
    ("PM2.5浓度", "PM2.5", "name"),
    ("https://example.org/2023/t20230101.html", "https://example.org/2023/t20230101.html", "name"),
    ("实施三年行动计划", "三年", "quantity_in_name"),
    ("三年提升行动", "三年", "quantity_in_name"),
    ("九年义务教育", "九年", "quantity_in_name"),
    ("九年一贯制学校", "九年", "quantity_in_name"),
    ("打造“15分钟”生活圈", "15分钟", "quantity_in_name"),
    ("百亿级园区五百亿级园区", "五百亿级", "quantity_in_name"),
    ("《关于3点建议的答复》", "3点", "quantity_in_name"),
    ("电话：0731-85550000", "0731-85550000", "telephone"),
    ("手机13800000000", "13800000000", "telephone"),
    ("拨打12345热线", "12345", "telephone"),
    ("邮编：410000", "410000", "telephone"),
    ("\n— 3 —\n", "3", "page_number"),
    ("每1000名居民", "1000名", "condition"),
    ("编号01025", "01025", "identifier"),
    ("书号978-7-107-12345-6", "978-7-107-12345-6", "identifier"),
    ("账户6222020200112233445", "6222020200112233445", "identifier"),
    ("7" * 40, "7" * 40, "identifier"),
]


@pytest.mark.parametrize(("text", "printed", "reason"), LABELS)
def test_a_number_that_states_no_statistic_says_why(text: str, printed: str, reason: str) -> None:
    first = find(text)[0]
    assert (first.printed, first.reason) == (printed, reason)
    assert first.value is None
    assert not first.is_statistic


def test_page_numbers_set_into_sentences_are_told_from_indices() -> None:
    sentence = "各地要加强统筹落实责任完善机制推动优质均衡" * 5
    text = "".join(f"{page}、{sentence}\n" for page in range(1, 6))
    assert {mention.reason for mention in find(text)} == {"page_number"}


def test_a_list_of_finished_sentences_keeps_its_indices() -> None:
    sentence = "各地要加强统筹落实责任完善机制推动优质均衡" * 5
    text = "".join(f"{index}、{sentence}。\n" for index in range(1, 6))
    assert {mention.reason for mention in find(text)} == {"list_index"}


def test_congress_and_session_are_two_ordinals() -> None:
    found = find("市政协十届二次会议，十一届九次、十次全会")
    assert [mention.printed for mention in found] == ["十届", "二次", "十一届", "九次", "十次"]
    assert {mention.reason for mention in found} == {"ordinal"}
