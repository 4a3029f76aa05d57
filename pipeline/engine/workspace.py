"""The Dagster resource that says where raw files and releases lie, and with how many processes to work."""

from __future__ import annotations

import dagster as dg
from pydantic import Field, field_validator


class Workspace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where the pipeline reads and writes. Paths are relative to the folder that Dagster was started in."""

    raw: str = Field(default="raw", description="Folder of raw files; read, never written.")
    out: str = Field(default="output", description="Folder of releases; results between the steps lie in its .stage.")
    publish_to: str = Field(
        default="", description="A store to upload each release to, such as s3://bucket/county (extra [s3]); empty: none."
    )
    workers: int = Field(default=0, ge=0, description="Processes; 0 takes one a core.")
    engine: str = Field(default="local", pattern="^(local|ray)$", description="Who does the work: local, or ray (extra [ray]).")
    address: str = Field(default="auto", description="Of the Ray cluster's head; auto finds the one on this machine.")
    limit: float = Field(default=300.0, ge=0, description="Seconds that one document may take; 0 is no limit.")
    wait: float = Field(default=86400.0, ge=0, description="Seconds to wait for another run in the same output folder.")
    facts_only: bool = Field(default=False, description="Leave out of the release what repeats its authors' words.")
    accept_change: str = Field(
        default="", description="Why a release that moved beyond its bounds is right; stands in the release. Empty refuses it."
    )
    keep: int = Field(default=7, ge=0, description="Releases that stay after a new one is published; 0 keeps all.")
    keep_runs: int = Field(
        default=90, ge=0, description="Days for which Dagster remembers a run and its events and logs; 0 forgets none."
    )

    @field_validator("out")
    @classmethod
    def _on_this_machine(cls, out: str) -> str:
        """Results between the steps are renamed into place, which no object store can do."""
        if "://" in out:
            raise ValueError(f"{out} is an address, and out is a folder here: set publish_to to it, and out to a folder")
        return out
