"""Where the marts are computed: DuckDB inside the process, or a Spark cluster through Spark Connect. The expressions are the same.

`AYNI_ENGINE` (docs/howto/flows.md) is "duckdb" or the address of a Spark Connect server, "sc://host:15002".
"""

import importlib
import re
from pathlib import Path
from typing import Any

import ibis

DUCKDB = "duckdb"
SPARK = re.compile(r"sc://[^\s/]+(:\d+)?(/.*)?")


def connect(engine: str = DUCKDB) -> Any:
    """An Ibis backend. Raises ValueError for an engine that is neither, and where Spark is asked for and pyspark is not installed."""
    if engine == DUCKDB:
        return ibis.duckdb.connect()
    if not SPARK.fullmatch(engine):
        raise ValueError(f"AYNI_ENGINE is duckdb or sc://host:port, not {engine!r}.")
    try:
        session = importlib.import_module("pyspark.sql").SparkSession
    except ImportError as error:
        raise ValueError(
            f"AYNI_ENGINE is {engine}, but pyspark is not installed: pip install 'pyspark[connect]'."
        ) from error
    return ibis.pyspark.connect(session.builder.remote(engine).getOrCreate())


def read(backend: Any, path: Path) -> Any:
    """The rows of a Parquet file as a table expression. On a cluster every worker must see the path."""
    return backend.read_parquet(str(path))
