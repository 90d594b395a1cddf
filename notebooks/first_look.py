"""A first look at the published warehouse: five questions, each answer with its interval.

Open it with `marimo edit notebooks/first_look.py`; `python notebooks/first_look.py` only runs it.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Xuewei ｜ 学位")

with app.setup:
    import marimo as mo
    import pandas as pd

    from query.connection import open_warehouse


@app.function
def table(sql: str) -> pd.DataFrame:
    """What a statement gives on the published file, which is opened read-only and locked down."""
    with open_warehouse() as warehouse:
        result = warehouse.ask(sql)
    return pd.DataFrame(result.rows, columns=list(result.columns))


@app.cell(hide_code=True)
def about() -> None:
    mo.md("""
    # A first look ｜ 初览

    Every number has a lower and an upper end (`_low`, `_high`): 51.91% as printed means 51.905 to
    51.915. An empty cell is unknown, not zero. Where a number comes from:
    `xuewei explain kindergarten_places surplus_derived --region Zhuzhou`.

    每个数都有下限与上限（`_low`、`_high`）：原文 51.91% 即 51.905 至 51.915。空格表示未知，不是零。
    要知道一个数的来源：`xuewei explain kindergarten_places surplus_derived --region 株洲市`。
    """)


@app.cell(hide_code=True)
def places_text() -> None:
    mo.md("""
    ## 1. Are there more places than children? ｜ 园位是否多于幼儿

    By class of ownership; `total` holds the others. ｜ 按办学性质；total 已含其余各类。
    """)


@app.cell
def places_shown() -> None:
    table("""
        select
            region_name_en, region_name_zh, period, sector, places, enrolment,
            surplus_derived, surplus_derived_low, surplus_derived_high,
            utilisation_pct, utilisation_pct_low, utilisation_pct_high
        from kindergarten_places
        where places is not null or surplus_stated is not null
        order by region_code, period, sector
    """)


@app.cell(hide_code=True)
def access_text() -> None:
    mo.md("""
    ## 2. How many children go to kindergarten? ｜ 毛入园率

    The nation's series beside the cities'. ｜ 全国与各市并列。
    """)


@app.cell
def access_shown() -> None:
    table("""
        select
            region_name_en, region_name_zh, period,
            gross_enrolment_rate_pct, gross_enrolment_rate_pct_low, gross_enrolment_rate_pct_high
        from kindergarten_access
        where gross_enrolment_rate_pct is not null
        order by region_code, period
    """)


@app.cell(hide_code=True)
def waivers_text() -> None:
    mo.md("""
    ## 3. What does a waiver come to per pupil? ｜ 人均减免多少

    Districts by amount; the amounts and pupils are exact, their quotient is cut to cents.
    ｜ 各区县按金额排列；金额与人数为确数，商取到分。
    """)


@app.cell
def waivers_shown() -> None:
    table("""
        select
            region_name_en, region_name_zh, period, pupils_waived, amount_waived_yuan,
            amount_per_pupil_yuan, amount_per_pupil_yuan_low, amount_per_pupil_yuan_high
        from fee_waivers
        where region_level = 'county'
        order by amount_per_pupil_yuan desc
    """)


@app.cell(hide_code=True)
def demand_text() -> None:
    mo.md("""
    ## 4. How many places will be too many? ｜ 未来园位富余

    Children follow from the births printed; where births are not printed yet, each scenario is a
    row of its own. ｜ 幼儿数由已公布的出生人口推算；尚未公布的年份，每种情景各占一行。
    """)


@app.cell
def demand_shown() -> None:
    table("""
        select
            region_name_en, region_name_zh, year, scenario,
            expected_enrolment, expected_enrolment_low, expected_enrolment_high,
            expected_surplus, expected_surplus_low, expected_surplus_high
        from kindergarten_demand
        order by region_code, year, scenario
    """)


@app.cell(hide_code=True)
def contradictions_text() -> None:
    mo.md("""
    ## 5. Where do documents contradict themselves? ｜ 文件何处自相矛盾

    The printed number beside what the other printed numbers give. ｜ 原文之数与由其他原文推算之数。
    """)


@app.cell
def contradictions_shown() -> None:
    table("""
        select
            region_name_en, region_name_zh, period, indicator_name_en, indicator_name_zh,
            stated, stated_low, stated_high, derived, derived_low, derived_high, gap,
            sentence_en, sentence_zh
        from consistency_findings
        where verdict = 'contradiction'
        order by finding_id
    """)


if __name__ == "__main__":
    app.run()
