"""From records to pairs with a probability: blocking, a rough look at every pair, a close look at the best of each record.

See docs/methods/linkage.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ayni.methods.linkage.blocking import Candidates, Places, all_pairs, candidates
from ayni.methods.linkage.features import FEATURES, behind, dots, ends, rivals, rough, spelling
from ayni.methods.linkage.model import Model, chances
from ayni.methods.linkage.parallel import answers, likelier
from ayni.methods.linkage.record import Record
from ayni.methods.linkage.table import Table, table_of
from ayni.methods.linkage.untold import untold
from ayni.methods.linkage.words import Floats, Meanings

# Of so many records at most each is compared with each.
FEW = 700
# So many candidates of each record, and of each reporter, are looked at closely.
CLOSE = 6
# At the first look a pair of a lower probability is not worth a second one.
WORTH = 0.001
# A pair is sure when it is the best of both its records, has at least this rough probability, and leads by so much (nats).
SURE, AHEAD = 0.5, 1.0
PLACE = {name: number for number, name in enumerate(FEATURES)}


@dataclass(frozen=True, slots=True)
class Compared:
    """The pairs looked at closely: places in `table`, with their features (pairs, features)."""

    table: Table
    one: Places
    other: Places
    found: Floats
    candidates: int

    def __len__(self) -> int:
        return len(self.one)

    def rivals(self, model: Model) -> Floats:
        """(pairs,) the feature `rival`, measured by what `model` makes of all others."""
        alone = self.found.copy()
        alone[:, PLACE["rival"]] = np.nan
        return rivals(self.table, self.one, self.other, model.scores(alone))

    def keys(self, place: int) -> tuple[str, str]:
        """The keys of a pair's two records."""
        records: Sequence[Record] = self.table.records
        return records[int(self.one[place])].key, records[int(self.other[place])].key


def candidates_of(table: Table) -> Candidates:
    """All pairs of FEW records, and of more those that share a key."""
    return all_pairs(table) if len(table) <= FEW else candidates(table)


def compare(
    records: Sequence[Record], first_look: Model, close_look: Model, meanings: Meanings | None = None
) -> Compared:
    """Every pair worth a close look, with all its features.

    `first_look` is a model of the rough features alone; `close_look` of all but `rival`, which is measured by its scores: which of the
    candidates of a record is the right one shows only after a close look at all of them.
    """
    table = table_of(records, meanings)
    pairs = candidates_of(table)
    found = rough(table, pairs.one, pairs.other)
    scores = first_look.scores(found).astype(np.float32)
    worth = np.flatnonzero(chances(scores.astype(np.float64)) >= WORTH)
    best = worth[_best(table, pairs.one[worth], pairs.other[worth], scores[worth])]
    one, other, found, scores = pairs.one[best], pairs.other[best], found[best], scores[best]
    sure = chances(scores.astype(np.float64)) >= SURE
    sure &= behind(table, one, other, scores) <= -AHEAD
    known = answers(table.titles, one[sure], other[sure])
    retold = answers(table.texts, one[sure], other[sure])
    found[:, PLACE["parallel"]] = likelier(known, table.titles, one, other)
    found[:, PLACE["likewise"]] = likelier(retold, table.texts, one, other)
    found[:, PLACE["untold"]], found[:, PLACE["more"]] = untold(known, table.titles, one, other)
    found[:, PLACE["spelling"]] = spelling(table, one, other)
    found[:, PLACE["text"]] = dots(table.told, one, other)
    compared = Compared(table, one, other, found, len(pairs))
    found[:, PLACE["rival"]] = compared.rivals(close_look)
    return compared


def _best(table: Table, one: Places, other: Places, scores: Floats) -> Places:
    """The places of the pairs that are among the CLOSE best of one of their records, in order; of equals the keys decide."""
    group = ends(table, one, other)
    key = np.argsort(np.argsort([record.key for record in table.records], kind="stable"), kind="stable")
    order = np.lexsort((key[np.concatenate([other, one])], -np.tile(scores, 2), group))
    starts = np.flatnonzero(np.r_[True, np.diff(group[order]) != 0]) if len(order) else order
    sizes = np.diff(np.r_[starts, len(order)])
    rank = np.arange(len(order)) - np.repeat(starts, sizes)
    best: Places = np.unique(order[rank < CLOSE] % max(1, len(one)))
    return best
