"""What an expert agrees to, word for word; kept with the date (docs/howto/experts.md)."""

from django.utils.translation import gettext as _

from ayni.directory.models import Expert


def consent_text(expert: Expert) -> str:
    """The text for an expert who agrees on the site, in the language of the page."""
    kept = _(
        "I agree that %(institution)s and the secretariat of the network keep my name, address, position, experience, "
        "cost and availability, to propose me for missions between the countries of the network."
    )
    seen = _(
        "They alone see these data. Others see a number, my institution, the quadrants and languages I work in, "
        "and whether I teach."
    )
    shown = _(
        "The cost and the months of a mission, which contain my cost and my availability, are shown to those who take part in it."
    )
    ends = _(
        "I can withdraw this consent at any time. From that moment my data are no longer shown and nobody proposes me."
    )
    return " ".join([kept % {"institution": expert.institution}, seen, shown, ends])


def paper_text(expert: Expert) -> str:
    """The text for an expert without an account, whose consent lies on paper at the institution."""
    return " ".join([consent_text(expert), _("(Signed on paper, which the institution keeps.)")])
