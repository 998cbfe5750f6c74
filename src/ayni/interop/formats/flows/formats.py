"""A file of flows of any format that is known."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ayni.interop.formats.flows import datastore, matrix, micro
from ayni.interop.formats.flows.options import Options
from ayni.interop.formats.flows.outcome import Outcome
from ayni.interop.formats.flows.reading import header_and_rows, records

Read = Callable[[Path, Options], Iterator[Outcome]]


def _crs(path: Path, options: Options) -> Iterator[Outcome]:
    return micro.flows(records(path), "crs", options)


def _tossd(path: Path, options: Options) -> Iterator[Outcome]:
    return micro.flows(records(path), "tossd", options)


def _dac2a(path: Path, options: Options) -> Iterator[Outcome]:
    return matrix.flows(header_and_rows(path), options)


def _datastore(path: Path, options: Options) -> Iterator[Outcome]:
    return datastore.flows(records(path), options)


FORMATS: Mapping[str, Read] = {"crs": _crs, "dac2a": _dac2a, "tossd": _tossd, "datastore": _datastore}
