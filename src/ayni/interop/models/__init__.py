"""What comes from other systems and leaves for them: pairs of records that may be of the same cooperation."""

from ayni.interop.models.linkage import PairDecision, RecordMerge, RecordPair, Verdict

__all__ = ["PairDecision", "RecordMerge", "RecordPair", "Verdict"]
