"""What the worker does for the audit: owners of sealed cases are told who searched."""

from rabta.desk.audit.watching import tell_owners

DUE = (tell_owners,)
