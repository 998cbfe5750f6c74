"""allauth's forms with the site's own words, and the person's own profile."""

from typing import Any

from allauth.account import forms as account
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ayni.accounts.models import User

EMAIL = _("E-mail")
PASSWORD = _("Password")
CURRENT = _("Current password")
NEW = _("New password")
AGAIN = _("New password, once more")
CODE = _("Code of six digits")
CODE_OR_RECOVERY = _("Code")
LENGTH = _("At least 12 characters; a sentence that only you would say is good.")
SHARED = _("Demonstration accounts keep the password that is printed when the site starts.")


def _say(form: forms.Form, **labels: Any) -> None:
    """Label the fields; what the label says needs no grey text inside the field."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in labels:
            field.label = labels[name]


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, login=EMAIL, password=PASSWORD, remember=_("Stay signed in on this device"))
        self.fields["password"].help_text = ""

    def clean(self) -> Any:
        try:
            return super().clean()
        except ValidationError as error:
            if error.code == "too_many_login_attempts":
                raise ImmediateHttpResponse(respond_429(self.request)) from error
            raise


class OwnPassword(forms.Form):
    """What every form for a new password has in common."""

    user: Any

    def clean(self) -> Any:
        if self.user is not None and self.user.is_demo:
            raise ValidationError(SHARED)
        return super().clean()


class ChangePasswordForm(OwnPassword, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, oldpassword=CURRENT, password1=NEW, password2=AGAIN)
        self.fields["password1"].help_text = LENGTH
        self.fields["oldpassword"].help_text = ""


class SetPasswordForm(OwnPassword, account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1=NEW, password2=AGAIN)
        self.fields["password1"].help_text = LENGTH


class ResetPasswordKeyForm(OwnPassword, account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1=NEW, password2=AGAIN)
        self.fields["password1"].help_text = LENGTH


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, email=EMAIL)


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password=PASSWORD)
        self.fields["password"].help_text = ""


class SecondStepForm(second_step.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=CODE_OR_RECOVERY)
        self.fields["code"].help_text = _("From your application, or one of your recovery codes.")


class SecondStepAgainForm(second_step.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=CODE_OR_RECOVERY)


class ActivateSecondStepForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=CODE)


class ProfileForm(forms.Form):
    """The name that others read, and the language in which the site and its e-mails speak."""

    name = forms.CharField(label=_("Name"), max_length=150)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("The language of the site after you sign in, and of the e-mails it sends you."),
    )

    @classmethod
    def of(cls, user: User) -> "ProfileForm":
        return cls(initial={"name": user.name, "language": user.language})
