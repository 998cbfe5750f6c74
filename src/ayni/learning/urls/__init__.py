"""Addresses of what is learned, a list for each subject."""

from ayni.learning.urls import (
    evaluations,
)

urlpatterns = [
    *evaluations.urlpatterns,
from ayni.learning.urls import lessons, obstacles

urlpatterns = [
    *lessons.urlpatterns,
    *obstacles.urlpatterns,
]
