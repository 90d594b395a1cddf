"""What the nation's offices print: bulletins, letters that repeat and revise, and plans."""

from typing import Final

# One row per number that a document states: what it says, in words around the number.
# Every year is made by itself, so that memory does not grow with the years.
STATED: Final = """
create or replace temp table long as
select region_code, region_number, region_level, parent_region_code, name_zh as region_zh, year,
    split_part(name, '__', 1) as indicator, split_part(name, '__', 2) as sector, value
from (unpivot (
    select region_code, region_number, region_level, parent_region_code, name_zh, year,
        {columns}
    from truth where year = $year
) on {names} into name name value value)
union all
select truth.region_code, region_number, region_level, truth.parent_region_code, name_zh, year,
    catalogue.indicator, catalogue.sector, filling.value
from filling inner join truth using (region_code) inner join catalogue using (number)
where year = $year;

create or replace temp table drawn as
select long.*, catalogue.* exclude (indicator, sector),
    u(region_number * 7919 + year * 104729 + number * 1299709 + $seed) as lot,
    u(region_number * 104729 + year * 7919 + number * 15485863 + $seed + 1) as other_lot,
    region_code || '-' || year as place
from long inner join catalogue using (indicator, sector);

create or replace temp table bulletins as
with chosen as (
    select *,
        leaf_formula <> '' and other_lot < 0.0007 as is_wrong,
        measure_type = 'share' and leaf_formula = '' and made = 'row'
        and is_filler and other_lot < 0.0005 as is_beyond
    from drawn
    where lot < printed and (made <> 'span' or round(value, decimals) > 0)
)
select place || '-1' as document_id, number, region_code, indicator, sector, unit_code,
    case when made = 'span' then (year - 1) || '/' || year else cast(year as varchar) end as period,
    case when made = 'span' then 'change' else 'actual' end as status,
    'exact' as qualifier, decimals,
    case when is_beyond then 100 + 5 * lot + 1
        when is_wrong and decimals > 0 then value * 0.6
        when is_wrong then floor(value * 1.5) + 500
        else value end as said,
    unit_code = '人' and made <> 'span' and said >= 100000 and other_lot > 0.7 as is_rounded,
    case when sector = 'public' then '公办' when sector = 'private' then '民办' else '' end
    || words_zh
    || case when indicator like '%_change' then '比上年增加'
        when indicator like '%_growth' then '比上年增长'
        when lot * 1000 % 3 < 1 then ''
        when lot * 1000 % 3 < 2 then '为' else '达到' end as before_it,
    case when other_lot * 1000 % 2 < 1 then '。' else '；' end as after_it,
    case when is_wrong then 'formula' when is_beyond then 'range' end as planted,
    case when is_wrong then leaf_formula || ':' || region_code || ':' || sector || ':' || year
    end as finding_id
from chosen;

-- A city's letter says again what the bulletins of the city and of some counties print.
create or replace temp table repeated as
with some_counties as (
    select counties.region_code, cities.region_code as city,
        row_number() over (partition by cities.region_code order by counties.region_code)
            as place_in_city
    from places as counties inner join places as cities
        on counties.parent_region_code = cities.region_code and counties.year = cities.year
    where counties.region_level = 'county' and cities.region_level = 'city'
        and counties.year = $year
),
told as (
    select drawn.*, coalesce(some_counties.city, drawn.region_code) as city
    from drawn left join some_counties using (region_code)
    where is_filler and decimals = 0
        and (
            (region_level = 'city' and number % 8 = year % 8)
            or (place_in_city <= 3 and number % 12 = year % 12)
        )
),
said_before as (
    select told.*, bulletins.document_id || '-' || three(told.number)
            as earlier_figure_id
    from told inner join bulletins using (region_code, indicator, sector)
)
select *, city || '-' || year || '-2' as document_id,
    other_lot < 0.004 and value > 2000 as is_revised,
    other_lot between 0.004 and 0.007 and value between 2000 and 99999 as is_said_twice,
    row_number() over (partition by city order by region_code, number) as line
from said_before;

create or replace temp table letters as
select document_id, line as number, region_code, indicator, sector, unit_code,
    cast(year as varchar) as period, 'actual' as status, 'exact' as qualifier, decimals,
    case when is_revised then floor(value * 1.07) + 30 else value end as said,
    unit_code = '人' and said >= 100000 and lot > 0.3 as is_rounded,
    case when region_level = 'county' then region_zh else '' end || words_zh || '共' as before_it,
    '。' as after_it, case when is_revised then 'revision' end as planted,
    case when is_revised then 'repeat_statement:' || earlier_figure_id end as finding_id
from repeated
union all
select document_id, line + 5000, region_code, indicator, sector, unit_code,
    cast(year as varchar), 'actual', 'exact', decimals, floor(value * 1.07) + 30, false,
    case when region_level = 'county' then region_zh else '' end || words_zh || '另计',
    '。', 'repeat',
    'repeat_statement:' || document_id || '-' || three(line + 5000)
from repeated where is_said_twice;

create or replace temp table plans as
select place || '-9' as document_id, number, region_code, indicator, sector, unit_code,
    cast(year + 5 as varchar) as period, 'target' as status, 'at_least' as qualifier,
    decimals, round(least(value + 2, 100)) as said, false as is_rounded,
    words_zh || '达到' as before_it, '以上。' as after_it,
    cast(null as varchar) as planted, cast(null as varchar) as finding_id
from drawn
semi join (from places where valid_to is null) as lasting using (region_code, year)
where year % 5 = 0 and indicator in (
    'preschool_gross_enrolment_rate', 'after_school_pupil_participation',
    'after_school_teacher_participation'
);
"""

