"""What the recogniser reads in single sentences: value, interval, unit, qualifier and span."""

from decimal import Decimal

import pytest

from ingest.quantities import Mention, find, interval


def statistics(text: str) -> list[Mention]:
    return [mention for mention in find(text) if mention.is_statistic]


def only(text: str) -> Mention:
    found = statistics(text)
    assert len(found) == 1, found
    return found[0]


def number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def ends(mention: Mention) -> str:
    return f"{number(mention.value_low)}..{number(mention.value_high)}"


EXACT = [
    ("全区幼儿园共有教职工3456人。", "3456人", "3456", "人"),
    ("新建成学校 12 所，", "12 所", "12", "所"),
    ("全县专任教师8，765人", "8，765人", "8765", "人"),
    ("图书5,120册", "5,120册", "5120", "册"),
    ("投入资金６９．９７亿元", "６９．９７亿元", "69.97", "亿元"),
    ("投入资金69。97亿元", "69。97亿元", "69.97", "亿元"),
    ("占比为51.91%", "51.91%", "51.91", "%"),
    ("占比为５１％。", "５１％", "51", "%"),
    ("占百分之三十五点五，", "百分之三十五点五", "35.5", "%"),
    ("下降千分之三", "千分之三", "3", "‰"),
    ("误差万分之二", "万分之二", "2", "‱"),
    ("提高3.2个百分点", "3.2个百分点", "3.2", "百分点"),
    ("在校生2.91亿人", "2.91亿人", "2.91", "亿人"),
    ("服务群众5千人次", "5千人次", "5", "千人次"),
    ("发放补助3百万元", "3百万元", "3", "百万元"),
    ("总产值5.53万亿元", "5.53万亿元", "5.53", "万亿元"),
    ("装机386万千瓦", "386万千瓦", "386", "万千瓦"),
    ("重5千克", "5千克", "5", "千克"),
    ("培训校长一百二十八名", "一百二十八名", "128", "名"),
    ("拨付三万元", "三万元", "3", "万元"),
    ("新增学位一万五千个", "一万五千个", "15000", "个"),
    ("投资2亿3000万元", "2亿3000万元", "23000", "万元"),
    ("奖励1万5千元", "1万5千元", "15", "千元"),
    ("新增學位兩千三百個", "兩千三百個", "2300", "个"),
    ("投入壹億貳仟萬元", "壹億貳仟萬元", "12000", "万元"),
    ("历时两年半的试点", "两年半", "2.5", "年"),
    ("每次一个半小时", "一个半小时", "1.5", "小时"),
    ("增长到原来的2.1倍", "2.1倍", "2.1", "倍"),
    ("降到三成五", "三成五", "3.5", "成"),
    ("增长-3.2%", "-3.2%", "-3.2", "%"),
    ("标准为4元/课时", "4元/课时", "4", "元/课时"),
    ("标准为1200元／学期", "1200元／学期", "1200", "元/学期"),
    ("定额700元/生·年", "700元/生·年", "700", "元/生·年"),
    ("小学每生每年720元", "720元", "720", "元/生·年"),
    ("按80人/千人配建", "80人/千人", "80", "人/千人"),
    ("浓度33微克/立方米", "33微克/立方米", "33", "微克/立方米"),
    ("死亡率10.2/10万", "10.2/10万", "10.2", "/十万"),
    ("每年完成委托培养任务400名", "400名", "400", "名/年"),
    ("每年创建3所特色学校", "3所", "3", "所/年"),
    ("每千人口拥有托位4.6个", "4.6个", "4.6", "个/千人"),
    ("面积3.2万平方米", "3.2万平方米", "3.2", "万平方米"),
    ("补助65万\n\n元用于修缮", "65万\n\n元", "65", "万元"),
    ("可供托位数12280，", "12280", "12280", ""),
    ("师生共128\n\n名", "128\n\n名", "128", "名"),
    ("满分150分", "150分", "150", "分"),
]


@pytest.mark.parametrize(("text", "printed", "value", "unit"), EXACT)
def test_a_plain_quantity_has_value_and_unit(
    text: str, printed: str, value: str, unit: str
) -> None:
    mention = only(text)
    assert mention.printed == printed
    assert mention.value == Decimal(value)
    assert (mention.value_low, mention.value_high) == (mention.value, mention.value)
    assert (mention.unit_code, mention.qualifier) == (unit, "exact")


