# secctx as an image: docker run --rm -v "$PWD:/work:ro" secctx check deploy/
# `run` needs root and a container runtime, and is not what this image is for.
FROM node:20-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY . .
RUN npm run --silent build

FROM node:20-bookworm-slim
# The command is bundled: no package is needed beside it.
COPY --from=build /src/dist/*.cjs /src/dist/*.cache /opt/secctx/dist/
COPY --from=build /src/package.json /src/LICENSE /opt/secctx/
RUN ln -s /opt/secctx/dist/secctx.cjs /usr/local/bin/secctx \
 && ln -s /opt/secctx/dist/secctx.cjs /usr/local/bin/kubectl-secctx
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["secctx"]
CMD ["--help"]
