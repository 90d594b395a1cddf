"""Speed of finding and reading numbers: characters a second, beside a bare pass for digits.

    python bench/quantities.py [--megabytes N] [FILE or FOLDER ...]

Without files it generates Chinese official prose, the same text every time. Every run begins
with empty caches; the figure is the median processor time of five runs on one core.
"""

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ingest.quantities import find, interval
from ingest.quantities.numerals import read_number
from ingest.quantities.readings import read_quantity

_CLAUSES = (
    "{year}年，全市幼儿园在园幼儿{big}人，公办园在园幼儿占比{share}%",
    "较上年提高{small}个百分点，新增公办学位{big}个",
    "共有{mid}所学校开展课后服务，{big}名学生和{mid}名教师参与",
    "免除费用总金额为{big}元，收费标准最高不超过{small}元/课时",
    "地区生产总值达到{share}万亿元，增长{small}.{small}%左右",
    "到{year}年底，各县区至少建设{small}所符合标准的特殊教育学校",
    "深入推进“双减”工作，进一步加强统一管理，着力构建高质量教育体系",
    "全面贯彻党的教育方针，落实立德树人根本任务，办好人民满意的教育",
    "坚持把教育作为财政支出重点领域给予优先保障，健全长效机制",
    "建立三级培训体系，组织近{small}千名骨干教师开展交流轮岗",
    "推进城乡教育资源均衡配置，缩小区域、城乡、校际之间的差距",
    "深化教育教学改革，优化课程设置，提升教师作业设计水平和课堂教学有效性",
    "强化部门协同，形成政府主导、学校主体、家庭配合、社会支持的工作合力",
    "完善督导评价机制，把落实情况纳入年度考核，对履职不力的单位严肃问责",
    "广泛宣传先进典型和经验做法，营造全社会关心支持教育发展的良好氛围",
    "加强师德师风建设，引导广大教师坚守教育初心，以高效的课堂为学生减负",
    "规范民办教育发展，加强校外培训机构监管，维护群众合法权益和教育公平",
)


def generated_text(characters: int) -> str:
    """Official prose of at least that many characters, the same every time."""
    chance = random.Random(20260101)  # noqa: S311 - repeatable prose, no secret
    pieces: list[str] = []
    length = index = 0
    while length < characters:
        clauses = [
            chance.choice(_CLAUSES).format(
                year=chance.randint(2015, 2030),
                big=chance.randint(1000, 999999),
                mid=chance.randint(10, 999),
                small=chance.randint(1, 9),
                share=f"{chance.uniform(1, 99):.2f}",
            )
            for _ in range(chance.randint(2, 5))
        ]
        index += 1
        sentence = f"{index % 9 + 1}. " * (index % 4 == 0) + "，".join(clauses) + "。\n"
        pieces.append(sentence)
        length += len(sentence)
    return "".join(pieces)


def read_texts(paths: list[Path]) -> str:
    """The text of the files, and of the .txt files of the folders."""
    files: list[Path] = []
    for path in paths:
        files.extend(sorted(path.glob("*.txt")) if path.is_dir() else [path])
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def seconds(work: Callable[[], object]) -> float:
    """Median processor time of five runs, each with empty caches."""
    times = []
    for _ in range(5):
        read_number.cache_clear()
        read_quantity.cache_clear()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--megabytes", type=float, default=1.0, help="size of the generated text")
    options = parser.parse_args()
    text = read_texts(options.paths) or generated_text(int(options.megabytes * 1_000_000 / 2.7))
    digits = re.compile("[0-9]+")

    def find_and_read() -> int:
        return sum(interval(mention, measured=True) is not None for mention in find(text))

    def bare_pass() -> int:
        return sum(1 for _ in digits.finditer(text))

    ours, bare = seconds(find_and_read), seconds(bare_pass)
    count = find_and_read()
    rows = [
        ("characters", f"{len(text):,}"),
        ("mentions", f"{count:,} ({1000 * count / len(text):.1f} in 1,000 characters)"),
        ("find and read, median of 5", f"{ours:.3f} s"),
        ("characters a second", f"{len(text) / ours:,.0f}"),
        ("bare pass for digits", f"{len(text) / bare:,.0f} characters a second"),
        ("ratio to the bare pass", f"{ours / bare:.1f}"),
    ]
    for name, value in rows:
        print(f"{name:28}{value}")  # noqa: T201


if __name__ == "__main__":
    main()
