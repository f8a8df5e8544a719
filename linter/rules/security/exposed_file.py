"""The server gives out no file that only its keepers should read.

Why: A repository, a settings file or a backup holds passwords and the data of citizens; programs
look for them at every address of the net, day and night (OWASP: security misconfiguration).
Whom it hurts: Everyone whose data the site keeps; the agency, whose site is taken over next.
Mend: Take the file away today, change every password that stood in it, and let the server refuse
names that start with a dot and backups.
Limits: Asks at sites of the inventory only, by plain GET, for few addresses (linter/doors.yml),
and keeps the first 256 bytes. An answer counts when it begins as such a file does: a server that
shows a page for any address raises no alarm.
"""

from collections.abc import Iterator
from datetime import date

from linter.doors import exposures
from linter.model import Snapshot
from linter.page import Observation, safe_join
from linter.rules.rule import NoParams, site_rule


@site_rule(
    "error",
    messages={
        "repository": "{path} gives out the source of the site.",
        "settings": "{path} gives out settings, most often with passwords.",
        "backup": "{path} gives out a backup.",
        "inside": "{path} shows the inside of the server.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    for exposure in exposures():
        door = snapshot.doors.get(safe_join(snapshot.site.url, exposure.path))
        if door is None or door.status == 0:
            continue
        if door.status in (200, 206) and exposure.is_in(door.body):
            yield door.fails(None, exposure.kind, path=exposure.path)
        else:
            yield door.passes()
