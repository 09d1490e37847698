"""Verbs: agencies and units, people and postings, sign-ins, tokens. All through the door."""

from rabta.desk.accounts.services.agencies import (
    allow,
    close_unit,
    end_allowance,
    move_unit,
    open_agency,
    open_unit,
)
from rabta.desk.accounts.services.node import NewNode, make_node
from rabta.desk.accounts.services.onboarding import Onboarded, onboard, problems_of
from rabta.desk.accounts.services.people import (
    NewSignIn,
    close_user,
    end_posting,
    open_and_post,
    open_user,
    post,
    renew_sign_in,
)
from rabta.desk.accounts.services.secrets import (
    enrol_totp,
    new_totp_secret,
    print_codes,
    set_passphrase,
    totp_secret_of,
)
from rabta.desk.accounts.services.sign_in import (
    change_duty,
    finish_sign_in,
    first_factor,
    second_factor,
    sign_out,
    use_step,
)
from rabta.desk.accounts.services.tokens import (
    end_sign_in,
    end_sign_ins,
    end_token,
    forget_ended,
    issue_token,
)

__all__ = [
    "NewNode",
    "NewSignIn",
    "Onboarded",
    "allow",
    "change_duty",
    "close_unit",
    "close_user",
    "end_allowance",
    "end_posting",
    "end_sign_in",
    "end_sign_ins",
    "end_token",
    "enrol_totp",
    "finish_sign_in",
    "first_factor",
    "forget_ended",
    "issue_token",
    "make_node",
    "move_unit",
    "new_totp_secret",
    "onboard",
    "open_agency",
    "open_and_post",
    "open_unit",
    "open_user",
    "post",
    "print_codes",
    "problems_of",
    "renew_sign_in",
    "second_factor",
    "set_passphrase",
    "sign_out",
    "totp_secret_of",
    "use_step",
]
