"""What the server imports: `granian app.asgi:app`. Settings come from the environment here, and only here."""

import os

from app.factory import create_app
from app.runtime.logging import configure_logging
from app.runtime.settings import FOR_A_SHOP, Settings

settings = Settings.read(os.environ, needs=FOR_A_SHOP)
configure_logging(settings.log_level, service="web")
app = create_app(settings)
