"""The release as a Dagster asset."""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dagster as dg

from pipeline.contract.render.dagster import check_result, check_spec
from pipeline.contract.tables import PUBLISHED
from pipeline.engine.assets import OWNERS, at_work
from pipeline.engine.step import code_version
from pipeline.engine.store import Missing
from pipeline.engine.workspace import Workspace
from pipeline.link.assets import link_assets
from pipeline.publish.checks import release_checks
from pipeline.publish.release import CODE, Blocked, publish
from pipeline.publish.remote import Sent, Unreachable, send

RELEASE = dg.AssetKey("release")
SERVED = "XIANQING_REPORTS"  # the environment variable with the address at which the output folder is served


@dg.asset(
    key=RELEASE,
    deps=[*link_assets.keys, "repairs"],
    group_name="publish",
    owners=OWNERS,
    kinds={"parquet", "csv", "duckdb"},
    code_version=code_version(CODE),
    # A nightly release that has not come by the second noon is late; Dagster's page shows it so.
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=36), warn_window=timedelta(hours=26)),
    description="The release: tables as Parquet and CSV, descriptors and the page for people, verified and swapped in.\n\n"
    "发布版本：Parquet 与 CSV 数据表、描述文件与浏览页面，核验后切换上线。\n\n"
    "Below, *Metadata* links to the page (`report`) and plots the rows of each table over runs. Each check stands between "
    "the data and `output/latest`: where one fails, nothing is published, the last release stays, and the check says what to "
    "do. A run is tagged with what it published (`xianqing/release`).",
    check_specs=[check_spec(check, RELEASE) for check in release_checks(PUBLISHED)],
)
def release(context: dg.AssetExecutionContext, workspace: Workspace) -> Any:
    """Publish the present results of all steps, or leave the last release as it was."""
    try:
        with at_work(workspace, context):
            published = publish(
                workspace.out,
                facts_only=workspace.facts_only,
                accept_change=workspace.accept_change.strip() or None,
                keep=workspace.keep,
            )
            sent = send(published.folder, workspace.publish_to, workspace.keep) if workspace.publish_to else None
    except Blocked as blocked:
        context.instance.add_run_tags(context.run.run_id, {"xianqing/release": "refused"})
        yield from (check_result(verdict, RELEASE, str(blocked)) for verdict in blocked.verdicts)
        raise dg.Failure(str(blocked), allow_retries=False) from None
    except Missing as problem:
        raise dg.Failure(str(problem), allow_retries=False) from None
    except Unreachable as problem:
        raise dg.Failure(f"the release lies in {workspace.out} and could not be uploaded: {problem}") from None
    if not published.fresh:
        context.log.info("nothing has changed since the last release")
    context.instance.add_run_tags(context.run.run_id, run_tags(published.version, published.rows))
    yield dg.MaterializeResult(
        metadata={
            "report": dg.MetadataValue.url(address(published.folder / "report" / "index.html", Path(workspace.out))),
            "folder": dg.MetadataValue.path(str(published.folder)),
            "version": published.version,
            "fresh": published.fresh,
            **_uploaded(sent),
            **{f"rows/{name}": n for name, n in published.rows.items()},
        },
        check_results=[check_result(verdict, RELEASE) for verdict in published.verdicts],
    )


def _uploaded(sent: Sent | None) -> dict[str, Any]:
    """Where else the release lies, for Dagster's page."""
    return {} if sent is None else {"published_to": sent.url, "uploaded_files": sent.uploaded}


def address(page: Path, out: Path) -> str:
    """Where a browser finds a page of the output folder: below the address in `XIANQING_REPORTS`, else on this machine."""
    served = os.environ.get(SERVED)
    if served:
        return f"{served.rstrip('/')}/{quote(page.resolve().relative_to(out.resolve()).as_posix())}"
    return page.resolve().as_uri()


def run_tags(version: str, rows: Mapping[str, int]) -> dict[str, str]:
    """What a run is found by: the release that it led to, and how much there is in it."""
    return {"xianqing/release": version, "xianqing/documents": str(rows["documents"]), "xianqing/figures": str(rows["figures"])}
