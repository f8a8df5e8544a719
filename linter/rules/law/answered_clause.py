"""What a person was asked about a clause of the law has been answered with yes.

Why: Some duties no machine can see: a training, a report, an approved set of rules.
Whom it hurts: Whoever the clause protects.
Mend: Do what the clause asks for; then write the new answer with its evidence into answers.yml.
Limits: Says what the committee said, no more. Without an answer the clause waits for a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import site_rule


@dataclass(frozen=True)
class Params:
    """What answers.yml says of the clause."""

    outcome: str
    who: str
    when: str
    evidence: str = ""


@site_rule(
    "error",
    params=Params,
    messages={
        "fail": "{who} found on {when:date} that the clause is not complied with: {evidence}",
        "could-not-tell": "{who} could not tell on {when:date} whether it is complied with.",
    },
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    if not snapshot.html_pages:
        return
    if params.outcome == "pass":
        yield snapshot.passes()
    elif params.outcome == "fail":
        said = {"who": params.who, "when": params.when, "evidence": params.evidence}
        yield snapshot.fails("fail", **said)
    else:
        yield snapshot.wants_review("could-not-tell", who=params.who, when=params.when)
