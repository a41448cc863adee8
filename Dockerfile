FROM python:3.11-slim-trixie

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# pg_dump and pg_restore, for backups; as new as the server in docker-compose.yml.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 1000 --create-home portal \
    && mkdir -p /var/lib/portal && chown portal:portal /var/lib/portal
WORKDIR /srv/portal

COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY --chown=portal:portal . .
# As production names the files, and as root: the sources' folder is not the portal's to write.
RUN PRODUCTION=true SECRET_KEY=for-collecting-files-only VAR_DIR=/tmp/portal \
    python manage.py collectstatic --noinput && chmod -R go=rX staticfiles
USER portal

EXPOSE 8000
VOLUME /var/lib/portal
CMD ["gunicorn", "--config", "python:portal.web_server", "--bind", "0.0.0.0:8000", "portal.wsgi:application"]
