"""What the fields of the common record and the relations of a crosswalk are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.interop.formats.national.profile import Common
from ayni.interop.models import Match

FIELDS: dict[Common, str | Promise] = {
    Common.IDENTIFIER: _("Identifier"),
    Common.COUNTERPART_IDENTIFIER: _("Identifier with the counterpart"),
    Common.TITLE: _("Title"),
    Common.DESCRIPTION: _("Description"),
    Common.ROLE: _("Role of the country that reports"),
    Common.COUNTERPART: _("Countries it works with"),
    Common.PROVIDER_COUNTRY: _("Offering countries"),
    Common.RECIPIENT_COUNTRY: _("Receiving countries"),
    Common.INSTITUTION: _("Institution of the country that reports"),
    Common.COUNTERPART_INSTITUTION: _("Institution of the counterpart"),
    Common.PROVIDER: _("Offering institution"),
    Common.FUNDER: _("Funding institution"),
    Common.RECIPIENT: _("Receiving institution"),
    Common.FACILITATOR: _("Facilitating institution"),
    Common.TYPE: _("Type of cooperation"),
    Common.MODALITY: _("Modality"),
    Common.SECTOR: _("Sector or topic"),
    Common.STATUS: _("State"),
    Common.START: _("Begins"),
    Common.END: _("Ends"),
    Common.AMOUNT: _("Amount"),
    Common.CURRENCY: _("Currency"),
    Common.AMOUNT_YEAR: _("Year of the amount"),
    Common.QUANTITY: _("Quantity"),
}
RELATIONS: dict[Match, str | Promise] = {one: one.label for one in Match}
