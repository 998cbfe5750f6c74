"""What came from other systems."""

from ayni.interop.models.flows import FlowFile, FlowFormat

__all__ = ["FlowFile", "FlowFormat"]
