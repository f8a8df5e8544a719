"""The site's search does not turn what anyone types into a page that search engines keep.

Why: Whoever links to “/tim-kiem?q=nhà cái ...” makes the agency's own page advertise; thousands of
such echoes were indexed under gov.vn.
Whom it hurts: Citizens who find them; the agency.
Mend: Mark pages of results with <meta name="robots" content="noindex">, and do not repeat the words
in the title.
Limits: Judges pages of results that were seen with words of spam in their address.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import NoParams, site_rule
from linter.rules.spam import visible_text, weigh
from linter.vietnamese import fold


@site_rule(
    "error",
    messages={
        "echo": "The page repeats “{words}” from its address, and search engines may keep it."
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        yield from _judge(page)


def _judge(page: Page) -> Iterator[Observation]:
    typed = [value for _, value in parse_qsl(urlsplit(page.url).query) if len(value) >= 4]
    spam = [value for value in typed if weigh(value).is_name]
    if not spam:
        return
    robots = " ".join(page.tree.xpath("//meta[@name='robots' or @name='googlebot']/@content"))
    kept_out = "noindex" in f"{robots} {page.headers.get('x-robots-tag', '')}".lower()
    said = fold(f"{' '.join(page.tree.xpath('//head/title/text()'))} {visible_text(page)}")
    echoed = [value for value in spam if fold(value) in said]
    if echoed and not kept_out:
        yield page.fails(None, "echo", words=echoed[0][:80])
    else:
        yield page.passes()
