"""What the policy promises for every caller and object, and what the portal really does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from tests.portal.access.sample import Sample
from tests.portal.access.samples import SAMPLES
from tests.portal.county import County
from units.access.roles import EVERY_ROLE, UNIT_ROLES, Role
from units.access.rules import Audience, Policy, Rule, Scope
from units.models import Unit

Key = tuple[str, str]
Cookies = dict[str, str]
ALLOWED, MISSING, DENIED, SIGN_IN, PASSWORD = "allowed", "missing", "denied", "sign in", "password"
REFUSED = (SIGN_IN, PASSWORD, DENIED)
STRANGERS = ("anonymous", "disabled")
HELD_BACK = ("overdue", "initial")
WITHOUT_ROLE = ("nobody", "ended")
# What only the API answers: written, under way, gone, and nobody is signed in.
API_ANSWERS = {201: ALLOWED, 202: ALLOWED, 204: ALLOWED, 401: SIGN_IN}
# A form that was filled in comes back with the way to the sign-in page.
SIGNED_OUT = "<h1>登录已过期</h1>".encode()
NO_VERSION = '"none"'
ACTORS = (*STRANGERS, *HELD_BACK, *WITHOUT_ROLE, *sorted(EVERY_ROLE))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Scene:
    """A county, and for every actor a browser that is signed in as that actor."""

    county: County
    browsers: dict[str, Client]


def sign_in(county: County) -> Cookies:
    """The cookies each actor's browser holds after signing in."""
    cookies = {}
    for actor in ACTORS:
        browser = Client()
        if actor != "anonymous":
            browser.force_login(county[actor])
        cookies[actor] = _cookies_of(browser)
    return cookies


def make_scene(county: County, cookies: Cookies) -> Scene:
    browsers = {actor: Client() for actor in cookies}
    for actor, held in cookies.items():
        _give_back(browsers[actor], held)
    return Scene(county, browsers)


def _cookies_of(browser: Client) -> str:
    return browser.cookies.output().replace("Set-Cookie: ", "")


def _give_back(browser: Client, cookies: str) -> None:
    browser.cookies.clear()
    browser.cookies.load(cookies)


def scope_of(rule: Rule, actor: str) -> Scope:
    if rule.audience is not Audience.ROLES:
        return Scope.OWN_ITEMS
    return rule.grants.get(Role(actor), Scope.SUBTREE) if actor in EVERY_ROLE else Scope.SUBTREE


def representatives(rule: Rule) -> tuple[str, ...]:
    """One role for each scope that the rule grants, and one that it grants none.

    Roles of one scope ask a database for the same rows.
    """
    found: dict[Scope | None, str] = {}
    for role in sorted(EVERY_ROLE):
        found.setdefault(rule.grants.get(role), role)
    return tuple(found.values())


def owner(scene: Scene, scope: Scope, actor: str, kind: str) -> tuple[User, Unit]:
    """Whose object in which unit is the actor's own, or foreign, under the scope."""
    county = scene.county
    home = county.own if actor in UNIT_ROLES else county.root
    if scope is Scope.OWN_ITEMS:
        me = county.people.get(actor, county["nobody"])
        return (me if kind == "own" else county["disabled"]), home
    units = {
        Scope.NONE: (county.own, county.abroad),
        Scope.OWN_UNIT: (county.own, county.sister),
        Scope.SUBTREE: (county.sister, county.abroad),
        Scope.ACCOUNTS: (county.sister, county.abroad),
    }
    return county["disabled"], units[scope][0 if kind == "own" else 1]


def expected(rule: Rule, sample: Sample, actor: str, kind: str) -> str:
    if rule.audience is Audience.PUBLIC:
        return MISSING if kind == "missing" or sample.is_over else ALLOWED
    if actor in STRANGERS:
        return SIGN_IN
    if actor in HELD_BACK and not rule.while_password_due:
        return PASSWORD
    if rule.audience is Audience.ROLES and (
        actor not in EVERY_ROLE or Role(actor) not in rule.grants
    ):
        return DENIED
    return ALLOWED if kind == "own" else MISSING


