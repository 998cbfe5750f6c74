"""Addresses of what comes from other systems and leaves for them."""

from ayni.interop.urls import linkage

urlpatterns = [*linkage.urlpatterns]
