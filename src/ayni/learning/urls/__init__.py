"""Addresses of what is learned, a list for each subject."""

from ayni.learning.urls import evaluations, lessons, obstacles, sheets

urlpatterns = [
    *evaluations.urlpatterns,
    *lessons.urlpatterns,
    *obstacles.urlpatterns,
    *sheets.urlpatterns,
]
