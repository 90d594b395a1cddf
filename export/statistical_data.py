"""All observations as SDMX-CSV 2.0 with the structure that describes them (extra `sdmx`).

Source of the form: SDMX 3.0, sections 5 and 6. A school term or a span of years is written as
SDMX's time range: first day and duration.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from export.cells import csv_lines, texts_of
from export.tables import BATCH
from query.connection import Warehouse

if TYPE_CHECKING:
    from pysdmx.model import Codelist, ConceptScheme
    from pysdmx.model.dataflow import Component, Dataflow, DataStructureDefinition

AGENCY: Final = "XUEWEI"
VERSION: Final = "1.0"
STRUCTURE_ID: Final = "OBSERVATIONS"
KIND: Final = "urn:sdmx:org.sdmx.infomodel.datastructure"
FLOW: Final = f"Dataflow={AGENCY}:{STRUCTURE_ID}({VERSION})"


@dataclass(frozen=True, slots=True)
class Part:
    """A component: its role, its name in both languages, its code list, and how SQL reads it."""

    identifier: str
    role: str
    name_en: str
    name_zh: str
    sql: str
    code_list: str | None = None


PERIOD_SQL: Final = """case
    when periods.period_type = 'span'
        then periods.start_year || '-01-01/P' || (periods.end_year - periods.start_year + 1) || 'Y'
    when periods.period_type = 'spring_term' then periods.starts_on || '/P7M'
    when periods.period_type = 'autumn_term' then periods.starts_on || '/P5M'
    else observations.period
end"""

PARTS: Final[Sequence[Part]] = (
    Part("INDICATOR", "D", "Indicator", "指标", "observations.indicator", "CL_INDICATOR"),
    Part("REF_AREA", "D", "Reference area", "地区", "observations.region_code", "CL_AREA"),
    Part("SCOPE", "D", "Part of the area", "地区范围", "observations.region_scope", "CL_SCOPE"),
    Part("SECTOR", "D", "Class of ownership", "办学性质", "observations.sector", "CL_SECTOR"),
    Part("STATUS", "D", "Kind of statement", "数字性质", "observations.status", "CL_STATUS"),
    Part("TIME_PERIOD", "D", "Time period", "时期", PERIOD_SQL),
    Part("OBS_VALUE", "M", "Observed value", "数值", "observations.value"),
    Part("VALUE_LOW", "A", "Lower end", "下限", "observations.value_low"),
    Part("VALUE_HIGH", "A", "Upper end", "上限", "observations.value_high"),
    Part("UNIT_MEASURE", "A", "Unit of measure", "计量单位", "observations.unit_code"),
    Part("ORIGIN", "A", "Printed or derived", "原文或推算", "observations.origin", "CL_ORIGIN"),
    Part("SOURCE", "A", "Figure that states it", "来源数字", "observations.figure_id"),
)

# What every row of SDMX-CSV 2.0 begins with: by which structure it is read, and that it informs.
LEADING: Final = {
    "STRUCTURE": "datastructure",
    "STRUCTURE_ID": f"{AGENCY}:{STRUCTURE_ID}({VERSION})",
    "ACTION": "I",
}

ROWS: Final = f"""
select {", ".join(f'{part.sql} as "{part.identifier}"' for part in PARTS)}
from observations.reconciled_observations as observations
inner join observations.periods as periods on observations.period = periods.period
order by {", ".join(f'"{part.identifier}"' for part in PARTS if part.role == "D")},
    observations.period
