with

figures as (
    select
        region_code,
        count(*) as figures
    from {{ ref('stg_figures') }}
    group by region_code
),

latest_regions as (
    select * from {{ ref('latest_regions') }}
),

-- Formulas may give a value where nothing is printed.
all_regions as (
    select region_code from latest_regions
    union
    select region_code from figures
),

-- A city lies beside its counties, as the codes do; what is above the cities is read by all of
-- them and lies together.
ordered as (
    select
        all_regions.region_code,
        coalesce(figures.figures, 0) as figures,
        coalesce(latest_regions.region_level in ('nation', 'province'), false) as is_above_cities
    from all_regions
    left join figures
        on all_regions.region_code = figures.region_code
    left join latest_regions
        on all_regions.region_code = latest_regions.region_code
),

counted as (
    select
        region_code,
        figures,
        is_above_cities,
        sum(figures) over (
            partition by is_above_cities
            order by region_code
            rows between unbounded preceding and current row
        ) as figures_up_to_here,
        sum(figures) over () as all_figures
    from ordered
)

select
    -- ids
    region_code,

    -- numbers
    figures,
    case
        -- Two slices cost more than they save.
        when all_figures <= 2 * {{ figures_per_slice() }} then 1
        else dense_rank() over (
            order by
                is_above_cities desc,
                ceil(greatest(figures_up_to_here, 1) / {{ figures_per_slice() }}) asc
        )
    end as slice
from counted
