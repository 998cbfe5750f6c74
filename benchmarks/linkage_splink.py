"""Splink 5 on the records of benchmarks/linkage.py, set up as its documentation recommends, without labels. Called by that script.

The first argument is a file of records in JSON, the second "plain" or "directions" (titles and texts also as vectors of the encoder).
"""

import json
import sys
import time

import pandas
import pyarrow
import splink
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

TITLE = [0.95, 0.88, 0.7]
# Of a title's or text's direction (ayni.methods.linkage.table).
LENGTH = 64


def frame(path: str) -> pandas.DataFrame:
    rows = pandas.DataFrame(json.load(open(path)))
    rows["first"], rows["last"] = rows["first"].astype("Int64"), rows["last"].astype("Int64")
    rows["band"] = rows["usd"].map(lambda usd: None if pandas.isna(usd) else int(usd).bit_length()).astype("Int64")
    return rows


def arrow(rows: pandas.DataFrame) -> pyarrow.Table:
    """The vectors as arrays of a fixed length, which the cosine of DuckDB asks for."""
    table = pyarrow.Table.from_pandas(rows, preserve_index=False)
    for name in ("meaning", "told"):
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table[name].cast(pyarrow.list_(pyarrow.float32(), LENGTH)))
    return table


def near(column: str, *steps: float) -> cl.CustomComparison:
    """Levels by the distance of two numbers."""
    levels = [
        cll.CustomLevel(f"abs({column}_l - {column}_r) <= {step}", label_for_charts=f"at most {step} apart")
        for step in steps
    ]
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[cll.NullLevel(column), *levels, cll.ElseLevel()],
    )


def comparisons(directions: bool) -> list:
    money = "abs(ln(usd_l / usd_r))"
    found = [
        cl.JaroWinklerAtThresholds("title", TITLE).configure(term_frequency_adjustments=True),
        cl.ArrayIntersectAtSizes("words", [5, 4, 3, 2, 1]),
        cl.ArrayIntersectAtSizes("countries", [3, 2, 1]),
        cl.ExactMatch("sector").configure(term_frequency_adjustments=True),
        near("first", 0, 1, 2),
        near("last", 0, 1, 2),
        cl.CustomComparison(
            output_column_name="usd",
            comparison_levels=[
                cll.NullLevel("usd"),
                *(cll.CustomLevel(f"{money} <= {step}") for step in (0.1, 0.25, 0.7, 1.4)),
                cll.ElseLevel(),
            ],
        ),
        cl.ArrayIntersectAtSizes("numbers", [1]),
        cl.ArrayIntersectAtSizes("figures", [1]),
    ]
    if directions:
        found += [cl.CosineSimilarityAtThresholds(name, [0.95, 0.85, 0.7, 0.5, 0.3]) for name in ("meaning", "told")]
    else:
        found.append(cl.JaroWinklerAtThresholds("text", TITLE))
    return found


def main(path: str, how: str) -> None:
    rows = frame(path)
    left, right = (rows[rows["side"] == side].drop(columns="side") for side in ("A", "B"))
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="unique_id",
        blocking_rules_to_generate_predictions=[
            block_on("both", "first"),
            block_on("both", "band"),
            block_on("both", "rare"),
            block_on("country", "sector", "first"),
            block_on("country2", "sector", "first"),
            block_on("country", "rare"),
            block_on("country2", "rare"),
        ],
        comparisons=comparisons(how == "directions"),
        retain_intermediate_calculation_columns=False,
    )
    begun = time.perf_counter()
    database = DuckDBAPI()
    tables = [
        database.register(arrow(table), dataset_display_name=name)
        for table, name in ((left, "side_a"), (right, "side_b"))
    ]
    linker = Linker(tables, settings, log_level=None)
    sure = ["l.both = r.both and l.first = r.first and l.sector = r.sector and l.rare = r.rare"]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.25)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
    for rule in (("both", "first"), ("both", "rare"), ("sector", "first", "country")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    found = linker.inference.predict(threshold_match_probability=0.2).as_pandas_dataframe()
    seconds = time.perf_counter() - begun
    columns = ("unique_id_l", "unique_id_r", "match_probability")
    told = found[list(columns)].itertuples(index=False)
    pairs = [[min(one, other), max(one, other), float(chance)] for one, other, chance in told]
    print(json.dumps({"version": splink.__version__, "seconds": seconds, "pairs": pairs}))


if __name__ == "__main__":
    main(*sys.argv[1:])
