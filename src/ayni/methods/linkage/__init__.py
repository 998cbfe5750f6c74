"""Which reports are of the same cooperation: blocking, pairs, a calibrated probability with its evidence, clusters.

See docs/methods/linkage.md.
"""
