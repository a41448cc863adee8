"""The department's mail: read, worded, and with the rollup workbook if it is not too large."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from reports.closings.basis import topics_of
from reports.closings.printed import closed_names
from reports.emails import department_mail
from reports.emails.addresses import usable
from reports.emails.department_mail import UnitStanding
from reports.emails.items import Topics
from reports.emails.message import Attachment, build
from reports.emails.names import names_on
from reports.emails.sources import topic_names
from reports.models import Delivery, MailRun
from reports.periods import Month
from reports.rollup import write_stored
from reports.stored import StoredEvaluations
from reports.workbook.basis import rule_set_name
from units.models import Unit
from units.querysets import UnitQuerySet


def compose_department(delivery: Delivery) -> EmailMultiAlternatives:
    """The message to the root of a run, from the evaluations of all units below it."""
    run, root = delivery.run, delivery.unit
    month = Month.parse(delivery.period)
    closing = run.closing
    units = Unit.objects.filter(pk__in=closing.units.values("unit")) if closing else _below(root)
    stored = StoredEvaluations(run.as_of, closing, units)
    evaluated = list(stored.evaluated())
    ids = [root.id, *stored.unit_ids]
    names = closed_names(closing) if closing else names_on(ids, run.as_of)
    addresses = dict(units.values_list("id", "email"))
    values = department_mail.monthly(
        names[root.id].name,
        month,
        [
            UnitStanding(names[unit.unit_id].short_name, unit.evaluation, unit.rule_set.context)
            for unit in evaluated
        ],
        _topics(run),
        [names[key].short_name for key in stored.unit_ids if not usable(addresses[key])],
    )
    attachment = _workbook(run, root)
    fits = len(attachment.content) <= settings.MAIL_ATTACHMENT_MAX_BYTES
    sentence = _("详见附件“%s”。") if fits else _("“%s”文件较大，请登录平台，在“报表中心”下载。")
    rule_sets = {rule_set_name(unit.rule_set) for unit in evaluated}
    return build(
        delivery,
        {**values, "workbook": sentence % attachment.name, "rule_sets": sorted(rule_sets)},
        attachment if fits else None,
    )


def _below(root: Unit) -> UnitQuerySet:
    return Unit.objects.below(root).with_group()


def _topics(run: MailRun) -> Topics:
    if run.closing is None:
        return topic_names(run.as_of.year)
    return {key: topic.name for key, topic in topics_of(run.closing).items()}


def _workbook(run: MailRun, root: Unit) -> Attachment:
    with TemporaryDirectory(prefix="portal-mail-") as folder:
        path = Path(folder) / "rollup.xlsx"
        name = write_stored(
            root=root, as_of=run.as_of, closing=run.closing, path=path, printed_at=run.planned_at
        )
        return Attachment(name, path.read_bytes())
