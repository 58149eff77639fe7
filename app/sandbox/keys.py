"""The keys of the sandbox. They open nothing but a server on the loopback address, so they need not be secret."""

SECRET_KEY = "sk_test_stoa_sandbox"  # noqa: S105
PUBLISHABLE_KEY = "pk_test_stoa_sandbox"
WEBHOOK_SECRET = "whsec_stoa_sandbox"  # noqa: S105
