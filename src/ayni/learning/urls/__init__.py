"""Addresses of what is learned, a list for each subject."""

from ayni.learning.urls import (
    evaluations,
)

urlpatterns = [
    *evaluations.urlpatterns,
]
