"""`./ayni add_person E-MAIL NAME --role ROLE`: the first people of a new site; later ones are added on its pages."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from ayni.accounts.models import User
from ayni.common.permissions import ROLES
from ayni.directory.actions.people import add_person, grant_role, invite_person

OF_THE_NETWORK = [code for code, role in ROLES.items() if role.scope == "network"]


class Command(BaseCommand):
    help = "Adds a person with a role in the whole network and sends the letter to set a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", choices=OF_THE_NETWORK, default="administrator")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="es")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].lower()
        with transaction.atomic():
            user = User.objects.filter(email=email).first()
            if user is None:
                user = add_person(by=None, email=email, name=options["name"], language=options["language"])
            grant_role(by=None, user=user, role=options["role"])
            invite_person(by=None, user=user)
        self.stdout.write(
            _("%(person)s is added; the letter to set a password goes to %(email)s.") % {"person": user, "email": email}
        )
