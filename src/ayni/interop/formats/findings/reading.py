"""What is said of a file that cannot be read, in whole or in part, and of what an import refuses."""

from django.utils.translation import gettext_noop as _

from ayni.interop.formats.findings import advice
from ayni.interop.formats.findings.sentence import Sentence

SENTENCES: dict[str, Sentence] = {
    "document-type": (
        _("The file declares a document type; such files are refused, because entities can do harm."),
        advice.EXPORT,
    ),
    "no-element": (_("The file holds no XML element."), advice.CHOOSE),
    "no-xml": (_("The file is not XML."), advice.CHOOSE),
    "other-root": (
        _(
            "The file does not begin as an IATI file: its first element is <%(element)s>, or that element's tag is broken."
        ),
        advice.ROOT,
    ),
    "other-encoding": (_("The file is not written in the encoding it names."), advice.UTF),
    "endless": (_("A record is larger than %(megabytes)d MB, or never ends."), advice.SPLIT),
    "unopened": (_("The file cannot be opened: %(reason)s."), advice.OPEN),
    "truncated": (_("The file ends before its last element is closed; %(element)s is missing."), advice.WHOLE),
    "broken-tags": (
        _("This record is not well-formed XML and was left out: its start and end tags do not match."),
        advice.MEND,
    ),
    "broken-entity": (
        _(
            "This record is not well-formed XML and was left out: it uses an entity that XML does not know, or a bare &."
        ),
        advice.ENTITY,
    ),
    "broken-character": (
        _(
            "This record is not well-formed XML and was left out: it holds a character that XML or the file's encoding does not allow."
        ),
        advice.MEND,
    ),
    "broken-attribute": (
        _("This record is not well-formed XML and was left out: an attribute is written wrongly or stands twice."),
        advice.MEND,
    ),
    "broken-deep": (
        _(
            "This record is not well-formed XML and was left out: its elements are nested too deeply, or it is too large."
        ),
        advice.MEND,
    ),
    "broken-other": (_("This record is not well-formed XML and was left out: %(reason)s."), advice.MEND),
    "broken-between": (_("What stands before this record is not well-formed XML and was left out."), advice.MEND),
    "younger": (
        _("The file says that it is of version %(version)s, but <%(element)s> exists only since %(since)s."),
        advice.VERSION,
    ),
    "younger-attribute": (
        _(
            "The file says that it is of version %(version)s, but %(attribute)s of <%(element)s> exists only since %(since)s."
        ),
        advice.VERSION,
    ),
    "foreign-version": (_('The file says that it is of version "%(version)s"; it is judged as 2.03.'), advice.ROOT),
    "no-identifier": (
        _("The activity has no identifier."),
        _("Write its iati-identifier: the organisation's reference, a hyphen and its own number."),
    ),
    "no-reporter": (_("Nobody reports the activity."), _("Write the reporting organisation with its reference.")),
    "no-organisation-identifier": (
        _("The organisation has no identifier."),
        _(
            "Write its organisation-identifier: the code of the list in which it is registered, a hyphen, its number there."
        ),
    ),
    "no-organisation-reporter": (
        _("Nobody reports the organisation."),
        _("Write the reporting organisation with its reference."),
    ),
    "long-name": (
        _("The identifier, or the reference of who reports, is too long to be one."),
        _("Shorten it, or correct what was written in its place."),
    ),
    "older": (
        _("What stands here was updated later, as its publisher says, than what this file tells; the later one stays."),
        _("Load the newest file of the publisher."),
    ),
    "twice": (
        _("The identifier stands in the file twice; the first record that bears it counts."),
        _("Give each record an identifier of its own."),
    ),
}
