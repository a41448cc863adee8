"""What each kind of job does for some units, and how it ends once all have been seen to."""

import datetime as dt
from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from reports import facts, jobs, planner
from reports.chunks.cutting import Placed, cut
from reports.chunks.leases import Place
from reports.closing import already, rules_at, standing_closing
from reports.closings import storing
from reports.closings.preview import KeptPreview
from reports.closings.snapshot import placed, places_of
from reports.evaluation import evaluated_part
from reports.exports.ranges import range_of
from reports.gather.unions import Among
from reports.jobs import JobError, JobProgress, LeaseLostError, Work
from reports.models import Closing, Job, RuleSet
from reports.periods import Month
from reports.querysets import ClosingQuerySet
from reports.standings.basis import ground
from reports.standings.kept import standings, without_standing
from units.models import Unit
from units.querysets import UnitQuerySet

Store = Callable[[], None]
Beat = Callable[[], None]


class Kind:
    """A job that makes a file, by itself. `steps` of its hundred are over with the last chunk."""

    steps = 40

    def units(self, job: Job) -> list[Placed]:
        """The units to be worked for, none where the job is never shared out."""
        return []

    def begin(self, job: Job) -> None:
        """What all chunks need to be there, in the transaction that writes them."""

    def prepare(self, job: Job, units: Sequence[Place], at: dt.datetime, beat: Beat) -> Store:
        """Reads and works out; returns what writes, in the transaction that marks the chunk."""
        raise NotImplementedError

    def finish(self, job: Job, held: JobProgress, make: Work) -> bool:
        """Ends the job once every unit has been seen to; False if its lease was lost."""
        return jobs.write(job, held, make)

    def alone(self, job: Job, units: Sequence[Placed], held: JobProgress, make: Work) -> bool:
        """Does a job for few units, and ends it. What makes a file sees to all by itself."""
        return self.finish(job, held, make)


class Rollup(Kind):
    """Evaluations for a workbook of what is on record; those of a closed month are there."""

    def units(self, job: Job) -> list[Placed]:
        chosen = range_of(job)
        return placed(chosen.root) if chosen.closing() is None else []

    def prepare(self, job: Job, units: Sequence[Place], at: dt.datetime, beat: Beat) -> Store:
        return evaluated_part(_those(units), as_of=range_of(job).as_of, at=at, beat=beat)


class Task(Kind):
    """A job without a file: its last step is one with its end."""

    steps = 95

    def last(self, job: Job, at: dt.datetime) -> None:
        """What is done once every unit has been seen to, in the transaction that ends the job."""

    def finish(self, job: Job, held: JobProgress, make: Work) -> bool:
        return jobs.finish(held, lambda: self.last(job, held.clock()))

    def alone(self, job: Job, units: Sequence[Placed], held: JobProgress, make: Work) -> bool:
        with transaction.atomic():
            self.begin(job)
            for part in cut(units, settings.CHUNK_UNITS):
                places = [Place(unit.position, unit.unit_id) for unit in part.units]
                self.prepare(job, places, held.clock(), held.beat)()
            if not self.finish(job, held, make):
                raise LeaseLostError
        return True


class CloseMonth(Task):
    """Closed units stored by chunks; the month is closed with the seal, the last step."""

    def units(self, job: Job) -> list[Placed]:
        return placed(job.root)

    def begin(self, job: Job) -> None:
        month = Month.parse(job.parameters["month"])
        storing.discard(_begun(job))
        try:
            with transaction.atomic():
                storing.begin(root=job.root, month=month, at=job.asked_at, by=job.asked_by)
        except IntegrityError as error:
            raise JobError(already(month)) from error

    def prepare(self, job: Job, units: Sequence[Place], at: dt.datetime, beat: Beat) -> Store:
        closing = self._closing(job)
        try:
            return storing.part_of(closing, places_of(units, closing.as_of), beat)
        except storing.GroundMovedError as error:
            raise JobError(_("封账期间工作日历或必学内容有变动，请重新封账。")) from error

    def last(self, job: Job, at: dt.datetime) -> None:
        closing = self._closing(job)
        wanted = job.chunks.aggregate(units=Sum("size"))["units"]
        if wanted is not None and closing.units.count() != wanted:
            raise JobError(_("封账期间有单位被删除，请重新封账。"))
        storing.seal(closing, at=at, by=job.asked_by, origin=job.parameters["origin"])

    def _closing(self, job: Job) -> Closing:
        closing = _begun(job).select_related("root").get()
        if rules_at(Month.parse(closing.month)) != job.parameters["rules"]:
            raise JobError(_("封账期间发布了新的考核规则，请重新封账。"))
        return closing


