"""The words people read for the closed lists of this room."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rabta.core.linkage import Polarity
from rabta.core.words.vocabulary import Verdict
from rabta.desk.matching.rules import ProposalState, Strength

STRENGTH = {
    Strength.STRONG: pgettext_lazy("how strong a link is", "strong"),
    Strength.LIKELY: pgettext_lazy("how strong a link is", "likely"),
    Strength.POSSIBLE: pgettext_lazy("how strong a link is", "possible"),
}

STATE = {
    ProposalState.OPEN: pgettext_lazy("a proposed link", "to be judged"),
    ProposalState.JUDGED: pgettext_lazy("a proposed link", "judged"),
    ProposalState.SUPERSEDED: pgettext_lazy("a proposed link", "no longer proposed"),
}

VERDICT = {
    Verdict.SAME: _("Same person"),
    Verdict.DIFFERENT: _("Different people"),
    Verdict.UNSURE: _("Unsure"),
    Verdict.CANNOT_COMPARE: _("Cannot compare"),
}

VERDICT_HINT = {
    Verdict.SAME: _("Both records speak of one person. The records stay as they are."),
    Verdict.DIFFERENT: _("They speak of two people. The link is not proposed again."),
    Verdict.UNSURE: _("It could be; more must be known first."),
    Verdict.CANNOT_COMPARE: _("The records hold too little to tell."),
}

POLARITY = {
    Polarity.FOR: _("speaks for one person"),
    Polarity.AGAINST: _("speaks against it"),
    Polarity.NEUTRAL: _("says little"),
}
