# The exact version. Append the digest (`docker buildx imagetools inspect`) to pin the bytes too.
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app

FROM base AS manifests
COPY package.json package-lock.json .npmrc ./
COPY tools tools

# Prisma's client is generated from the models; nothing else is built, Node runs the TypeScript as it is.
FROM manifests AS generate
RUN npm ci --omit=optional --ignore-scripts
COPY prisma.config.ts ./
COPY prisma prisma
RUN npm run generate
# An empty folder for the image: a new volume takes over its owner.
RUN mkdir data

# What runs, without the embedded Postgres, and without Prisma's query compilers for other databases (50 MB).
FROM manifests AS dependencies
RUN npm ci --omit=dev --omit=optional --ignore-scripts \
 && find node_modules/@prisma/client/runtime -name 'query_compiler_*' ! -name 'query_compiler_fast_bg.postgresql.*' -delete

# Everything but what Node compiles.
FROM base AS application
COPY package.json LICENSE ./
COPY docs/errors.md docs/errors.md
COPY prisma/migrations prisma/migrations
COPY --from=dependencies /app/node_modules node_modules
COPY src src
COPY --from=generate /app/src/generated src/generated

# Compiled here, a start takes two thirds of the processor's time, and Node needs nothing to strip types with: 15 MB less.
# For the user and the flags that it runs with, and for this kind of processor; on another one it starts as without.
FROM application AS compiled
COPY --from=generate --chown=1000:1000 /app/data node_modules/.cache
USER 1000:1000
RUN NODE_COMPILE_CACHE=node_modules/.cache/billbridge NODE_COMPILE_CACHE_PORTABLE=1 node --max-semi-space-size=8 \
    --input-type=module -e "import { globSync } from 'node:fs'; \
    for (const file of globSync('src/**/*.ts', { exclude: ['src/generated/**'] })) await import('./' + file)" \
 && chmod -R a+rX node_modules/.cache

FROM application
LABEL org.opencontainers.image.title="Billbridge" org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production HOST=0.0.0.0 BILLBRIDGE_DATA_DIR=/data
COPY --from=compiled --chown=0:0 /app/node_modules/.cache node_modules/.cache
COPY --from=generate --chown=1000:1000 /app/data /data
# `node` of the base image, by number so that an orchestrator can see that it is not root.
USER 1000:1000
EXPOSE 3000
# Alive, not ready: a database that is away for a minute is no reason to restart the gateway. It listens once it has migrated.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/health/live').then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Exec form: SIGTERM reaches node. The heap follows the container's memory limit by itself; a small young generation saves
# 25 MB at rest and 80 MB under load, at no cost that can be measured.
ENTRYPOINT ["node", "--max-semi-space-size=8", "src/cli/billbridge.js"]
CMD ["start"]
