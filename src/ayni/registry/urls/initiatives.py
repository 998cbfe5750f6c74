from django.urls import path

from ayni.registry.views.initiatives import reading, writing

ONE = "initiatives/<slug:code>/"

urlpatterns = [
    path("initiatives/", reading.initiatives, name="initiatives"),
    path("initiatives/new/", writing.initiative_new, name="initiative_new"),
    path(ONE, reading.initiative, name="initiative"),
    path(f"{ONE}edit/", writing.initiative_edit, name="initiative_edit"),
    path(f"{ONE}step/<slug:step>/", writing.initiative_step, name="initiative_step"),
    path(f"{ONE}approve/<str:country>/", writing.initiative_approve, name="initiative_approve"),
    path(f"{ONE}let-go/", writing.initiative_let_go, name="initiative_let_go"),
    path(f"{ONE}institutions/add/", writing.participation_add, name="participation_add"),
    path(f"{ONE}institutions/<int:pk>/", writing.participation_edit, name="participation_edit"),
    path(f"{ONE}institutions/<int:pk>/remove/", writing.participation_remove, name="participation_remove"),
    path(f"{ONE}parts/add/", writing.component_add, name="initiative_component_add"),
    path(f"{ONE}parts/<int:number>/remove/", writing.component_remove, name="initiative_component_remove"),
    path(f"{ONE}decisions/add/", writing.decision_add, name="decision_add"),
]
