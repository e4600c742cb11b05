FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/motus && /opt/motus/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY flows flows
COPY knowledge knowledge
RUN /opt/motus/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/motus/bin/pip install --no-cache-dir --no-deps --no-index /wheels/*.whl \
 && /opt/motus/bin/motus compile

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 motus
COPY --from=build /opt/motus /opt/motus
ENV PATH=/opt/motus/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER motus
ENTRYPOINT ["motus"]
CMD ["ask"]
