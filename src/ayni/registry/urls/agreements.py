from django.urls import path

from ayni.registry.views import agreements, amendments, signing_rules

AMENDMENT = "agreements/<int:pk>/amendments/<int:number>/"

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
    path("agreements/<int:pk>/documents/<int:document>/", agreements.document_file, name="agreement_document"),
    path("agreements/<int:pk>/amend/", amendments.amendment_new, name="agreement_amend"),
    path(AMENDMENT, amendments.amendment, name="amendment"),
    path(f"{AMENDMENT}edit/", amendments.amendment_edit, name="amendment_edit"),
    path(f"{AMENDMENT}step/<slug:step>/", amendments.amendment_step, name="amendment_step"),
    path(f"{AMENDMENT}parties/<str:code>/sign/", amendments.amendment_sign, name="amendment_sign"),
    path("agreements/<int:pk>/until/<int:number>/", amendments.agreement_version, name="agreement_version"),
    path("signing-rules/", signing_rules.signing_rules, name="signing_rules"),
    path("signing-rules/keep/", signing_rules.signing_rule_keep, name="signing_rule_keep"),
]