"""  # noqa: S608 - the parts are constants

CODES: Final = {
    "CL_INDICATOR": "select indicator, name_en from indicators order by 1",
    "CL_AREA": """select region_code, name_en from observations.latest_regions
        where region_code in (select region_code from observations.reconciled_observations)
        order by 1""",
    "CL_SECTOR": "select sector, name_en from seeds.sectors order by 1",
    "CL_SCOPE": """select distinct region_scope, replace(region_scope, '_', ' ')
        from observations.reconciled_observations order by 1""",
    "CL_STATUS": """select distinct status, replace(status, '_', ' ')
        from observations.reconciled_observations order by 1""",
    "CL_ORIGIN": """select distinct origin, origin
        from observations.reconciled_observations order by 1""",
}


def write_statistical_data(warehouse: Warehouse, folder: Path) -> Iterator[Path]:
    """`sdmx/observations.csv` (SDMX-CSV 2.0) and `sdmx/structure.xml` (SDMX-ML 2.1).

    Raises ImportError where the extra `sdmx` is not installed.
    """
    from pysdmx.io import write_sdmx
    from pysdmx.io.format import Format

    inside = folder / "sdmx"
    inside.mkdir(parents=True, exist_ok=True)
    structure = inside / "structure.xml"
    code_lists = [_code_list(warehouse, name, sql) for name, sql in CODES.items()]
    concepts = _concepts()
    definition = _definition(concepts, code_lists)
    flow = _flow(definition)
    write_sdmx(
        [*code_lists, concepts, definition, flow],
        Format.STRUCTURE_SDMX_ML_2_1,
        str(structure),
        header=_header(),
    )
    yield structure
    data = inside / "observations.csv"
    with data.open("wb") as lines:
        lines.write(",".join((*LEADING, *(part.identifier for part in PARTS))).encode() + b"\r\n")
        for batch in warehouse.arrow(ROWS, BATCH):
            columns = [texts_of(column) for column in batch.columns]
            lines.write(csv_lines(columns, begin=",".join(LEADING.values()) + ","))
    yield data


def _header() -> object:
    """A header without the clock, so that the same observations give the same bytes."""
    from datetime import UTC, datetime

    from pysdmx.model import Organisation
    from pysdmx.model.message import Header

    return Header(
        id="OBSERVATIONS",
        prepared=datetime(2000, 1, 1, tzinfo=UTC),
        sender=Organisation(id=AGENCY),
    )


def _code_list(warehouse: Warehouse, name: str, sql: str) -> "Codelist":
    from pysdmx.model import Code, Codelist

    kind = "urn:sdmx:org.sdmx.infomodel.codelist"
    codes = [
        Code(
            id=str(code),
            name=str(words),
            urn=f"{kind}.Code={AGENCY}:{name}({VERSION}).{code}",
        )
        for code, words in warehouse.rows(sql)
    ]
    return Codelist(
        id=name,
        name=name.removeprefix("CL_").capitalize(),
        agency=AGENCY,
        version=VERSION,
        items=codes,
        urn=f"{kind}.Codelist={AGENCY}:{name}({VERSION})",
    )


def _concepts() -> "ConceptScheme":
    from pysdmx.model import Concept, ConceptScheme

    kind = "urn:sdmx:org.sdmx.infomodel.conceptscheme"
    return ConceptScheme(
        id="CONCEPTS",
        name="Concepts",
        agency=AGENCY,
        version=VERSION,
        urn=f"{kind}.ConceptScheme={AGENCY}:CONCEPTS({VERSION})",
        items=[
            Concept(
                id=part.identifier,
                name=part.name_en,
                description=part.name_zh,
                urn=f"{kind}.Concept={AGENCY}:CONCEPTS({VERSION}).{part.identifier}",
            )
            for part in PARTS
        ],
    )


def _definition(
    concepts: "ConceptScheme", code_lists: "Sequence[Codelist]"
) -> "DataStructureDefinition":
    from pysdmx.model.dataflow import Components, DataStructureDefinition

    lists = {codes.id: codes for codes in code_lists}
    return DataStructureDefinition(
        id=STRUCTURE_ID,
        name="Observations",
        agency=AGENCY,
        version=VERSION,
        urn=f"{KIND}.DataStructure={AGENCY}:{STRUCTURE_ID}({VERSION})",
        components=Components([_component(part, concepts, lists) for part in PARTS]),
    )


def _component(part: Part, concepts: "ConceptScheme", lists: "dict[str, Codelist]") -> "Component":
    from pysdmx.model import DataType
    from pysdmx.model.dataflow import Component, Role

    is_time = part.identifier == "TIME_PERIOD"
    is_number = part.identifier in ("OBS_VALUE", "VALUE_LOW", "VALUE_HIGH")
    plain_type = DataType.DECIMAL if is_number else DataType.STRING
    return Component(
        id=part.identifier,
        required=part.role == "D",
        role=Role(part.role),
        concept=next(concept for concept in concepts.items if concept.id == part.identifier),
        local_dtype=DataType.STD_TIME_PERIOD if is_time else plain_type,
        local_codes=lists[part.code_list] if part.code_list else None,
        attachment_level="O" if part.role == "A" else None,
    )


def _flow(definition: "DataStructureDefinition") -> "Dataflow":
    from pysdmx.model.dataflow import Dataflow

    return Dataflow(
        id=STRUCTURE_ID,
        name="Observations",
        agency=AGENCY,
        version=VERSION,
        structure=definition,
        urn=f"{KIND}.{FLOW}",
    )
