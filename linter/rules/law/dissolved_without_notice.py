"""The portal of a dissolved unit leads to its successor, or says that it is an archive.

Why: A page that looks alive sends citizens to an office that no longer exists.
Whom it hurts: Everyone who acts on what an old page says.
Mend: Let the old address lead to the successor's, or keep the pages with a notice on the home page;
the theme writes it from valid_to and successor in portal.yml.
Limits: Knows the end only of portals that a registry names.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from linter.elements import text_of
from linter.facts.items import says, words
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import site_rule


@site_rule(
    "warning",
    messages={
        "alive": "The unit ended on {end:date}, and the home page neither says so nor leads on.",
    },
)
def rule(snapshot: Snapshot, _params: object, as_of: date) -> Iterator[Observation]:
    end = snapshot.site.valid_to
    home = snapshot.home
    if end is None or end >= as_of or home is None:
        return
    own = urlsplit(snapshot.site.url).hostname
    for meta in home.tree.xpath("//meta[@http-equiv='refresh'][@content]"):
        target = meta.get("content").partition("=")[2].strip(" '\"")
        if urlsplit(home.resolve(target)).hostname != own:
            yield home.passes(meta)
            return
    for block in home.tree.iter("p", "h1", "h2", "strong", "div"):
        text = text_of(block)
        if len(text) <= 300 and says(text, words()["archive_notice"]):
            yield home.passes(block)
            return
    yield home.fails(None, "alive", end=end.isoformat())
