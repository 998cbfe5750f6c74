"""Addresses of the roster of experts."""

from django.urls import path

from ayni.directory.views import expert_edit, experts

EXPERT = "experts/<int:pk>"

urlpatterns = [
    path("experts/", experts.experts, name="experts"),
    path("experts/add/", expert_edit.expert_add, name="expert_add"),
    path(f"{EXPERT}/", experts.expert, name="expert"),
    path(f"{EXPERT}/edit/", expert_edit.expert_edit, name="expert_edit"),
    path(f"{EXPERT}/months/", expert_edit.expert_months, name="expert_months"),
    path(f"{EXPERT}/services/add/", expert_edit.expert_service_add, name="expert_service_add"),
    path(f"{EXPERT}/services/<int:service>/remove/", expert_edit.expert_service_remove, name="expert_service_remove"),
    path(f"{EXPERT}/consent/", expert_edit.expert_consent, name="expert_consent"),
    path(f"{EXPERT}/withdraw/", expert_edit.expert_withdraw, name="expert_withdraw"),
    path(f"{EXPERT}/erase/", expert_edit.expert_erase, name="expert_erase"),
]
