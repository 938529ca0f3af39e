# Waypost in a container: the front end is built with node, the product runs without it.
# Python is the version that the tests run on.

FROM node:22-slim AS frontend
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm install --no-save --no-audit --no-fund
COPY biome.json tsconfig.json vite.config.ts ./
COPY frontend frontend
COPY waypost waypost
RUN npm run build -- --logLevel warn

FROM python:3.11-slim AS package
WORKDIR /src
RUN pip install --no-cache-dir uv
COPY requirements requirements
RUN uv venv /opt/waypost \
 && uv pip sync --python /opt/waypost/bin/python --require-hashes requirements/extras.txt
COPY pyproject.toml README.md LICENSE ./
COPY waypost waypost
COPY --from=frontend /src/waypost/static/dist waypost/static/dist
COPY tools/messages.py tools/messages.py
RUN /opt/waypost/bin/python tools/messages.py compile \
 && /opt/waypost/bin/python -m whitenoise.compress -q waypost/static/dist \
 && uv pip install --python /opt/waypost/bin/python --no-deps .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 waypost && install -d -o waypost -g waypost /data
COPY --from=package /opt/waypost /opt/waypost
ENV PATH=/opt/waypost/bin:$PATH PYTHONUNBUFFERED=1 WAYPOST_DATA=/data
USER waypost
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD \
  ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz/live', timeout=4)"]
# Web and worker together on SQLite; compose.yaml starts them apart on PostgreSQL.
CMD ["waypost", "up", "--host", "0.0.0.0", "--port", "8000"]
