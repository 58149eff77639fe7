"""The house: its tree, its tables and their owners, its logs and its facts."""

import json
import logging
from pathlib import Path

import pytest
import structlog
from sqlalchemy.exc import DBAPIError

import migrations.tables  # noqa: F401 (gathers the tables of every domain)
from app.factory import Shop
from app.runtime.logging import configure_logging, redact
from app.runtime.settings import Settings
from app.web.access import PERMISSIONS, PUBLIC, ROLES, Access, staff
from app.web.testing import test_settings as settings_for
from domains.kit import Actor
from domains.kit.database import Base
from domains.kit.events import EVENT_TYPES, Event
from domains.kit.tracing import current_trace, traced
from workers.subscriptions import SUBSCRIBERS

ROOT = Path(__file__).resolve().parents[2]

# Lower layers first; a foreign key may point to its own domain or to one before it.
LAYERS = (
    "kit", "audit", "store", "accounts", "catalog", "content", "inventory", "pricing", "shipping", "cart",
    "wishlists", "payments", "orders", "downloads", "fulfilment", "invoicing", "returns", "checkout", "reviews",
    "transfer", "search", "notifications", "desk",
)  # fmt: skip


def test_the_tree_is_the_one_the_readme_tells_of():
    for name in ("app", "domains", "workers", "templates", "static", "migrations", "e2e", "docs", "Makefile",
                 "pyproject.toml", "uv.lock", "README.md", "CHANGELOG.md", "LICENSE", ".ci/run"):  # fmt: skip
        assert (ROOT / name).exists(), name


def test_every_table_belongs_to_the_domain_whose_schema_it_is_in():
    for mapper in Base.registry.mappers:
        domain = mapper.class_.__module__.split(".")[1]
        assert getattr(mapper.local_table, "schema", None) == domain, mapper.class_


def test_foreign_keys_point_downward_only():
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            target = key.column.table.schema
            assert LAYERS.index(str(target)) <= LAYERS.index(str(table.schema)), f"{table} -> {key.column.table}"


def test_facts_carry_ids_and_plain_values_and_no_person():
    personal = {"email", "first_name", "last_name", "phone", "address", "line1", "recipient", "password"}
    assert len(EVENT_TYPES) >= 30
    for name, event in EVENT_TYPES.items():
        if name.startswith("test."):
            continue
        fields = set(event.__struct_fields__)
        assert not fields & personal, name
        assert f"{event.stream}_id" in fields, name
        assert issubclass(event, Event)


@pytest.mark.parametrize(
    "name",
    [
        "user.registered", "user.updated", "user.deactivated", "product.created", "product.updated",
        "product.out_of_stock", "inventory.reserved", "inventory.insufficient", "inventory.low_stock",
        "inventory.updated", "inventory.released", "order.created", "order.confirmed", "order.shipped",
        "order.delivered", "order.cancelled", "payment.created", "payment.succeeded", "payment.captured",
        "payment.failed", "refund.processed",
    ],
)  # fmt: skip
def test_the_facts_that_others_wait_for_have_their_printed_names(name):
    assert EVENT_TYPES[name].type == name


def test_subscribers_have_names_of_their_own():
    names = [subscriber.name for subscriber in SUBSCRIBERS]

    assert len(set(names)) == len(names)


def test_every_route_says_who_may_reach_it_and_only_these_are_for_everybody(tmp_path):
    shop = Shop(settings_for("postgresql://nobody@127.0.0.1/none", "redis://127.0.0.1:1/0", tmp_path))
    closed = set()
    for route in shop.litestar.routes:
        for handler in getattr(route, "route_handlers", []):
            access = handler.opt.get("access")
            if access is None:
                assert handler.http_methods == {"OPTIONS"}
            elif access != PUBLIC and access.kind != "staff":  # of those tells app/tests/staff/test_roles.py
                closed.add((handler.name, access.kind))

    assert closed == {
        ("account.addresses", "customer"),
        ("account.addresses.add", "customer"),
        ("account.addresses.change", "customer"),
        ("account.addresses.country", "customer"),
        ("account.addresses.default", "customer"),
        ("account.addresses.edit", "customer"),
        ("account.addresses.new", "customer"),
        ("account.addresses.remove", "customer"),
        ("account.close", "customer"),
        ("account.close.post", "customer"),
        ("account.downloads", "customer"),
        ("account.email", "customer"),
        ("account.email.change", "customer"),
        ("account.email.withdraw", "customer"),
        ("account.orders", "customer"),
        ("account.password.change", "customer"),
        ("account.password.change.post", "customer"),
        ("account.profile", "customer"),
        ("account.profile.change", "customer"),
        ("account.sessions.end", "customer"),
        ("account.show", "customer"),
        ("account.verification", "customer"),
        ("staff.acting.end", "acting"),
        ("staff.second_factor", "entering"),
        ("staff.second_factor.enrol", "entering"),
        ("staff.second_factor.enrol.passkey", "entering"),
        ("staff.second_factor.enrol.passkey.post", "entering"),
        ("staff.second_factor.enrol.post", "entering"),
        ("staff.second_factor.passkey", "entering"),
        ("staff.second_factor.passkey.post", "entering"),
        ("staff.second_factor.post", "entering"),
        ("webhooks.carriers", "signed"),
        ("webhooks.stripe", "signed"),
    }