# Heads, places in the text, and the columns of the seeds.
DOCUMENTS: Final = """
create or replace temp table heads as
with told as (
    select document_id, any_value(region_code) as any_region from bulletins group by document_id
    union all
    select document_id, left(document_id, 6) from letters group by document_id
    union all
    select document_id, any_value(region_code) from plans group by document_id
)
select document_id, left(document_id, 6) as region_code, places.name_zh as region_zh,
    right(document_id, 1) as kind,
    case right(document_id, 1) when '1' then region_zh || $year || '年教育事业统计公报'
        when '2' then '关于' || region_zh || $year || '年教育工作情况的答复'
        else region_zh || '到' || ($year + 5) || '年的教育发展目标' end as title_zh,
    case right(document_id, 1) when '1' then length(region_zh)
        when '2' then length(region_zh) + 2 else length(region_zh) + 1 end as year_start,
    case right(document_id, 1) when '9' then ($year + 5) || '年' else $year || '年' end as year_zh,
    make_date($year + 1, case right(document_id, 1) when '1' then 3 when '2' then 9 else 12 end,
        cast(1 + floor(28 * u(places.region_number * 7919 + $seed + 3)) as integer))
        as published_on
from told inner join places
    on left(document_id, 6) = places.region_code and places.year = $year;

create or replace temp table numbers as
with stated as (
    from bulletins union all by name from letters union all by name from plans
),
worded as (
    select stated.* exclude (unit_code),
        case when is_rounded then '万人' else unit_code end as unit_code,
        cast(case when is_rounded then round(said / 10000, 2) else round(said, decimals) end
            as decimal(24, 6)) as value,
        case when is_rounded then 2 else decimals end as places_printed,
        heads.region_zh || '|' as head_region, title_zh
    from stated inner join heads using (document_id)
),
shown as (
    select *,
        case places_printed when 0 then cast(cast(value as bigint) as varchar)
            when 1 then cast(cast(value as decimal(18, 1)) as varchar)
            else cast(cast(value as decimal(18, 2)) as varchar) end || unit_code as printed,
        cast(case
            when status = 'target' then 0
            when places_printed = 0 and unit_code in ('人', '所', '个', '家', '元') then 0
            else 0.5 / power(10, places_printed) end as decimal(24, 6)) as slack
    from worded
)
select *,
    coalesce(sum(length(before_it) + length(printed) + length(after_it) + 1) over (
        partition by document_id order by number
        rows between unbounded preceding and 1 preceding
    ), 0) + length(title_zh) + 1 + length(before_it) as char_start
from shown;

create or replace temp table texts as
select document_id, count(*) as numbers, any_value(title_zh) || chr(10)
        || string_agg(before_it || printed || after_it || chr(10), '' order by number) as text
from numbers group by document_id;

create or replace temp table new_figures as
select document_id || '-' || three(number) as figure_id, document_id,
    cast(char_start as integer) as char_start,
    cast(char_start + length(printed) as integer) as char_end, printed,
    right(before_it, 40 - length(printed)) || printed as evidence, indicator, region_code,
    'self' as region_scope, sector, status, period, 'inherited' as period_basis, qualifier, value,
    cast(value - slack as decimal(24, 6)) as value_low,
    case when qualifier <> 'at_least' then cast(value + slack as decimal(24, 6)) end as value_high,
    unit_code, 'verified' as provenance, cast(null as varchar) as sex,
    cast(null as varchar) as urbanisation, cast(null as varchar) as pupil_group,
    cast(null as varchar) as staff_group, cast(null as varchar) as locator
from numbers;

create or replace temp table new_documents as
select document_id, heads.title_zh, cast(null as varchar) as document_number,
    heads.region_zh || '统计局' as issuer, heads.region_code,
    case kind when '1' then 'bulletin' when '2' then 'reply' else 'plan' end as document_type,
    published_on, 'printed' as published_basis, cast(null as date) as effective_from,
    cast(null as date) as effective_to, sha256(text) as text_sha256, 'txt' as reader,
    cast(numbers + 1 as integer) as numbers_found, cast(null as varchar) as source_url,
    cast(null as date) as retrieved_on, cast(null as varchar) as licence
from heads inner join texts using (document_id);

create or replace temp table new_non_figures as
select document_id, cast(year_start as integer) as char_start,
    cast(year_start + 5 as integer) as char_end, year_zh as printed, 'period' as reason
from heads;

insert into planted
select case when planted = 'range'
        then 'share_range:' || document_id || '-' || three(number)
        else finding_id end, planted
from numbers where planted is not null;
"""