QUALIFIED = [
    ("招收130余人", "130余人", "over", "130..140"),
    ("招收 130 余人", "130 余人", "over", "130..140"),
    ("资源5000多个", "5000多个", "over", "5000..6000"),
    ("投入65亿多元", "65亿多元", "over", "65..66"),
    ("投入3000余万元", "3000余万元", "over", "3000..4000"),
    ("新建十余所", "十余所", "over", "10..20"),
    ("历时3个多月", "3个多月", "over", "3..4"),
    ("办学10年多", "10年", "over", "10..20"),
    ("来了二十来个人", "二十来个", "over", "20..30"),
    ("约3000人", "3000人", "about", "2500..3500"),
    ("约 96%", "96%", "about", "95.5..96.5"),
    ("增长5%左右", "5%", "about", "4.5..5.5"),
    ("近3000名", "3000名", "about", "2500..3000"),
    ("接近八百万户", "八百万户", "about", "750..800"),
    ("90%以上", "90%", "at_least", "90.."),
    ("50% 以上", "50%", "at_least", "50.."),
    ("20户及以上", "20户", "at_least", "20.."),
    ("20人（含）以上", "20人", "at_least", "20.."),
    ("比例不低于60%", "60%", "at_least", "60.."),
    ("不得少于3次", "3次", "at_least", "3.."),
    ("至少30所", "30所", "at_least", "30.."),
    ("各县至少建设1所", "1所", "at_least", "1.."),
    ("不少于 2 小时", "2 小时", "at_least", "2.."),
    ("上千名教师", "千名", "at_least", "1000.."),
    ("上百万人次", "百万人次", "at_least", "100.."),
    ("占比超过60%", "60%", "more_than", "60.."),
    ("超1.3万个", "1.3万个", "more_than", "1.3.."),
    ("突破4000个", "4000个", "more_than", "4000.."),
    ("逾百家企业", "百家", "more_than", "100.."),
    ("不超过10元", "10元", "at_most", "..10"),
    ("最高不超过1200元", "1200元", "at_most", "..1200"),
    ("不得超过60分钟", "60分钟", "at_most", "..60"),
    ("不高于80元", "80元", "at_most", "..80"),
    ("最高奖励50万元", "50万元", "at_most", "..50"),
    ("控制在8%以内", "8%", "at_most", "..8"),
    ("45人以下", "45人", "at_most", "..45"),
    ("封顶前5000元封顶", "5000元", "at_most", "..5000"),
    ("不满6周岁", "6周岁", "less_than", "..6"),
    ("低于5%", "5%", "less_than", "..5"),
    ("不足百人", "百人", "less_than", "..100"),
    ("达到60%以上", "60%", "at_least", "60.."),
    ("约5000余人", "5000余人", "over", "5000..6000"),
    ("不超过60分钟以内", "60分钟", "at_most", "..60"),
    ("累计1017人", "1017人", "exact", "1017..1017"),
    ("占全国1/10以上", "1/10", "at_least", "0.1.."),
    ("近三分之二", "三分之二", "about", "0.6666665..0.666667"),
]


@pytest.mark.parametrize(("text", "printed", "qualifier", "bounds"), QUALIFIED)
def test_a_qualifier_on_either_side_bounds_the_number(
    text: str, printed: str, qualifier: str, bounds: str
) -> None:
    mention = only(text)
    assert (mention.printed, mention.qualifier, ends(mention)) == (printed, qualifier, bounds)


RANGES = [
    ("占80%-90%", "80%-90%", "80..90", "%"),
    ("每班80—90人", "80—90人", "80..90", "人/班"),
    ("80～90人", "80～90人", "80..90", "人"),
    ("三至五年规模", "三至五年", "3..5", "年"),
    ("3~5名学生", "3~5名", "3..5", "名"),
    ("招聘1200至1500名", "1200至1500名", "1200..1500", "名"),
    ("投资8000万元—1亿元", "8000万元—1亿元", "8000..10000", "万元"),
    ("投资3-5万元", "3-5万元", "3..5", "万元"),
    ("投资3万—5万元", "3万—5万元", "3..5", "万元"),
    ("面向2 到 3 岁幼儿", "2 到 3 岁", "2..3", "岁"),
    ("百分之五至百分之八", "百分之五至百分之八", "5..8", "%"),
    ("增长5%—5.5%", "5%—5.5%", "5..5.5", "%"),
    ("数百所学校", "数百所", "200..1000", "所"),
    ("几十个县", "几十个", "20..100", "个"),
    ("十几所高校", "十几所", "11..19", "所"),
    ("三五个月", "三五个月", "3..5", "月"),
    ("二三十人", "二三十人", "20..30", "人"),
    ("温度-5℃至8℃", "-5℃至8℃", "-5..8", "℃"),
]


