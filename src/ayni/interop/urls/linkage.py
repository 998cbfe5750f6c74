from django.urls import path

from ayni.interop.views import linkage, linkage_reports

urlpatterns = [
    path("linkage/", linkage.queue, name="linkage"),
    path("linkage/decided/", linkage.decided, name="linkage_decided"),
    path("linkage/<int:pk>/", linkage.pair, name="linkage_pair"),
    path("linkage/<int:pk>/decide/", linkage.decide, name="linkage_decide"),
    path("linkage/<int:pk>/join/<slug:code>/", linkage.join, name="linkage_join"),
    path("linkage/<int:pk>/open/", linkage_reports.open_one, name="linkage_open"),
    path("initiatives/<slug:code>/reports/", linkage_reports.behind_initiative, name="initiative_reports"),
    path("initiatives/<slug:code>/reports/<int:pk>/answer/", linkage_reports.answer, name="initiative_report_answer"),
    path("linkage/merges/<int:pk>/part/", linkage.part, name="linkage_part"),
]
