"""The mechanics of the web face: pages, htmx, sessions, access, limits and errors; no rules of trade."""