class QueueMails(Task):
    """Evaluations for a run of mails, which are then queued all at once."""

    def units(self, job: Job) -> list[Placed]:
        root, month = job.root, Month.parse(job.parameters["period"])
        if job.kind == Job.Task.MONTHLY and standing_closing(root, month) is not None:
            return []
        return placed(root)

    def prepare(self, job: Job, units: Sequence[Place], at: dt.datetime, beat: Beat) -> Store:
        as_of = dt.date.fromisoformat(job.parameters["as_of"])
        return evaluated_part(_those(units), as_of=as_of, at=at, beat=beat)

    def last(self, job: Job, at: dt.datetime) -> None:
        month, late = Month.parse(job.parameters["period"]), job.parameters["late"]
        if job.kind == Job.Task.MONTHLY:
            planner.queue_monthly(job.root, month, now=at, late=late)
        else:
            as_of = dt.date.fromisoformat(job.parameters["as_of"])
            planner.queue_reminders(job.root, month, as_of=as_of, now=at, late=late)


class ReworkFacts(Task):
    """The fact rows of the units for which a rule set was published."""

    def units(self, job: Job) -> list[Placed]:
        published = RuleSet.objects.get(pk=job.parameters["rule_set"])
        known = job.parameters.get("known")
        if known is None:  # asked for before this was written down
            known = facts.published_beside(published)
        changed = facts.counted_otherwise(published, known)
        bound = Unit.objects.below(job.root).filter(Among("pk", changed))
        rows = bound.order_by("rank_order", "code").values_list("id", "path")
        return [Placed(position, *row) for position, row in enumerate(rows, start=1)]

    def prepare(self, job: Job, units: Sequence[Place], at: dt.datetime, beat: Beat) -> Store:
        year = RuleSet.objects.get(pk=job.parameters["rule_set"]).year
        return lambda: facts.recompute(unit_ids=[unit.unit_id for unit in units], years=[year])


class KeepStandings(Task):
    """What overviews show of units today; a unit that is looked at before is kept then."""

    def units(self, job: Job) -> list[Placed]:
        day = _day(job)
        below = Unit.objects.below(job.root)
        missing = {head.id for head in without_standing(below, ground(year=day.year, as_of=day))}
        return [unit for unit in placed(job.root) if unit.unit_id in missing]

    def prepare(self, job: Job, units: Sequence[Place], at: dt.datetime, beat: Beat) -> Store:
        day = _day(job)
        standings(_those(units), ground(year=day.year, as_of=day), today=day)
        return _nothing


class KeepPreview(Task):
    """What closing a month would keep of each unit; the page adds it up."""

    def units(self, job: Job) -> list[Placed]:
        missing = {head.id for head in _previewed(job, Unit.objects.below(job.root)).missing()}
        return [unit for unit in placed(job.root) if unit.unit_id in missing]

    def prepare(self, job: Job, units: Sequence[Place], at: dt.datetime, beat: Beat) -> Store:
        if standing_closing(job.root, Month.parse(job.parameters["month"])) is None:
            _previewed(job, _those(units)).rows()
        return _nothing


KINDS: dict[str, Kind] = {
    Job.Kind.ROLLUP: Rollup(),
    Job.Kind.LEDGER: Rollup(),
    Job.Task.CLOSING: CloseMonth(),
    Job.Task.MONTHLY: QueueMails(),
    Job.Task.REMINDER: QueueMails(),
    Job.Task.FACTS: ReworkFacts(),
    Job.Task.STANDINGS: KeepStandings(),
    Job.Task.PREVIEW: KeepPreview(),
}
_BY_ITSELF = Kind()


def kind_of(job: Job) -> Kind:
    """What the job does; those not named here make their file by themselves."""
    return KINDS.get(job.kind, _BY_ITSELF)


def _begun(job: Job) -> ClosingQuerySet:
    """The closing that the job stores, not sealed yet."""
    month = job.parameters["month"]
    return Closing.every.filter(root=job.root, month=month, checksum="")


def _those(units: Sequence[Place]) -> UnitQuerySet:
    return Unit.objects.filter(Among("pk", [unit.unit_id for unit in units]))


def _day(job: Job) -> dt.date:
    return dt.date.fromisoformat(job.parameters["day"])


def _previewed(job: Job, units: UnitQuerySet) -> KeptPreview:
    return KeptPreview(units, Month.parse(job.parameters["month"]), _day(job))


def _nothing() -> None:
    """All is written already, and may be written twice."""
