"""The respondent's side: a response, the forms of its sections, and what is done with it."""

from django.urls import path

from ayni.surveys.views import answers, attachments, autosave, responses

HERE = "rounds/<slug:round>/responses/<slug:institution>/"

urlpatterns = [
    path(HERE, responses.response, name="response"),
    path(f"{HERE}submit/", responses.submit, name="response_submit"),
    path(f"{HERE}withdraw/", responses.withdraw, name="response_withdraw"),
    path(f"{HERE}validate/", responses.validate, name="response_validate"),
    path(f"{HERE}contest/", responses.contest, name="response_contest"),
    path(f"{HERE}autosave/", autosave.autosave, name="answer_autosave"),
    path(f"{HERE}files/<int:number>/", attachments.attachment, name="attachment"),
    path(f"{HERE}answer/<str:section>/", answers.answer, name="answer"),
]