def test_a_permission_nobody_defined_cannot_be_asked_for():
    assert staff("desk.see") == Access("staff", "desk.see")
    with pytest.raises(KeyError):
        staff("desk.dance")
    assert all(roles <= set(ROLES) for roles in PERMISSIONS.values())


def test_logs_are_json_lines_with_the_trace_and_nothing_personal(capsys):
    before = (structlog.get_config(), logging.getLogger().handlers[:], logging.getLogger().level)
    try:
        configure_logging("info", service="test")
        with traced() as trace:
            structlog.get_logger("app.test").info(
                "order.placed", order_id="1", email="ada@example.com", note="ada@example.com or 4242 4242 4242 4242",
                token="abc", password="secret words", forged='x\n{"level":"error"}',
            )  # fmt: skip
        line = capsys.readouterr().err.strip()
    finally:
        structlog.configure(**before[0])
        logging.getLogger().handlers[:] = before[1]
        logging.getLogger().setLevel(before[2])

    assert "\n" not in line
    said = json.loads(line)
    assert said["trace_id"] == trace
    assert (said["service"], said["level"], said["event"], said["order_id"]) == ("test", "info", "order.placed", "1")
    for secret in ("ada@", "4242", "secret words", "abc"):
        assert secret not in line


def test_what_went_wrong_is_logged_with_its_place_and_without_what_was_in_hand(capsys):
    before = (structlog.get_config(), logging.getLogger().handlers[:], logging.getLogger().level)
    try:
        configure_logging("info", service="test")
        try:
            address = "ada@example.com, 12 Pine St"
            raise ValueError(len(address))
        except ValueError:
            structlog.get_logger("app.test").exception("order.not_placed")
        line = capsys.readouterr().err.strip()
    finally:
        structlog.configure(**before[0])
        logging.getLogger().handlers[:] = before[1]
        logging.getLogger().setLevel(before[2])

    assert "ValueError" in line
    assert "test_house.py" in line
    assert "Pine St" not in line


async def test_an_error_of_the_database_does_not_tell_the_values(db):
    with pytest.raises(DBAPIError) as refused:
        async with db.transaction(Actor.system("test")) as tx:
            await tx.sql("SELECT length(CAST(:address AS text)) / 0", {"address": "12 Pine St"})

    assert "division by zero" in str(refused.value)
    assert "Pine St" not in str(refused.value)


def test_what_is_harmless_stays_readable_in_the_logs():
    event = redact(None, "info", {"event": "mail.sent", "template_name": "order_confirmation", "status": 200})

    assert event == {"event": "mail.sent", "template_name": "order_confirmation", "status": 200}


def test_nothing_runs_without_a_trace():
    with traced("not a trace id") as made:
        assert current_trace() == made
        assert len(made) == 32
    with traced("a" * 32) as given:
        assert given == "a" * 32


def test_settings_name_every_variable_that_the_design_fixes():
    fixed = {
        "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "BASE_URL", "STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY",
        "STRIPE_WEBHOOK_SECRET", "STRIPE_API_BASE", "STRIPE_JS_URL", "SMTP_URL", "MAIL_FROM", "MEDIA_URL", "DATA_DIR",
        "ENCRYPTION_KEYS", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "WEB_WORKERS", "LOG_LEVEL", "PORT",
    }  # fmt: skip

    assert set(Settings.read({}).environment()) == fixed | {"FETCH_ALLOWED"}
