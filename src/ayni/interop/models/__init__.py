"""The tables of what comes from other systems and leaves for them."""

from ayni.interop.models.tokens import BULK, READ, SCOPES, ApiToken

__all__ = ["BULK", "READ", "SCOPES", "ApiToken"]
