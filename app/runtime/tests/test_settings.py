import pytest

from app.runtime.settings import FOR_A_SHOP, Settings, SettingsRefused

KEYS = "k1:" + "A" * 43 + "="


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.read({})

    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.allowed_hosts == ("127.0.0.1", "localhost")
    assert settings.media_url.startswith("file:///")
    assert not settings.secure_cookies


def test_the_port_moves_the_base_address() -> None:
    assert Settings.read({"PORT": "9001"}).base_url == "http://127.0.0.1:9001"


def test_a_shop_behind_https_has_secure_cookies_and_answers_to_its_name_alone() -> None:
    settings = Settings.read({"BASE_URL": "https://meander.example/"})

    assert settings.secure_cookies
    assert settings.base_url == "https://meander.example"
    assert settings.allowed_hosts == ("meander.example",)


def test_everything_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.read({}, needs=FOR_A_SHOP)

    assert [problem.split()[0] for problem in refused.value.problems] == list(FOR_A_SHOP)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://shop@host/shop"),
        ("REDIS_URL", "localhost:6379"),
        ("SECRET_KEY", "short"),
        ("ENCRYPTION_KEYS", "k1:not base64"),
        ("BASE_URL", "meander.example"),
        ("BASE_URL", "https://meander.example/shop"),
        ("STRIPE_SECRET_KEY", "pk_test_1"),
        ("STRIPE_PUBLISHABLE_KEY", "sk_test_1"),
        ("STRIPE_WEBHOOK_SECRET", "secret"),
        ("STRIPE_API_BASE", "api.stripe.com"),
        ("STRIPE_JS_URL", "js.stripe.com"),
        ("SMTP_URL", "mail.example"),
        ("SMTP_URL", "smtp://mail.example:many"),
        ("MAIL_FROM", "the shop"),
        ("MEDIA_URL", "/var/media"),
        ("ALLOWED_HOSTS", "https://meander.example"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, proxy"),
        ("WEB_WORKERS", "0"),
        ("WEB_WORKERS", "many"),
        ("LOG_LEVEL", "loud"),
        ("PORT", "80000"),
    ],
)
def test_a_wrong_value_gets_one_sentence_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.read({name: value})

    (problem,) = refused.value.problems
    assert problem.startswith(f"{name} ")
    assert "\n" not in problem


def test_a_secret_is_in_no_message_and_no_repr() -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.read({"SECRET_KEY": "hunter2", "DATABASE_URL": "mysql://a:hunter2@b/c"})

    assert "hunter2" not in str(refused.value)
    assert "hunter2" not in repr(Settings(secret_key="hunter2"))


def test_settings_survive_the_way_through_an_environment() -> None:
    settings = Settings.read(
        {
            "DATABASE_URL": "postgresql://shop:pw@db/shop",
            "REDIS_URL": "redis://cache/0",
            "SECRET_KEY": "s" * 40,
            "ENCRYPTION_KEYS": KEYS,
            "BASE_URL": "https://meander.example",
            "TRUSTED_PROXIES": "10.0.0.0/8",
            "PORT": "8100",
        }
    )

    assert Settings.read(settings.environment()) == settings
