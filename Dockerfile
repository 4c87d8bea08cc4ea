# Goniec in a container: built from this checkout, installed as on a server, run by an account without rights.
# Use it as docs/install.md says.

FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm pack --pack-destination /

FROM node:24-bookworm-slim
RUN --mount=type=bind,from=build,source=/,target=/build \
    npm install -g --offline /build/goniec-*.tgz \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin goniec
USER goniec
# Configuration, outbox, inbox, archive and state lie outside of the image.
WORKDIR /srv/goniec
VOLUME /srv/goniec
ENV GONIEC_CONFIG=/srv/goniec/config/goniec.yaml
# The daemon is told to stop and stops by itself; give it more time than stopWithin (docker run --stop-timeout 45).
STOPSIGNAL SIGTERM
ENTRYPOINT ["goniec"]
CMD ["start"]
