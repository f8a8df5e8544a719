"""This file is `congtin editor`: the form editor of a portal, as a small site of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from generator.cli.project import choose_portals, open_project
from generator.form_editor import LOCAL, PACKAGE, write_editor
from linter.atomic import write_files
from linter.cli.command import Command, Option, tell
from linter.errors import Exit, Mistake, UserError
from linter.messages import N_

_BACKENDS = ("gitea", "github", "gitlab", "test-repo", LOCAL)
_LOCAL_SERVER = "http://127.0.0.1:8081/api/v1"  # where decap-server listens


@click.command(
    "editor",
    cls=Command,
    help=N_("Write the form editor of a portal, a site of its own for officials without Git."),
)
@click.argument("portal")
@click.option(
    "--script",
    cls=Option,
    required=True,
    type=click.Path(path_type=Path),
    help=N_(
        "sveltia-cms.js of the npm package @sveltia/cms, or decap-cms.js of decap-cms for proxy; "
        "it is copied beside the page."
    ),
)
@click.option(
    "--backend",
    cls=Option,
    type=click.Choice(_BACKENDS),
    default="gitea",
    help=N_(
        "Where the content is kept; test-repo keeps it in the browser, for practice; proxy on "
        "this machine, with decap-cms.js and decap-server."
    ),
)
@click.option("--repo", cls=Option, default="", help=N_("The repository there: owner/name."))
@click.option("--server", cls=Option, default="", help=N_("The address of that server's API."))
@click.pass_context
def command(
    context: click.Context, portal: str, script: Path, backend: str, repo: str, server: str
) -> None:
    """Writes .congtin/editor/<portal>/; an internal server may serve it."""
    project, registry = open_project()
    chosen = choose_portals(registry, [portal])
    if not chosen:
        raise UserError(registry.broken[portal])
    if not script.is_file():
        message = N_("There is no {file}. Get it with: npm install {package}")
        params = {"file": str(script), "package": PACKAGE}
        raise UserError(Mistake(str(script), 0, message, params))
    if backend not in ("test-repo", LOCAL) and not repo:
        message = N_("The form editor needs --repo owner/name to keep the content.")
        raise UserError(Mistake("congtin", 0, message))
    local = {"name": LOCAL, "proxy_url": server or _LOCAL_SERVER}
    place = {"name": backend, "repo": repo, "base_url": server, "api_root": server}
    chosen_place = local if backend == LOCAL else place
    keeper = {key: value for key, value in chosen_place.items() if value}
    folder = project.work / "editor" / portal
    write_files(folder, write_editor(registry, chosen[0], keeper, script.name))
    shutil.copyfile(script, folder / script.name)
    tell(N_("Written: {path}"), {"path": str(folder.relative_to(project.root))}, context.obj)
    context.exit(Exit.PASS)
