"""Who is signed in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ayni.accounts.models import User


def current_user(request: HttpRequest) -> User:
    """The person of a page that only people with an account reach. Raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
