"""The marts of the scale benchmark by hand: leanest SQL, pandas, and the floor of a bare scan."""

from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from ingest.store import Store
from project import machine

# Read once, chosen once, put side by side, the rest is arithmetic on one row.
LEAN: Final = """
create or replace table {schema}.units as
select unit_code, cast(multiplier as decimal(18, 6)) as multiplier
from read_csv('{units}', all_varchar = true);

create or replace table {schema}.documents as
select document_id, published_on from read_parquet('{store}/documents/*/*/*.parquet');

create or replace table {schema}.figures as
select figure_id, document_id, region_code, unit_code, printed, evidence, indicator, region_scope,
    sector, status, period, period_basis, qualifier, provenance, char_start, char_end, value,
    value_low, value_high
from read_parquet('{store}/figures/*/*/*.parquet', hive_partitioning = false)
semi join {schema}.documents using (document_id)
order by figure_id;

create or replace table {schema}.chosen as
select region_code, period, sector, indicator,
    cast(arg_max(value * multiplier, published_on) as double) as value,
    cast(arg_max(value_low * multiplier, published_on) as double) as low,
    cast(arg_max(value_high * multiplier, published_on) as double) as high
from {schema}.figures
inner join {schema}.documents using (document_id)
inner join {schema}.units using (unit_code)
where region_scope = 'self' and status in ('actual', 'change') and indicator in (
    'kindergartens', 'kindergarten_places', 'kindergarten_enrolment',
    'kindergarten_surplus_places', 'kindergarten_utilisation', 'childcare_institutions',
    'childcare_places', 'childcare_enrolment', 'childcare_vacant_places',
    'childcare_utilisation', 'kindergartens_with_childcare'
)
group by region_code, period, sector, indicator;

create or replace table {schema}.kindergarten_places as
with side_by_side as (
    select region_code, period, sector,
        {kindergartens}, {places}, {enrolment}, {surplus}, {utilisation}
    from {schema}.chosen group by region_code, period, sector
)
select region_code, period, sector, kindergartens, places, enrolment, surplus as surplus_stated,
    places - enrolment as surplus_derived,
    places_low - enrolment_high as surplus_derived_low,
    places_high - enrolment_low as surplus_derived_high,
    coalesce(utilisation, 100 * enrolment / places) as utilisation_pct,
    coalesce(utilisation_low, 100 * enrolment_low / places_high) as utilisation_pct_low,
    coalesce(utilisation_high, 100 * enrolment_high / places_low) as utilisation_pct_high
from side_by_side
where coalesce(kindergartens, places, enrolment, surplus, utilisation) is not null
order by region_code, period, sector;

create or replace table {schema}.childcare_capacity as
with side_by_side as (
    select region_code, period,
        {institutions}, {childcare_places}, {childcare_enrolment}, {vacant}, {childcare_utilisation}
    from {schema}.chosen where sector = 'total' group by region_code, period
)
select region_code, period, institutions, childcare_places as places,
    childcare_enrolment as enrolled,
    coalesce(vacant, childcare_places - childcare_enrolment) as vacant,
    coalesce(childcare_utilisation, 100 * childcare_enrolment / childcare_places)
        as utilisation_pct
from side_by_side
where institutions is not null
order by region_code, period;
"""
COLUMNS: Final = {
    "kindergartens": "kindergartens",
    "places": "kindergarten_places",
    "enrolment": "kindergarten_enrolment",
    "surplus": "kindergarten_surplus_places",
    "utilisation": "kindergarten_utilisation",
    "institutions": "childcare_institutions",
    "childcare_places": "childcare_places",
    "childcare_enrolment": "childcare_enrolment",
    "vacant": "childcare_vacant_places",
    "childcare_utilisation": "childcare_utilisation",
}
MARTS: Final = ("kindergarten_places", "childcare_capacity", "catalogue_figures")

# What both sides must agree on, to the decimal for counts and to a millionth for shares.
SAME: Final = {
    "kindergarten_places": "select count(*), sum(places), sum(enrolment), sum(surplus_stated),"
    " sum(surplus_derived), sum(surplus_derived_low), sum(surplus_derived_high),"
    " round(sum(utilisation_pct)), round(sum(utilisation_pct_low) / 1000),"
    " round(sum(utilisation_pct_high) / 1000) from {}.kindergarten_places",
    "childcare_capacity": "select count(*), sum(institutions), sum(places), sum(enrolled),"
    " sum(vacant), round(sum(utilisation_pct)) from {}.childcare_capacity",
    "figures": "select count(*), sum(value), count(distinct figure_id) from {}.figures",
}


def lean_statements(folder: Path, store: Store, schema: str) -> list[str]:
    """The hand-written SQL for a nation, in its order."""
    pieces = {name: _ends(name, indicator) for name, indicator in COLUMNS.items()}
    units = folder / "seeds" / "reference" / "units.csv"
    script = LEAN.format(schema=schema, store=store.folder, units=units, **pieces)
    return [statement for statement in script.split(";\n") if statement.strip()]


def _ends(name: str, indicator: str) -> str:
    return ", ".join(
        f"max({end}) filter (where indicator = '{indicator}') as {name}{ending}"
        for end, ending in (("value", ""), ("low", "_low"), ("high", "_high"))
    )


def scan(store: Store, temporary: Path) -> None:
    """Read every value of every figure and keep nothing: the physical floor."""
    with duckdb.connect(config=machine.engine(temporary).settings) as connection:
        connection.execute(
            "select bit_xor(hash(figures)) from read_parquet(?, hive_partitioning = false)"
            " as figures",
            [[file.as_posix() for file in store.files("figures")]],
        )


def by_pandas(folder: Path, store: Store) -> dict[str, tuple[int, float]]:
    """Mart -> rows and sum of places, worked out by pandas as a person would write it."""
    read = [pd.read_parquet(file) for file in store.files("figures")]
    figures = pd.concat(read, ignore_index=True)
    documents = pd.concat(
        [pd.read_parquet(file) for file in store.files("documents")], ignore_index=True
    )
    units = pd.read_csv(folder / "seeds" / "reference" / "units.csv")
    figures = figures[figures["indicator"].isin(COLUMNS.values())]
    figures = figures[figures["status"].isin(["actual", "change"])]
    figures = figures.merge(documents[["document_id", "published_on"]], on="document_id")
    figures = figures.merge(units[["unit_code", "multiplier"]], on="unit_code")
    figures["value"] = figures["value"].astype(float) * figures["multiplier"]
    key = ["region_code", "period", "sector", "indicator"]
    figures = figures.sort_values("published_on").drop_duplicates(key, keep="last")
    wide = figures.pivot_table(
        index=["region_code", "period", "sector"], columns="indicator", values="value"
    ).reset_index()
    wide["surplus"] = wide["kindergarten_places"] - wide["kindergarten_enrolment"]
    wide["utilisation"] = 100 * wide["kindergarten_enrolment"] / wide["kindergarten_places"]
    wide["vacant"] = wide["childcare_places"] - wide["childcare_enrolment"]
    kindergarten = wide[wide["kindergarten_places"].notna()]
    childcare = wide[(wide["sector"] == "total") & wide["childcare_institutions"].notna()]
    return {
        "kindergarten_places": (len(kindergarten), float(kindergarten["surplus"].sum())),
        "childcare_capacity": (len(childcare), float(childcare["vacant"].sum())),
    }
