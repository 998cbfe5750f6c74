"""How allauth behaves here: who may have an account, where people land, what they are told."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from ayni.accounts.actions.security import keep_security_event
from ayni.accounts.actions.security import set_password as keep_password
from ayni.accounts.models import User
from ayni.accounts.queries.second_step import should_use_it

INCORRECT_CODE = _(
    "This code is not right. Codes change every 30 seconds: enter the one that your application shows now."
)
PATIENCE = _("Too many attempts in a short time. Wait five minutes and try again.")
# The verbs of the record for what allauth tells people by e-mail.
SECURITY_EVENTS = {
    "mfa/email/totp_activated": "second step activated",
    "mfa/email/totp_deactivated": "second step deactivated",
    "mfa/email/recovery_codes_generated": "recovery codes made",
}


class InvitedPeopleOnly(DefaultAccountAdapter):
    """Accounts are made by the administrator or an invitation, never by signing up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is not active. Ask the network's administrator."),
        "email_password_mismatch": _("The e-mail or the password is not right."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": INCORRECT_CODE,
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link has expired or was used already. Ask for another."),
        "too_many_login_attempts": PATIENCE,
        "rate_limited": PATIENCE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk")

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **details: Any) -> HttpResponse:
        """Go on in the language that the person prefers."""
        response: HttpResponse = super().post_login(request, user, **details)
        if isinstance(user, User):
            response["Location"] = translate_url(response["Location"], user.language)
        return response

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        assert isinstance(user, User)
        keep_password(by=user, user=user, password=password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person who gets it."""
        user = context.get("user")
        with override(user.language if isinstance(user, User) else get_language()):
            letter = self.render_mail(
                template_prefix, email, {"email": email, **context, "site_url": settings.SITE_URL}
            )
        letter.send()

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        assert isinstance(user, User)
        if template_prefix in SECURITY_EVENTS:
            keep_security_event(by=user, user=user, verb=SECURITY_EVENTS[template_prefix])
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email or user.email)


class SecondStep(DefaultMFAAdapter):
    """The second step of signing in; where it is required, it can be moved to another device but not dropped."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Your role requires sign-in in two steps: it cannot be deactivated."),
        "cannot_generate_recovery_codes": _("Activate sign-in in two steps first."),
        "incorrect_code": INCORRECT_CODE,
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not (settings.SECOND_STEP_REQUIRED and should_use_it(authenticator.user))
