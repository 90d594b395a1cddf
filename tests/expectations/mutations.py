"""One way to break a warehouse for every expectation: the expectation must see it."""

from typing import Final

# Rule -> SQL that breaks one thing in a copy of a whole warehouse.
MUTATIONS: Final = {
    "no_new_contradiction": """
        update main.consistency_findings set is_acknowledged = null
        where verdict = 'contradiction'
    """,
    "acknowledged_contradictions_exist": """
        update main.consistency_findings set verdict = 'consistent'
        where verdict = 'contradiction'
    """,
    "verdicts_follow_intervals": """
        update main.consistency_findings set derived_low = stated_high + 1, derived_high = null
        where finding_id = (
            select min(finding_id) from main.consistency_findings
            where verdict = 'consistent' and stated_high is not null
        )
    """,
    "every_number_is_accounted_for": """
        update main.number_accounting set unaccounted = null
        where document_id = 'zhuzhou-2023-6'
    """,
    "accounting_agrees_with_figures": """
        delete from main.figures where figure_id = (select max(figure_id) from main.figures)
    """,
    "evidence_is_short": """
        update main.figures set evidence = repeat('字', 41) where figure_id = 'moe-2016-001'
    """,
    "spans_have_the_printed_length": """
        update main.figures set char_end = char_end + 1
        where figure_id = (select min(figure_id) from main.figures where char_end is not null)
    """,
    "values_lie_within_their_bounds": """
        update main.kindergarten_places set enrolment_high = enrolment - 1
        where region_code = '430200' and sector = 'total'
    """,
    "shares_lie_within_0_and_100": """
        update main.kindergarten_access set public_share_pct = 519.1 where region_code = '430200'
    """,
    "open_rates_stay_below_200": """
        update main.kindergarten_access set gross_enrolment_rate_pct = 947
        where region_code = '430200'
    """,
    "counts_are_not_negative": "update main.births set births = -1 where year = 2021",
    "periods_are_well_formed": """
        update main.fee_waivers set period = '2023-13' where region_code = '430200'
    """,
    "codes_are_known": "update main.births set region_code = '999999' where year = 2021",
    "keys_identify_rows": "insert into main.births from main.births where year = 2021",
    "all_districts_report_waivers": "delete from main.fee_waivers where region_code = '430225'",
    "every_target_is_listed": """
        delete from main.policy_targets
        where target_id = (select min(target_id) from main.policy_targets)
    """,
    "everything_is_described_in_both_languages": """
        comment on column main.births.births is 'Children born'
    """,
    "marts_keep_their_rows": "delete from main.births",
    "marts_stay_within_reviewed_rows": "create table main.nobody_reviewed as select 1 as number",
    "district_waivers_add_up": """
        update main.fee_waivers set pupils_waived = pupils_waived + 1
        where region_code = '430211'
    """,
    "surplus_is_places_less_enrolment": """
        update main.kindergarten_places set surplus_derived = null
        where region_code = '430200' and sector = 'total'
    """,
    "enrolment_is_plausible_against_births": """
        update main.kindergarten_places set enrolment = enrolment * 10
        where region_code = '430200' and sector = 'total'
    """,
    "parts_of_a_sector_stay_within_it": """
        update main.kindergarten_places set enrolment_low = 99000000
        where region_code = '100000' and sector = 'private' and period = '2023'
    """,
    "cities_stay_within_the_nation": """
        update main.kindergarten_places set enrolment_low = 99000000
        where region_code = '430200' and sector = 'total'
    """,
    "waived_pupils_take_part": """
        update main.fee_waivers set pupils_waived = 999999 where region_code = '430200'
    """,
    "teacher_posts_add_up": """
        update main.teacher_posts set posts_vacant = posts_vacant + 1 where region_code = '430200'
    """,
    "childcare_places_add_up": """
        update main.childcare_capacity set vacant = null where region_code = '430200'
    """,
    "no_personal_contact_data": """
        update main.plan_measures set responsible_unit_zh = '教育局（13800001111）'
        where measure_id = (select min(measure_id) from main.plan_measures)
    """,
}
