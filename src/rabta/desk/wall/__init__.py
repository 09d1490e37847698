"""The wall: the guard in the database, scope, the door for writes, the ledger, keys, routes.

Below every app. An app reads guarded tables through ``scope.visible_to``, writes through
``door.write``, and declares each route with ``routes.needs``. There is no other way.
"""
