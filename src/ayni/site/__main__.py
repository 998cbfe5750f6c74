"""Runs a management command: `python -m ayni.site COMMAND`; one sentence says what the environment lacks."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility

from ayni.common.errors import Refused


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayni.site.settings")
    utility = ManagementUtility(["ayni", *arguments])
    utility.prog_name = "ayni"
    try:
        utility.execute()
    except (ImproperlyConfigured, Refused) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