@pytest.mark.parametrize(("text", "printed", "bounds", "unit"), RANGES)
def test_a_range_has_two_ends_and_no_value(text: str, printed: str, bounds: str, unit: str) -> None:
    mention = only(text)
    assert (mention.form, mention.qualifier, mention.value) == ("range", "range", None)
    assert (mention.printed, ends(mention), mention.unit_code) == (printed, bounds, unit)


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("比例为600:1", "600:1", "600", ":1"),
        ("师生比1∶19", "1∶19", "19", "1:"),
        ("师幼比为1：9.8", "1：9.8", "9.8", "1:"),
        ("男女比例3:2", "3:2", "1.5", ":1"),
        ("比例为 600 : 1", "600 : 1", "600", ":1"),
        ("按5:3:2分担", "5:3:2", None, ""),
    ],
)
def test_a_ratio_is_so_many_to_one(text: str, printed: str, value: str | None, unit: str) -> None:
    mention = only(text)
    assert (mention.form, mention.printed, mention.unit_code) == ("ratio", printed, unit)
    assert mention.value == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "printed", "unit"),
    [
        ("分别为 31 人、23 人、20 人", ["31 人", "23 人", "20 人"], "人"),
        ("37人，38人，33人", ["37人", "38人", "33人"], "人"),
        ("各100、200、300名", ["100", "200", "300名"], "名"),
        ("分别为320和315人", ["320", "315人"], "人"),
        ("增长9.2%、8.2%、12%", ["9.2%", "8.2%", "12%"], "%"),
        ("分别三、五名", ["三", "五名"], "名"),
        ("共12，其中300人", ["12", "300人"], None),
    ],
)
def test_a_list_shares_its_last_unit(text: str, printed: list[str], unit: str | None) -> None:
    found = statistics(text)
    assert [mention.printed for mention in found] == printed
    if unit is None:
        assert [mention.unit_code for mention in found] == ["", "人"]
    else:
        assert {mention.unit_code for mention in found} == {unit}


def test_a_change_from_one_value_to_another_is_no_range() -> None:
    found = statistics("由5所到10所，从5%至8%")
    assert [mention.printed for mention in found] == ["5所", "10所", "5%", "8%"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("收费最高不超过每课时 5 元", "元/课时"),
        ("每天不超过8元", "元/天"),
        ("每班平均28.6人", "人/班"),
        ("每个乡镇有1所", "所"),
        ("每天书面作业时间不超过60分钟", "分钟"),
        ("每年就业稳定在60万人", "万人"),
        ("每年70%的教师", "%"),
    ],
)
def test_a_denominator_in_front_divides_only_what_it_can(text: str, unit: str) -> None:
    assert only(text).unit_code == unit


@pytest.mark.parametrize(
    ("text", "measured", "set_by_text"),
    [
        ("51.91%", "51.905..51.915", "51.91..51.91"),
        ("37个百分点", "36.5..37.5", "37..37"),
        ("4805.21万人", "4805.205..4805.215", "4805.21..4805.21"),
        ("100%", "99.5..100.5", "100..100"),
        ("128809人", "128809..128809", "128809..128809"),
        ("1208967.5元", "1208967.5..1208967.5", "1208967.5..1208967.5"),
        ("1.5元/课时", "1.5..1.5", "1.5..1.5"),
        ("0.50万元", "0.495..0.505", "0.5..0.5"),
        ("比例600:1", "599.5..600.5", "600..600"),
        ("生师比17.84:1", "17.835..17.845", "17.84..17.84"),
        ("男女比3:2", "1.5..1.5", "1.5..1.5"),
        ("9.6年", "9.55..9.65", "9.6..9.6"),
        ("60分钟", "60..60", "60..60"),
        ("90%以上", "90..", "90.."),
        ("80%-90%", "80..90", "80..90"),
        ("约96%", "95.5..96.5", "95.5..96.5"),
    ],
)
def test_only_a_measured_number_is_rounded(text: str, measured: str, set_by_text: str) -> None:
    mention = only(text)
    for wanted, is_measured in ((measured, True), (set_by_text, False)):
        low, high = interval(mention, is_measured)
        assert f"{number(low)}..{number(high)}" == wanted


@pytest.mark.parametrize(
    "text",
    [
        "进一步统一一些一般做法，一律一体化推进，第一线、万一、十分、千方百计、百花齐放",
        "唯一一批新一轮一系列一揽子举措，一方面如此，一旦之一，一定一致",
        "各级各部门五湖四海千家万户，同一学校，每一名，单位：万元",
        "三心二意，一心一意，千里迢迢，万事如意，百年老校，四川三峡",
        "一式两份，一家人，一口气，说一不二，建立一套机制，打造一支队伍",
    ],
)
def test_words_with_numerals_are_no_numbers(text: str) -> None:
    assert find(text) == []


def test_a_unit_in_the_next_row_of_a_table_belongs_to_no_number() -> None:
    assert [mention.unit_code for mention in find("学生\t128\n人数\t300\n所\t5")] == ["", "", ""]
