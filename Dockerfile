ARG PYTHON=python:3.11-slim-bookworm

FROM ${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ONLY_BINARY=:all:
WORKDIR /src
COPY requirements.lock requirements-bot.lock ./
# /opt/motus gets neither pip nor what builds the wheel
RUN python -m venv /build \
 && /build/bin/pip install --require-hashes -r requirements.lock \
 && python -m venv --without-pip /opt/motus \
 && pip --python /opt/motus/bin/python install --require-hashes -r requirements-bot.lock
COPY pyproject.toml README.md LICENSE ./
COPY knowledge knowledge
COPY flows flows
COPY bot bot
# compiled here, since the root file system is read-only where it runs
RUN /build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && pip --python /opt/motus/bin/python install --no-deps --no-index /wheels/*.whl \
 && /opt/motus/bin/motus compile \
 && test -n "$(find /opt/motus -path '*/knowledge/compiled/base.bin')"

FROM ${PYTHON}
RUN groupadd --gid 10001 motus \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin motus
COPY --from=build /opt/motus /opt/motus
ENV PATH=/opt/motus/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-m", "bot.telegram.health"]
ENTRYPOINT ["motus"]
CMD ["bot"]
