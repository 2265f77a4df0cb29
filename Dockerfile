# One image for each service: docker build --build-arg SERVICE=users .
FROM node:24-slim AS build
ENV CI=true PNPM="npx -y pnpm@12.21.0"
WORKDIR /build
# What is fetched depends on these alone, so that an edit of the code does not fetch it again.
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
COPY patches patches
RUN $PNPM fetch
COPY . .
# Bundling needs no package's install script; the one that has any unpacks a database server.
RUN $PNPM install --frozen-lockfile --offline --ignore-scripts && node bin/cartograph.mjs bundle

FROM node:24-slim
ARG SERVICE
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /service
# Nothing but the bundle, owned by root: the process may read its code and not change it.
COPY --from=build /build/dist/${SERVICE:?name the service with --build-arg SERVICE=…} ./
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1))"]
CMD ["node", "src/main.js"]
