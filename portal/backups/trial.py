"""Restoring a backup on trial: into a database that is thrown away afterwards."""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from portal.backups.contents import Contents
from portal.backups.data import Database
from portal.backups.elsewhere import environment_of, manage
from portal.backups.faults import BackupError, told_of
from portal.backups.inspecting import Finding
from portal.backups.manifest import HEADS, MEDIA, Manifest, require_sound
from portal.backups.runs import Kind, recorded
from portal.backups.shelf import Shelf, Stored

ANSWER = "finding: "
SCRATCH = ".draft-trial-"
"""How the data folder of a portal on trial begins; cleared with other drafts if it is left."""


@dataclass(frozen=True)
class Proof:
    """A trial that passed."""

    manifest: Manifest
    finding: Finding

    def sentences(self) -> list[str]:
        said = [
            _("共 %(rows)s 行、%(files)s 个文件，与备份时一致；审计日志 %(lines)s 条，链完整。")
            % {
                "rows": sum(self.manifest.rows.values()),
                "files": len(self.manifest.files),
                "lines": self.finding.lines,
            }
        ]
        if self.finding.migrated:
            said.append(_("备份的数据库结构较旧，已升级到本程序的版本。"))
        if self.finding.signed_in is None:
            said.append(_("还没有可登录的账号，没有试登录。"))
        else:
            said.append(_("试登录成功。"))
        return said


def try_restore(*, stored: Stored, shelf: Shelf, database: Database) -> Proof:
    """Reads every file again, loads the database beside the one in use, counts its rows, follows
    the audit trail, signs in. Raises BackupError with what is wrong.

    The caller holds the shelf. Media are not copied: they are read where they lie.
    """
    manifest = require_sound(stored.path)
    require_kind(manifest, database)
    scratch = shelf.folder / f"{SCRATCH}{stored.name}"
    with told_of(scratch):
        scratch.mkdir(mode=0o700)
        try:
            with database.scratch(scratch) as copy:
                require_rows(manifest, copy.load(stored.path))
                finding = _asked(copy, stored.path, scratch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    faults = list(finding.faults)
    if lost := sorted(set(finding.missing) - set(manifest.lost)):
        words = _("备份缺少数据库登记的 %(count)s 个文件，例如 %(name)s。")
        faults.append(words % {"count": len(lost), "name": lost[0]})
    if faults:
        raise BackupError("\n".join(faults))
    return Proof(manifest, finding)


def recorded_trial(*, stored: Stored, shelf: Shelf, database: Database, now: datetime) -> Proof:
    """The same, with a row that tells of it whatever comes of it."""
    about = {"backup": stored.name, "place": str(shelf.folder)}
    with recorded(Kind.TRIAL, now=now, **about) as note, told_of(stored.path):
        proof = try_restore(stored=stored, shelf=shelf, database=database)
        note.size = proof.manifest.size
    return proof


def require_kind(manifest: Manifest, database: Database) -> None:
    if manifest.kind != database.kind:
        words = _(
            "备份来自 %(theirs)s 数据库，本机设置的是 %(ours)s，不能互相恢复。请检查 DATABASE_URL。"
        )
        raise BackupError(words % {"theirs": manifest.kind, "ours": database.kind})


def require_rows(manifest: Manifest, contents: Contents) -> None:
    """BackupError names the tables that do not hold what the manifest says."""
    if contents.rows == manifest.rows:
        return
    tables = sorted(
        table
        for table in contents.rows.keys() | manifest.rows.keys()
        if contents.rows.get(table) != manifest.rows.get(table)
    )
    raise BackupError(
        _("恢复出的数据库与备份时行数不符：%s。")
        % "、".join(
            f"{table}（{manifest.rows.get(table)} → {contents.rows.get(table)}）"
            for table in tables[:10]
        )
    )


def _asked(database: Database, backup: Path, scratch: Path) -> Finding:
    """What `inspect_restored` finds. Media and notes on the trail are read where they lie."""
    environment = environment_of(
        database, scratch, MEDIA_ROOT=str(backup / MEDIA), TRAIL_HEADS=str(backup / HEADS)
    )
    said = manage(environment, "inspect_restored").splitlines()
    [answer] = [line.removeprefix(ANSWER) for line in said if line.startswith(ANSWER)]
    return Finding(**json.loads(answer))
