"""Splink on the records of benchmarks/linkage.py, plain: its usual comparisons and estimation, no label. Called by that script."""

import json
import sys
import time

import pandas
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

rows = pandas.DataFrame(json.load(open(sys.argv[1])))
rows["first_text"] = rows["first"].astype("Int64").astype("string")
rows["start_date"] = rows["first_text"] + "-01-01"
rows["magnitude"] = rows["usd"].map(
    lambda usd: None if pandas.isna(usd) else str(round(2 * __import__("math").log2(usd)))
)
left, right = (rows[rows["side"] == side].drop(columns="side") for side in ("A", "B"))
settings = SettingsCreator(
    link_type="link_only",
    blocking_rules_to_generate_predictions=[
        block_on("countries", "first"),
        block_on("countries", "magnitude"),
        block_on("country", "sector", "first"),
        block_on("country2", "sector", "first"),
        block_on("countries", "substr(title, 1, 12)"),
    ],
    comparisons=[
        cl.JaroWinklerAtThresholds("title", [0.95, 0.88, 0.7]),
        cl.JaroWinklerAtThresholds("text", [0.95, 0.88, 0.7]),
        cl.ExactMatch("countries"),
        cl.ExactMatch("sector"),
        cl.LevenshteinAtThresholds("first_text", 1),
        cl.ExactMatch("last"),
        cl.ExactMatch("magnitude"),
    ],
)
begun = time.perf_counter()
linker = Linker([left, right], settings, db_api=DuckDBAPI())
linker.training.estimate_probability_two_random_records_match([block_on("countries", "first", "sector")], recall=0.5)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("countries", "first"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("countries", "sector"))
found = linker.inference.predict(threshold_match_probability=0.2).as_pandas_dataframe()
seconds = time.perf_counter() - begun
columns = ("unique_id_l", "unique_id_r", "match_probability")
pairs = [[one, other, float(chance)] for one, other, chance in found[list(columns)].itertuples(index=False)]
pairs = [[min(one, other), max(one, other), chance] for one, other, chance in pairs]
print(json.dumps({"version": splink.__version__, "seconds": seconds, "pairs": pairs}))
