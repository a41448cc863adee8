FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --system --uid 1000 --create-home portal \
    && mkdir -p /var/lib/portal && chown portal:portal /var/lib/portal
WORKDIR /srv/portal

COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY --chown=portal:portal . .
# As production names the files, and as root: the sources' folder is not the portal's to write.
RUN PRODUCTION=true SECRET_KEY=for-collecting-files-only VAR_DIR=/tmp/portal \
    python manage.py collectstatic --noinput
USER portal

EXPOSE 8000
VOLUME /var/lib/portal
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