def verdict(response: HttpResponse) -> str:
    if response.status_code == 302:
        target = response["Location"].partition("?")[0]
        if target == reverse("sign_in") and "Clear-Site-Data" not in response:
            return SIGN_IN
        return PASSWORD if target == reverse("password_change") else ALLOWED
    known = {200: ALLOWED, 404: MISSING, 403: DENIED, **API_ANSWERS}
    if response.status_code == 403 and b"urn:problem:password-due" in response.content:
        return PASSWORD
    if response.status_code == 403 and SIGNED_OUT in response.content:
        return SIGN_IN
    if response.status_code in known:  # a stream has no content to tell of
        return known[response.status_code]
    return f"{response.status_code} {response.content[:300]!r}"


def kinds(rule: Rule, sample: Sample) -> tuple[str, ...]:
    if sample.make is None and sample.sends is not None and not sample.shared:
        return ("own", "foreign")  # what is sent names the unit it is about
    if sample.make is None:
        return ("missing",) if sample.missing else ("own",)
    if sample.shared or rule.audience is Audience.PUBLIC:
        return ("own", "missing")
    return ("own", "foreign", "missing")


def expected_trail(
    rule: Rule, sample: Sample, actor: str, kind: str, want: str
) -> list[str] | None:
    """The actions one call leaves in the audit trail; None where it is not laid down."""
    if want == DENIED:
        return ["access.denied"] if actor in EVERY_ROLE else []
    if want == MISSING and kind == "foreign" and rule.audience is Audience.ROLES:
        return ["access.foreign"]
    if want == ALLOWED and rule.audience is not Audience.PUBLIC:
        return [rule.audit] if rule.audit else []
    return None


def version(browser: Client, sample: Sample, kwargs: dict[str, object]) -> str:
    """What the caller could read of the object, if anything."""
    return browser.get(reverse(sample.read, kwargs=kwargs)).headers.get("ETag", NO_VERSION)


def call(scene: Scene, key: Key, rule: Rule, actor: str, kind: str) -> tuple[str, list[str]]:
    """Verdict and audit actions of one call, which is then undone."""
    route, method = key
    sample = SAMPLES[key]
    with undone():
        kwargs, about = dict(sample.missing), owner(scene, scope_of(rule, actor), actor, kind)
        if sample.make and kind != "missing":
            kwargs = sample.make(*about)
        browser = scene.browsers[actor]
        cookies = _cookies_of(browser)
        headers = {"If-Match": version(browser, sample, kwargs)} if sample.read else {}
        body = sample.sends(*about) if sample.sends else sample.body or None
        before = AuditEvent.objects.count()
        response = getattr(browser, method.lower())(
            reverse(route, kwargs=kwargs),
            body,
            headers=headers,
            **({"content_type": "application/json"} if sample.sends else {}),
        )
        _give_back(browser, cookies)
        trail = [event.action for event in AuditEvent.objects.order_by("id")[before:]]
    return verdict(response), trail


def canaries(scene: Scene, key: Key, rule: Rule, actor: str) -> Iterator[str]:
    """Faults of a list: a foreign row that shows, an own one that does not."""
    sample = SAMPLES[key]
    if sample.canary is None or actor not in EVERY_ROLE or Role(actor) not in rule.grants:
        return
    with undone():
        words = {
            kind: sample.canary(*owner(scene, scope_of(rule, actor), actor, kind))
            for kind in ("own", "foreign")
        }
        page = scene.browsers[actor].get(reverse(key[0])).getvalue().decode()
    if words["own"] not in page:
        yield f"{key} as {actor}: own row missing"
    if words["foreign"] in page:
        yield f"{key} as {actor}: foreign row shown"


def faults(
    scene: Scene, policy: Policy, keys: list[Key], actors: tuple[str, ...] = ACTORS
) -> Iterator[str]:
    """Every difference between what ``policy`` promises and what happens."""
    for key in keys:
        rule, sample = policy[key], SAMPLES[key]
        for actor in actors:
            for kind in kinds(rule, sample):
                want = expected(rule, sample, actor, kind)
                got, trail = call(scene, key, rule, actor, kind)
                if got != want:
                    yield f"{key} as {actor} about {kind}: {got}, not {want}"
                wanted_trail = expected_trail(rule, sample, actor, kind, want)
                if wanted_trail is not None and trail != wanted_trail:
                    yield f"{key} as {actor} about {kind}: trail {trail}, not {wanted_trail}"
                if want in REFUSED:
                    break  # before anybody looks what it is about
            yield from canaries(scene, key, rule, actor)  # dear, and few slips show there alone
