from django.urls import path

from ayni.learning.views.evaluations import checks, reading, responding, writing

ONE = "evaluations/<int:pk>/"
OF = "initiatives/<slug:code>/"

urlpatterns = [
    path(f"{OF}evaluations/", reading.of_initiative, name="evaluations"),
    path(f"{OF}evaluations/new/", writing.evaluation_new, name="evaluation_new"),
    path(f"{OF}checks/<slug:moment>/<str:institution>/", checks.check, name="sustainability_check"),
    path("evaluations/", reading.evaluations, name="evaluation_list"),
    path(ONE, reading.evaluation, name="evaluation"),
    path(f"{ONE}edit/", writing.evaluation_edit, name="evaluation_edit"),
    path(f"{ONE}remove/", writing.evaluation_remove, name="evaluation_remove"),
    path(f"{ONE}commission/", writing.evaluation_commission, name="evaluation_commission"),
    path(f"{ONE}report/", writing.evaluation_report, name="evaluation_report"),
    path(f"{ONE}criteria/<slug:criterion>/", writing.evaluation_criterion, name="evaluation_criterion"),
    path(f"{ONE}step/<slug:step>/", writing.evaluation_step, name="evaluation_step"),
    path(f"{ONE}respond/<str:institution>/", responding.respond, name="evaluation_respond"),
    path(f"{ONE}measures/<str:institution>/", responding.measure_done, name="measure_done"),
]
