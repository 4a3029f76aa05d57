"""The release as a Dagster asset."""

from datetime import timedelta
from typing import Any

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

RELEASE = dg.AssetKey("release")


@dg.asset(
    key=RELEASE,
    deps=[*link_assets.keys, "repairs"],
    group_name="publish",
    owners=OWNERS,
    kinds={"parquet", "csv", "duckdb"},
    code_version=code_version(CODE),
    # A nightly release that has not come by the second noon is late; Dagster's page shows it so.
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=36), warn_window=timedelta(hours=26)),
    description="The release: tables as Parquet and CSV, descriptors and the page for people, verified and swapped in.",
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
    except Blocked as blocked:
        yield from (check_result(verdict, RELEASE) for verdict in blocked.verdicts)
        raise dg.Failure(str(blocked), allow_retries=False) from None
    except Missing as problem:
        raise dg.Failure(str(problem), allow_retries=False) from None
    if not published.fresh:
        context.log.info("nothing has changed since the last release")
    yield dg.MaterializeResult(
        metadata={
            "folder": dg.MetadataValue.path(str(published.folder)),
            "report": dg.MetadataValue.url((published.folder.resolve() / "report" / "index.html").as_uri()),
            "version": published.version,
            "fresh": published.fresh,
            "rows": dict(published.rows),
        },
        check_results=[check_result(verdict, RELEASE) for verdict in published.verdicts],
    )
