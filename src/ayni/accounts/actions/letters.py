"""The letter that opens an account: its reader sets the password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from ayni.accounts.models import User


def send_invitation(*, user: User, inviter: str) -> None:
    """Ask the person to set a password, in the person's language. The link works for three days, and once."""
    with override(user.language):
        arguments = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        context = {
            "user": user,
            "inviter": inviter,
            "site_url": settings.SITE_URL,
            "link": settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=arguments),
            "again": settings.SITE_URL + reverse("account_reset_password"),
        }
        subject = render_to_string("accounts/email/invitation_subject.txt", context).strip()
        message = render_to_string("accounts/email/invitation_message.txt", context)
    send_mail(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject, message, settings.DEFAULT_FROM_EMAIL, [user.email])
