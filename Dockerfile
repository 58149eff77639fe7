# syntax=docker/dockerfile:1
# One image for both faces: `shop serve` answers the web, `shop work` keeps the time. It holds no secret and no data;
# everything comes by the environment (app/runtime/settings.py). deploy/compose.yaml runs it with PostgreSQL and Valkey.

FROM python:3.13-slim-bookworm AS build
ENV UV_PROJECT_ENVIRONMENT=/srv/stoa/.venv \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never
WORKDIR /srv/stoa
COPY pyproject.toml uv.lock ./
# The packages first: they change less often than the code, so that this layer is kept.
RUN pip install --no-cache-dir "uv>=0.9,<1" \
    && uv sync --frozen --no-dev --no-install-project --no-cache
COPY README.md LICENSE ./
COPY app app
COPY domains domains
COPY workers workers
COPY migrations migrations
COPY templates templates
COPY static static
COPY deploy/healthcheck.py deploy/healthcheck.py
RUN uv sync --frozen --no-dev --no-cache

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="Stoa" \
      org.opencontainers.image.description="A complete shop that renders on the server" \
      org.opencontainers.image.licenses="MIT"
ENV PATH=/srv/stoa/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/var/lib/stoa \
    PORT=8000
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin stoa \
    && install --directory --owner=stoa --group=stoa --mode=0750 /var/lib/stoa
COPY --from=build /srv/stoa /srv/stoa
WORKDIR /srv/stoa
USER 10001:10001
VOLUME /var/lib/stoa
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "/srv/stoa/deploy/healthcheck.py"]
ENTRYPOINT ["shop"]
CMD ["serve", "--host", "0.0.0.0"]
