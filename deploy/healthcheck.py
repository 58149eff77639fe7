"""The image's health check: can this process serve? It asks by the shop's own name, since others are not answered."""

import os
import urllib.request
from urllib.parse import urlsplit

name = urlsplit(os.environ.get("BASE_URL", "")).hostname or "127.0.0.1"
address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health/ready"
urllib.request.urlopen(urllib.request.Request(address, headers={"Host": name}), timeout=2)
