from django.urls import path

from ayni.surveys.views import opinion_surveys

urlpatterns = [
    path("evaluations/<int:pk>/opinion/", opinion_surveys.opinion_survey, name="opinion_survey"),
    path("evaluations/<int:pk>/opinion/close/", opinion_surveys.close, name="opinion_survey_close"),
]
