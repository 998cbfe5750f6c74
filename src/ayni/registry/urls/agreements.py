from django.urls import path

from ayni.registry.views import agreements, signing_rules

urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.agreement_new, name="agreement_new"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/edit/", agreements.agreement_edit, name="agreement_edit"),
    path("agreements/<int:pk>/step/<slug:step>/", agreements.agreement_step, name="agreement_step"),
    path("agreements/<int:pk>/parties/add/", agreements.party_add, name="party_add"),
    path("agreements/<int:pk>/parties/<str:code>/", agreements.party_edit, name="party_edit"),
    path("agreements/<int:pk>/parties/<str:code>/remove/", agreements.party_remove, name="party_remove"),
    path("agreements/<int:pk>/parties/<str:code>/sign/", agreements.party_sign, name="party_sign"),
    path("agreements/<int:pk>/documents/add/", agreements.document_add, name="agreement_document_add"),
    path(
        "agreements/<int:pk>/documents/<int:document>/remove/",
        agreements.document_remove,
        name="agreement_document_remove",
    ),
    path("agreements/<int:pk>/amend/", agreements.amend, name="agreement_amend"),
    path("signing-rules/", signing_rules.signing_rules, name="signing_rules"),
    path("signing-rules/keep/", signing_rules.signing_rule_keep, name="signing_rule_keep"),
]
